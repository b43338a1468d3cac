package lint

import (
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

func failureUncovered() Rule {
	return Rule{
		ID:       "failure-uncovered",
		Severity: diag.Error,
		Summary:  "nothing would catch a kind of bad output, so the task always goes frontier",
		Why: "Below frontier, every way for an output to be bad needs a catcher. The row names a cheaper tier, and no run will ever take it: " +
			"the policy promises a saving that it does not give.",
		Fix:    "Add a catcher to caught_by: that the failure allows, or write tier: frontier and mean it.",
		Bad:    Example{Text: minimal("tasks:\n  docs: { tier: efficient, caught_by: [verifier] }\n")},
		Good:   Example{Text: minimal("tasks:\n  docs: { tier: efficient, caught_by: [verifier, required-review] }\n")},
		Policy: uncoveredFailures,
	}
}

func uncoveredFailures(p Policy, w World) []Hit {
	var hits []Hit
	for _, row := range p.File.Tasks {
		if !p.owns(row.Pos) {
			continue
		}
		if open := w.uncaught(p, row, assumed()); len(open) > 0 {
			hits = append(hits, p.onTask(row, "caught_by", "nothing would catch an output that is %s, so %s always goes frontier and never %s: %s",
				failuresOf(open), row.ID, row.Tier, whoCould(w, row, open)))
		}
	}
	return hits
}

func failuresOf(open []route.CatchResult) string {
	names := make([]string, len(open))
	for i, r := range open {
		names[i] = r.Failure
	}
	return strings.Join(names, " or ")
}

// whoCould names the catchers that the failures allow.
func whoCould(w World, row policy.Task, open []route.CatchResult) string {
	t, _ := w.taskOf(row)
	var parts []string
	for _, r := range open {
		for _, f := range t.Failures {
			if f.ID != r.Failure || len(f.CaughtBy) == 0 {
				continue
			}
			var words []string
			for _, c := range f.CaughtBy {
				words = append(words, string(c))
			}
			if part := strings.Join(words, " or "); !strings.Contains(strings.Join(parts, ";"), part) {
				parts = append(parts, part)
			}
		}
	}
	if len(parts) == 0 {
		return "say tier: frontier"
	}
	return "add " + strings.Join(parts, ", and ") + " to caught_by, or say tier: frontier"
}
