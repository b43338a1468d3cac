package lint

import (
	"time"

	"github.com/tierwise/tierwise/internal/diag"
)

// retiresSoon is how many days ahead an end is reported.
const retiresSoon = 60

func modelRetired() Rule {
	return Rule{
		ID:       "model-retired",
		Severity: diag.Warning,
		Summary:  "a model of the policy no longer answers, or soon will not",
		Why:      "Calls of a retired model fail. On the critical path that is a review that cannot run; elsewhere the next model of the pool does the work at its own price.",
		Fix:      "Take the model that its vendor names, or the newest of its family, and look at effort and max_output_tokens again.",
		Bad:      Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-4-20250514 }]", "claude-opus-5-5", "")},
		Good:     Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]", "claude-opus-5-5", "")},
		Policy:   retiredModels,
	}
}

func retiredModels(p Policy, w World) []Hit {
	var hits []Hit
	for _, m := range p.models() {
		known, ok := ModelOf(m.Provider, m.Model.Model)
		if !ok || known.Retired == "" {
			continue
		}
		next, edits := "take a newer one", []Edit(nil)
		if known.Successor != "" {
			next, edits = "take "+known.Successor+", which its vendor names", p.instead(m.node, known.Successor)
		} else if newest := newestOf(known); newest != "" {
			next = "take " + newest + ", the newest of its family"
		}
		switch {
		case known.Ended(w.Today):
			h := p.onValue(m.node, "%s has not answered since %s: %s", m.Model.Model, known.Retired, next)
			h.As, h.Edits = diag.Error, edits
			hits = append(hits, h)
		case w.within(known.Retired, retiresSoon):
			h := p.onValue(m.node, "%s stops answering on %s: %s", m.Model.Model, known.Retired, next)
			h.Edits = edits
			hits = append(hits, h)
		}
	}
	return hits
}

// within says that a day lies at most so many days ahead.
func (w World) within(day string, days int) bool {
	today, ok := w.day()
	then, err := time.Parse(time.DateOnly, day)
	return ok && err == nil && !then.Before(today) && then.Sub(today) <= time.Duration(days)*24*time.Hour
}

// newestOf gives the last of a family of which no end is known, "" where
// there is none.
func newestOf(m Model) string {
	newest := ""
	for _, other := range models() {
		if m.Family != "" && other.Family == m.Family && other.Provider == m.Provider && other.Retired == "" && other.ID != m.ID {
			newest = other.ID
		}
	}
	return newest
}
