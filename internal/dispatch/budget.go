package dispatch

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// Budget is the ceiling of one run, in nano-dollars. It permits or refuses;
// it never changes a tier. A nil limit permits everything.
type Budget struct {
	Limit      *money.Nano
	OnCritical string // fail | continue
	spent      money.Nano
	blind      int // calls with neither a cost nor an upper bound
}

// Spent is what was counted so far: actual costs, and upper bounds where the
// actual is not known. Blind counts the calls that had neither.
func (b *Budget) Spent() (spent money.Nano, blind int) { return b.spent, b.blind }

func (b *Budget) permits(bound money.Cost, critical bool) bool {
	if b.Limit == nil || (critical && b.OnCritical == "continue") {
		return true
	}
	return bound.State == money.Priced && b.spent+bound.Nano <= *b.Limit
}

func (b *Budget) spend(actual, bound money.Cost) {
	switch {
	case actual.State == money.Priced:
		b.spent += actual.Nano
	case bound.State == money.Priced:
		b.spent += bound.Nano
	default:
		b.blind++
	}
}

// refusal is why a task stops before a call.
type refusal struct {
	status Status
	reason string
}

// permit asks the budget before an attempt, at the upper bound of the model
// about to be called.
func (d *Dispatcher) permit(r *Result, m policy.Model, p prompt) *refusal {
	bound := d.upperBound(m, p)
	if d.Budget.permits(bound, r.Task.CriticalPath) {
		if over := d.Budget.over(bound); over != "" {
			r.Warnings, r.OverBudget = append(r.Warnings, over), true
		}
		return nil
	}
	reason := d.Budget.why(bound, m)
	r.OverBudget = true
	if !r.Task.CriticalPath && d.Pool.Budget.OnAuxiliary == "skip" {
		return &refusal{Skipped, reason}
	}
	r.Blocking = true
	return &refusal{CouldNotRun, reason}
}

// over warns where a critical task goes on past the ceiling.
func (b *Budget) over(bound money.Cost) string {
	if b.Limit == nil || (bound.State == money.Priced && b.spent+bound.Nano <= *b.Limit) {
		return ""
	}
	return fmt.Sprintf("over the run's ceiling of %s: budget.on_exceeded.critical is continue", b.Limit.Dollars())
}

func (b *Budget) why(bound money.Cost, m policy.Model) string {
	if bound.State != money.Priced {
		return fmt.Sprintf("no price is known for %s, so budget.run_usd cannot be held: add the model to prices: in the policy", m.ID())
	}
	return fmt.Sprintf("over the run's ceiling: %s spent, up to %s more for %s, budget.run_usd is %s",
		b.spent.Dollars(), bound.Nano.Dollars(), m.ID(), b.Limit.Dollars())
}
