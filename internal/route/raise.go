package route

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// raises gives the reasons of step 2, in a fixed order. None of them can
// lower. Ambiguity reaches every task, also one that only tells: it is said of
// the work as a whole, and no sentence of the rules exempts a kind from it.
func raises(in Input) []Reason {
	var reasons []Reason
	if judges(in) {
		row, _ := in.Policy.Task(in.TaskID)
		reasons = append(reasons, Reason{Rule: "critical-path", Tier: policy.Frontier, Lock: true, Policy: row.Pos, Text: "critical path"})
	}
	reasons = append(reasons, mustFrontier(in)...)
	reasons = append(reasons, ambiguity(in)...)
	reasons = append(reasons, publicInterface(in)...)
	reasons = append(reasons, handoff(in)...)
	return append(reasons, incomplete(in)...)
}

// ambiguity locks what its author calls unclear; a mere word such as "wip"
// binds nobody.
func ambiguity(in Input) []Reason {
	switch {
	case in.Facts.DeclaredHigh:
		return []Reason{{Rule: "declared-high-ambiguity", Tier: policy.Frontier, Lock: true, Text: "its author calls it unclear (ambiguity: high)"}}
	case in.Facts.Ambiguity == task.High:
		return []Reason{{Rule: "inferred-high-ambiguity", Tier: policy.Frontier, Text: "the words leave open what is wanted" + firstWord(in)}}
	}
	return nil
}

func firstWord(in Input) string {
	for _, h := range in.Facts.Hits {
		if leavesOpen(h) {
			return ": " + h.Text
		}
	}
	return ""
}

// leavesOpen tells the signals of words that raise the ambiguity.
func leavesOpen(h signal.Hit) bool {
	return slices.Contains([]string{"vague-words", "open-question", "no-stated-cause", "earlier-context"}, h.Signal)
}

// publicInterface raises the docs of what others have to change their code
// for: one reason at the first place, since one is enough.
func publicInterface(in Input) []Reason {
	if in.TaskID != "docs" {
		return nil
	}
	for _, h := range in.Facts.Hits {
		if h.Signal == "public-interface" {
			return []Reason{{
				Rule: "docs-of-interface", Tier: policy.Mid, File: h.File, Line: h.Line,
				Text: "the public interface changed, and its users read the docs for it: " + h.Text,
			}}
		}
	}
	return nil
}

// incomplete keeps a change that was cut short from passing for a small one.
func incomplete(in Input) []Reason {
	if len(in.Facts.Incomplete) == 0 && in.Change.Complete() {
		return nil
	}
	tier := policy.Mid
	if judges(in) {
		tier = policy.Frontier
	}
	why := append(append([]string{}, in.Facts.Incomplete...), in.Change.Incomplete...)
	return []Reason{{Rule: "incomplete-change", Tier: tier, Text: fmt.Sprintf("the change is known to be incomplete: %s", why[0])}}
}
