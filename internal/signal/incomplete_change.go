package signal

import (
	"slices"
	"strings"
)

func incompleteChange() Signal {
	return Signal{
		ID:      "incomplete-change",
		Summary: "the change is known to be cut short",
		Why:     "a change cut short is not a small change",
		Example: "a change of 4,000 files, of which the platform lists 3,000",
		Fix:     "split the change; a platform lists at most 3,000 files of a pull request",
		Needs:   []Need{NeedsDiff},
		Fire:    fireIncomplete,
	}
}

// fireIncomplete gives one hit: all that is missing is of one change, and the
// whole list stands in the facts.
func fireIncomplete(in Input) []Hit {
	why := in.Change.Incomplete
	switch {
	case len(why) == 0:
		return nil
	case len(why) > maxJoined:
		why = append(slices.Clone(why[:maxJoined]), "and more")
	}
	return []Hit{{Signal: "incomplete-change", Text: strings.Join(why, "; ")}}
}
