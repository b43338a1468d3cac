package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
)

func modelUnknown() Rule {
	return Rule{
		ID:       "model-unknown",
		Severity: diag.Warning,
		Summary:  "the policy names a model that is not known",
		Why: "A slip in a model's id is found by the first call that fails, on somebody's pull request. What is not known has no price either: " +
			"a ceiling in dollars refuses it.",
		Fix:    "Correct the id. For a model of your own, behind base-url, write its price under prices:, and it is known.",
		Bad:    Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5.5 }]", "claude-opus-5-5", "")},
		Good:   Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]", "claude-opus-5-5", "")},
		Policy: unknownModels,
	}
}

func unknownModels(p Policy, w World) []Hit {
	var hits []Hit
	for _, m := range p.models() {
		if w.known(p, m) {
			continue
		}
		if near := ModelNear(m.Provider, m.Model.Model); near != "" {
			hits = append(hits, p.onValue(m.node, "no model %.60q of %s is known: did you mean %s?", m.Model.Model, m.Provider, near))
			continue
		}
		hits = append(hits, p.onValue(m.node, "no model %.60q of %s is known: check the id, or give its price under prices", m.Model.Model, m.Provider))
	}
	return hits
}

// known says that facts or a price of the model are at hand.
func (w World) known(p Policy, m poolModel) bool {
	if _, ok := ModelOf(m.Provider, m.Model.Model); ok {
		return true
	}
	_, ok := w.price(p, m.Provider, m.Model.Model)
	return ok
}
