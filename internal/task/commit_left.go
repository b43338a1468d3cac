package task

import (
	"fmt"
	"strings"
)

// reason is why a commit has no line of its own, as the noun that is counted.
type reason string

const (
	leftMerge  reason = "merge"
	leftFixup  reason = "fixup"
	leftDocs   reason = "documentation commit"
	leftTests  reason = "test commit"
	leftBuild  reason = "build or style commit"
	leftUpkeep reason = "upkeep commit"
	leftUndone reason = "commit taken back" // the revert and what it reverts
)

// reasons lists them in the order in which they are told.
func reasons() []reason {
	return []reason{leftMerge, leftFixup, leftUndone, leftDocs, leftTests, leftBuild, leftUpkeep}
}

// leftOutAs gives the reason of a commit that is not listed.
func leftOutAs(c commit, stands bool) reason {
	switch {
	case !stands:
		return leftUndone
	case c.Merge:
		return leftMerge
	case c.Fixup:
		return leftFixup
	}
	switch c.Type {
	case "docs", "doc":
		return leftDocs
	case "test", "tests", "e2e":
		return leftTests
	case "ci", "build", "style", "styles", "lint":
		return leftBuild
	}
	return leftUpkeep
}

// leftOutNote counts what is not listed: "Not listed: 1 merge, 2 fixups.", ""
// where all is.
func leftOutNote(left map[reason]int) string {
	var parts []string
	for _, why := range reasons() {
		switch n := left[why]; {
		case n == 0:
		case why == leftUndone && n > 1:
			parts = append(parts, fmt.Sprintf("%d commits taken back", n))
		default:
			parts = append(parts, plural(n, string(why)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Not listed: " + strings.Join(parts, ", ") + "."
}
