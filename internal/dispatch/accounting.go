package dispatch

import (
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// price gives the cost of a usage. The model that served it decides: a
// gateway may answer with another than was asked. So does how it was served: a
// tier without a known factor is unpriced, and list price is not assumed.
func (d *Dispatcher) price(asked policy.Model, served string, u money.Usage, how money.Service) money.Cost {
	model := asked.Model
	if served != "" && !money.SameModel(asked.Model, served) {
		model = served
	}
	row, ok := d.Catalogue.Lookup(asked.Provider, model, d.Now())
	if !ok {
		if !u.Known {
			return money.Cost{State: money.Unknown, Note: "usage was not reported"}
		}
		return money.Cost{State: money.Unpriced, Note: "no price for " + asked.Provider + "/" + model}
	}
	return row.CostAs(u, how)
}

func (d *Dispatcher) upperBound(m policy.Model, p prompt) money.Cost {
	return d.UpperBound(m, p.most)
}

// UpperBound is the most that one call may cost, with a prompt of so many
// tokens and the model's maximal output.
func (d *Dispatcher) UpperBound(m policy.Model, promptTokens int64) money.Cost {
	row, ok := d.Catalogue.Lookup(m.Provider, m.Model, d.Now())
	if !ok {
		return money.Cost{State: money.Unpriced, Note: "no price for " + m.ID()}
	}
	return row.UpperBound(promptTokens, m.MaxOutputTokens)
}

func sumTries(tries []Try) money.Cost {
	costs := make([]money.Cost, len(tries))
	for i, t := range tries {
		costs[i] = t.Cost
	}
	return single(costs)
}

func sumAttempts(attempts []Attempt) money.Cost {
	costs := make([]money.Cost, len(attempts))
	for i, a := range attempts {
		costs[i] = a.Cost
	}
	return single(costs)
}

// single adds costs up to one: unknown where any part is unknown, unpriced
// where any part is unpriced.
func single(costs []money.Cost) money.Cost {
	total := money.Cost{State: money.Priced}
	for _, c := range costs {
		switch {
		case c.State == money.Priced:
			total.Nano += c.Nano
		case total.State != money.Unknown:
			total.State, total.Note = c.State, c.Note
		}
	}
	if total.State != money.Priced {
		total.Nano = 0
	}
	return total
}

// compare sets baseline and saving: the final attempt's tokens at the
// baseline's price against everything that was spent. Attempts that released
// nothing are cost with no baseline, so what a failed task spent lessens the
// saving. Where nothing was spent either, there is nothing to compare.
func (d *Dispatcher) compare(r Result) Result {
	if len(r.Attempts) == 0 {
		r.Outside = "no model was called"
		return r
	}
	final := r.Attempts[len(r.Attempts)-1]
	if !final.Released {
		final.Usage = money.Usage{Known: true} // the baseline's answer to nothing
	}
	baseline := d.price(d.Baseline, "", final.Usage, money.Service{})
	switch {
	case r.Cost.State == money.Unknown:
		r.Outside = "usage was not reported"
	case r.Cost.State == money.Unpriced:
		r.Outside = r.Cost.Note
	case !final.Released && r.Cost.Nano == 0:
		r.Outside = "no output was released"
	case baseline.State != money.Priced:
		r.Outside = "the baseline has no price: " + baseline.Note
	default:
		r.Baseline = baseline
		r.Saved = money.Cost{State: money.Priced, Nano: baseline.Nano - r.Cost.Nano}
	}
	return r
}
