package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

func tierWithoutModel() Rule {
	const frontierOnly = "version: 1\npool:\n  frontier: [{ provider: anthropic, model: claude-opus-5-5 }]\nbaseline: { provider: anthropic, model: claude-opus-5-5 }\n"
	return Rule{
		ID:       "tier-without-model",
		Severity: diag.Warning,
		Summary:  "a task is placed at a tier for which the pool has no model",
		Why:      "Where a tier has no model the next dearer one does the work: nothing is unsafe, and nothing is saved.",
		Fix:      "Add a model of that tier to the pool, or place the task where the pool has one.",
		Bad:      Example{Text: frontierOnly + "tasks:\n  changelog: { tier: efficient, caught_by: [advisory] }\n"},
		Good:     Example{Text: minimal("tasks:\n  changelog: { tier: efficient, caught_by: [advisory] }\n")},
		Policy:   tiersWithoutModels,
	}
}

func tiersWithoutModels(p Policy, _ World) []Hit {
	empty := func(t policy.Tier) bool { return t != 0 && t != policy.Local && len(p.File.Models(t)) == 0 }
	var hits []Hit
	for _, row := range p.File.Tasks {
		if empty(row.Tier) && p.owns(row.Pos) {
			hits = append(hits, p.onTask(row, "tier", "the pool has no %s model, so %s runs on %s: add one under pool, or say so here", row.Tier, row.ID, nextDearer(p.File, row.Tier)))
		}
	}
	return hits
}

// nextDearer is the tier that serves in the place of one without models.
func nextDearer(f *policy.File, t policy.Tier) policy.Tier {
	for ; t < policy.Frontier; t++ {
		if len(f.Models(t)) > 0 {
			return t
		}
	}
	return policy.Frontier
}
