package signal

import (
	"maps"
	"slices"
)

const (
	minTogether   = 5  // times that two files changed together
	mostTogether  = 60 // per cent of the changes of the one
	maxCompanions = 5  // that are kept for one file
	// maxPastFiles leaves out commits that touch everything: they say nothing
	// of two of their files, and would make the count of pairs quadratic.
	maxPastFiles = 50
)

// Companions gives, for each of the files, those that used to change with it:
// at least 5 times, and in at least 60 % of its changes. Past holds the paths
// of one commit each.
func Companions(past [][]string, of []string) map[string][]string {
	changes := map[string]int{}
	pairs := map[string]map[string]int{}
	for _, path := range of {
		pairs[path] = map[string]int{}
	}
	for _, paths := range past {
		if len(paths) > maxPastFiles {
			continue
		}
		paths = slices.Compact(slices.Sorted(slices.Values(paths)))
		for _, path := range paths {
			if others, asked := pairs[path]; asked {
				changes[path]++
				countOthers(others, path, paths)
			}
		}
	}
	together := map[string][]string{}
	for path, others := range pairs {
		if companions := oftenest(others, changes[path]); len(companions) > 0 {
			together[path] = companions
		}
	}
	return together
}

func countOthers(others map[string]int, path string, paths []string) {
	for _, other := range paths {
		if other != path {
			others[other]++
		}
	}
}

// oftenest gives those that pass the thresholds, the most frequent first.
func oftenest(others map[string]int, changes int) []string {
	var companions []string
	for _, other := range slices.Sorted(maps.Keys(others)) {
		if n := others[other]; n >= minTogether && n*100 >= changes*mostTogether {
			companions = append(companions, other)
		}
	}
	slices.SortStableFunc(companions, func(a, b string) int { return others[b] - others[a] })
	return companions[:min(len(companions), maxCompanions)]
}
