package pipeline

import (
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/report"
)

// would prices the tokens of every try at the models that routing leads to:
// the one that it chose, and one a tier up after each answer that was refused.
// It is compared with all that was spent, so it leaves out no attempt either.
// Where nothing was released there is no answer to compare.
func (w *Work) would(r dispatch.Result, m Models, e Edge) (report.Would, bool) {
	if w.Policy.Enforce || len(r.Attempts) == 0 || !r.Attempts[len(r.Attempts)-1].Released {
		return report.Would{}, false
	}
	models := w.Policy.Models(r.Decision.Would)
	if len(models) == 0 {
		return report.Would{}, false
	}
	model := models[0]
	total := money.Cost{State: money.Priced}
	for _, a := range r.Attempts {
		for _, t := range a.Tries {
			total = plus(total, m.costOn(model, t.Usage, e))
		}
		if len(a.Problems) > 0 {
			model = w.above(model)
		}
	}
	return report.Would{Task: r.Task.ID, Model: models[0].Model, Cost: total}, true
}

func (m Models) costOn(model policy.Model, u money.Usage, e Edge) money.Cost {
	row, ok := m.Catalogue.Lookup(model.Provider, model.Model, e.Now())
	if !ok {
		return money.Cost{State: money.Unpriced, Note: "no price for " + model.ID()}
	}
	return row.Cost(u)
}

// plus adds a cost to a sum; a part that is not known makes the whole so.
func plus(sum, c money.Cost) money.Cost {
	switch {
	case sum.State != money.Priced:
		return sum
	case c.State != money.Priced:
		return c
	}
	sum.Nano += c.Nano
	return sum
}

// above is the first model of the next dearer tier that has one, or the model
// itself where there is none.
func (w *Work) above(m policy.Model) policy.Model {
	next := m
	for _, other := range w.Policy.Pool {
		if other.Tier > m.Tier && (next == m || other.Tier < next.Tier) {
			next = other
		}
	}
	return next
}
