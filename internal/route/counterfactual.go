package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

// maxNamed bounds the causes that the sentence names.
const maxNamed = 3

// counterfactual says what it would have been without the decisive reasons. It
// decides again without them, and so cannot promise what would not come.
func counterfactual(in Input, all []Reason, out outcome, ov overridden) string {
	if ov.tier != out.tier {
		return fmt.Sprintf("%s without %s", out.tier, strings.Join(labelNames(ov, ov.tier), ", "))
	}
	rest := climb(in, all, func(r Reason) bool { return r.Tier == out.tier })
	if rest.tier == 0 || rest.tier >= out.tier {
		return standing(out)
	}
	return fmt.Sprintf("%s without %s", rest.tier, strings.Join(causeNames(out), ", "))
}

func labelNames(ov overridden, tier policy.Tier) []string {
	var names []string
	for _, a := range ov.audits {
		if a.Accepted && a.Tier == tier {
			names = append(names, "label "+a.Label)
		}
	}
	return names
}

// standing says what a tier rests on that nothing lowers. At frontier, where
// nothing can raise either, it names a reason that no change takes away, if
// there is one. Everywhere else it names the place, which is the first reason.
func standing(out outcome) string {
	if out.tier == policy.Frontier {
		for _, r := range slices.Backward(out.reasons) {
			if r.Tier == out.tier && ofTheTask(r) {
				return fmt.Sprintf("%s whatever else changes: %s", out.tier, r.Text)
			}
		}
	}
	return fmt.Sprintf("%s by its place: %s", out.tier, out.reasons[0].Text)
}

// ofTheTask says that a reason rests on the task and the policy alone.
func ofTheTask(r Reason) bool {
	return slices.Contains([]string{"critical-path", "place", "unknown-task"}, r.Rule)
}

func causeNames(out outcome) []string {
	var names []string
	more := 0
	seen := map[string]bool{}
	for _, r := range out.reasons {
		name := cause(r)
		switch {
		case r.Tier != out.tier || seen[name]:
		case len(names) == maxNamed:
			more++
		default:
			seen[name] = true
			names = append(names, name)
		}
	}
	if more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return names
}

// cause names where a reason comes from: the place in the change, or the rule.
func cause(r Reason) string {
	switch {
	case r.File != "":
		return diag.Position{File: r.File, Line: r.Line}.String()
	case r.Rule == "uncaught":
		return "the want of a catcher (" + r.Text + ")"
	case r.Rule == "table":
		return strings.TrimSuffix(r.Text, " says "+r.Tier.String())
	}
	return r.Rule
}
