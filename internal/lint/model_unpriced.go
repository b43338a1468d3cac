package lint

import "github.com/tierwise/tierwise/internal/diag"

func modelUnpriced() Rule {
	return Rule{
		ID:       "model-unpriced",
		Severity: diag.Warning,
		Summary:  "no price is known for a model of the policy",
		Why:      "What has no price is reported as unpriced, never as nothing: it is left out of costs and savings, and where a ceiling in dollars is set, its calls are refused.",
		Fix:      "Write what you pay for it under prices:, or take a model with a list price.",
		Bad:      Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-4-7 }]", "claude-opus-4-7", "")},
		Good: Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-4-7 }]", "claude-opus-4-7",
			"prices:\n  - { provider: anthropic, model: claude-opus-4-7, input: 5, output: 25 }\n")},
		Policy: unpricedModels,
	}
}

func unpricedModels(p Policy, w World) []Hit {
	var hits []Hit
	for _, m := range p.models() {
		if _, priced := w.price(p, m.Provider, m.Model.Model); priced || !w.known(p, m) {
			continue // one that is not known has a finding of its own
		}
		if f, _ := ModelOf(m.Provider, m.Model.Model); f.Ended(w.Today) {
			continue
		}
		follows := "its costs count as unpriced"
		if p.File.Budget.Run != nil {
			follows = "run_usd refuses its calls"
		}
		hits = append(hits, p.onValue(m.node, "%s has no price for %s, so %s: add it under prices", m.Model.Model, w.Today, follows))
	}
	return hits
}
