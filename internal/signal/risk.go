package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/change"
)

// RiskOrder gives the indexes of files in the order in which they are worth
// sending to a model: hot ones (must-frontier) first, then what steers or
// changes most, then what is read, then what nobody writes by hand. Files of
// one kind keep their order. A header inside the diff moves nothing back: its
// author could push code out of sight with it.
func RiskOrder(files []change.File, m Marks, hot func(change.File) bool) []int {
	ranks := make([]int, len(files))
	order := make([]int, len(files))
	for i, f := range files {
		order[i] = i
		ranks[i] = riskRank(f, m)
		if hot != nil && hot(f) {
			ranks[i] = -1
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return ranks[a] - ranks[b] })
	return order
}

func riskRank(f change.File, m Marks) int {
	order := byRisk()
	hinted, handed := len(order), len(order)+1
	if _, ok := Marked(f, m); ok {
		return handed
	}
	class := Classify(f, m)
	if class == LockFile {
		return handed
	}
	if _, ok := hintedPaths(f); ok {
		return hinted
	}
	if class == Generated || class == Vendored {
		// One path alone is marked: the other one shows where it came from.
		class = Code
	}
	return slices.Index(order, class)
}
