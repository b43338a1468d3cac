package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

func baselineNotInPool() Rule {
	return Rule{
		ID:       "baseline-not-in-pool",
		Severity: diag.Warning,
		Summary:  "savings are measured against a model that the policy never runs",
		Why:      "The baseline stands for what the work would cost without routing. A model that is not in the pool is a guess about that, and a dear guess makes a large saving.",
		Fix:      "Name the model that stands first under frontier:, or add the baseline to the pool.",
		Bad:      Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]", "claude-fable-5-1", "")},
		Good:     Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]", "claude-opus-5-5", "")},
		Policy: func(p Policy, _ World) []Hit {
			b := p.File.Baseline
			n := child(p.nodeAt(b.Pos), "model")
			if n == nil || slices.ContainsFunc(p.File.Pool, func(m policy.Model) bool { return m.ID() == b.ID() }) {
				return nil
			}
			first := p.File.Models(policy.Frontier)
			if len(first) == 0 {
				return nil
			}
			return []Hit{p.onValue(n, "%.60s is not in the pool, so savings are measured against what is never run: name %.60s, or add this one to the pool", b.ID(), first[0].ID())}
		},
	}
}
