package lint

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
)

func modelSuperseded() Rule {
	return Rule{
		ID:       "model-superseded",
		Severity: diag.Note,
		Summary:  "a newer model of the same family costs no more",
		Why:      "Vendors lower the price of a line with its next version. Who stays behind pays more for less; a baseline that stays behind makes savings look larger than they are.",
		Fix:      "Take the newer model, and look at effort and max_output_tokens again: defaults change with a version.",
		Bad:      Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-4-8 }]", "claude-opus-5-5", "")},
		Good:     Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]", "claude-opus-5-5", "")},
		Policy:   supersededModels,
	}
}

func supersededModels(p Policy, w World) []Hit {
	var hits []Hit
	for _, m := range p.models() {
		known, ok := ModelOf(m.Provider, m.Model.Model)
		if !ok || known.Ended(w.Today) || known.Retired != "" && w.within(known.Retired, retiresSoon) {
			continue // model-retired speaks of it
		}
		mine, priced := w.price(p, m.Provider, m.Model.Model)
		next, nextRow, found := w.supersedes(p, known, mine)
		if !priced || !found {
			continue
		}
		h := p.onValue(m.node, "%s is newer than %s and costs no more (%s): take it", next, m.Model.Model, rates(nextRow))
		if nextRow.Rates.Input < mine.Rates.Input || nextRow.Rates.Output < mine.Rates.Output {
			h.As = diag.Warning
			h.Message = fmt.Sprintf("%s is newer than %s and cheaper: %s, not %s and %s; take it",
				next, m.Model.Model, rates(nextRow), perMillion(mine.Rates.Input), perMillion(mine.Rates.Output))
		}
		h.Edits = p.instead(m.node, next)
		hits = append(hits, h)
	}
	return hits
}

// supersedes gives the newest of a model's family that came after it, still
// answers and costs no more in any bucket that both have a price for.
func (w World) supersedes(p Policy, m Model, mine money.Row) (id string, row money.Row, ok bool) {
	list := models()
	at := slices.IndexFunc(list, func(o Model) bool { return o.Provider == m.Provider && o.ID == m.ID })
	for _, other := range list[at+1:] {
		if m.Family == "" || other.Family != m.Family || other.Provider != m.Provider || other.Retired != "" {
			continue
		}
		its, priced := w.price(p, other.Provider, other.ID)
		if priced && its.Model != mine.Model && costsNoMore(its, mine) {
			id, row, ok = other.ID, its, true
		}
	}
	return id, row, ok
}

// costsNoMore holds the prices of a usual request together; one over a long
// prompt may still cost more.
func costsNoMore(a, b money.Row) bool {
	return a.Rates.Input <= b.Rates.Input && a.Rates.Output <= b.Rates.Output
}
