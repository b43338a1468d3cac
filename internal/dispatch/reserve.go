package dispatch

import (
	"context"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// Reserved says what became of a reservation. Over says which ceiling it would
// pass, "" for none. Held says that a ceiling counts on the bound: then the
// task is held to it.
type Reserved struct {
	Over string
	Held bool
}

// reserve asks before the first attempt, and holds the later ones to what was
// reserved then. It refuses or warns as the run's own budget does, and never
// changes the tier.
func (d *Dispatcher) reserve(ctx context.Context, r *Result, m policy.Model, p prompt, whole plan) *refusal {
	if d.Reserve == nil {
		return nil
	}
	if len(r.Attempts) > 0 {
		if bound := d.upperBound(m, p); !r.within(bound, nil) {
			return d.exceeded(r, fmt.Sprintf("another attempt, on %s, may cost more than what is left of the %s that were reserved", m.ID(), r.Bound.Nano.Dollars()))
		}
		return nil
	}
	r.Bound = d.most(*r, d.upperBound(m, p), max(p.most, whole.tokens())+d.Pool.Handoff.MaxTokens)
	got := d.Reserve(ctx, *r, r.Bound)
	r.Held = got.Held && got.Over == ""
	if got.Over == "" {
		return nil
	}
	if r.Task.CriticalPath && d.Pool.Budget.OnCritical == "continue" {
		r.Warnings, r.OverBudget = append(r.Warnings, got.Over+": budget.on_exceeded.critical is continue"), true
		return nil
	}
	return d.exceeded(r, got.Over)
}

// exceeded ends a task that a ceiling stops.
func (d *Dispatcher) exceeded(r *Result, reason string) *refusal {
	r.OverBudget = true
	if !r.Task.CriticalPath && d.Pool.Budget.OnAuxiliary == "skip" {
		return &refusal{Skipped, reason}
	}
	r.Blocking = true
	return &refusal{CouldNotRun, reason}
}

// most is the upper bound of all attempts that the ladder can lead to, one try
// each: the first at its own prompt, the others the dearest of the list, at the
// longest prompt. A later model without a price adds nothing, and the task does
// not get to it where it is held to the bound.
func (d *Dispatcher) most(r Result, first money.Cost, tokens int64) money.Cost {
	if first.State != money.Priced {
		return first
	}
	later := slices.Clone(r.Decision.Fallbacks)
	if list := append([]policy.Model{*r.Decision.Model}, later...); list[len(list)-1].Tier == policy.Frontier {
		later = append(later, list[len(list)-1]) // frontier has one more attempt
	}
	var bounds []money.Nano
	for _, m := range later {
		if c := d.UpperBound(m, tokens); c.State == money.Priced {
			bounds = append(bounds, c.Nano)
		}
	}
	slices.Sort(bounds)
	slices.Reverse(bounds)
	total := first.Nano
	for _, b := range bounds[:min(len(bounds), max(1, d.Pool.Escalation.MaxAttempts)-1)] {
		total += b
	}
	return money.Cost{State: money.Priced, Nano: total}
}

// within says that one more call stays in what was reserved. What a call cost
// that did not say so counts its bound.
func (r Result) within(bound money.Cost, tries []Try) bool {
	if !r.Held {
		return true
	}
	spent := countTries(tries, bound)
	for _, a := range r.Attempts {
		spent += countTries(a.Tries, a.UpperBound)
	}
	return bound.State == money.Priced && spent+bound.Nano <= r.Bound.Nano
}

func countTries(tries []Try, bound money.Cost) money.Nano {
	var sum money.Nano
	for _, t := range tries {
		if t.Cost.State == money.Priced {
			sum += t.Cost.Nano
		} else {
			sum += bound.Nano
		}
	}
	return sum
}
