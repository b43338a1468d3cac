package route

import (
	"slices"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// Decide gives the tier of a task, or of a brief that another program will
// run, with every reason. It is pure: the same input gives the same bytes.
// The tier and the lock stand even where skip: applies or nothing can run.
func Decide(in Input) Decision {
	raised := raises(in)
	all := slices.Concat(place(in), raised)
	out := climb(in, all, nil)
	ov := override(in, out)
	d := Decision{
		TaskID: in.TaskID, Tier: ov.tier, Wanted: ov.tier, Would: ov.tier, Locked: out.locked,
		Skipped: skipped(in), Facts: in.Facts, Catch: out.catch, Override: ov.audits,
		Available: in.Available, Baseline: in.Policy.Baseline,
	}
	d.Reasons = markDecisive(append(out.reasons, ov.reasons...), d.Tier)
	d.Counter = counterfactual(in, all, out, ov)
	d.Hint = hint(in, raised, out)
	carry(in, &d)
	d.Estimate = estimate(in, d)
	return d
}

// outcome is what steps 1 to 3 give.
type outcome struct {
	tier    policy.Tier
	locked  bool
	reasons []Reason
	catch   Catch
}

// climb decides from the reasons of steps 1 and 2, and takes step 3. The tier is the maximum over
// the reasons, and the place is one of them. A reason for which drop is true
// does not count, which is how causes are told from company.
func climb(in Input, all []Reason, drop func(Reason) bool) outcome {
	out := outcome{reasons: keep(all, drop)}
	out.tier, out.locked = highest(out.reasons)
	catch := asked(in, out.tier, belowFrontier(all))
	out.catch = catch.Catch
	if catch.uncaught != nil {
		out.reasons = append(out.reasons, keep([]Reason{*catch.uncaught}, drop)...)
		out.tier, out.locked = highest(out.reasons)
	}
	out.reasons = markDecisive(out.reasons, out.tier)
	return out
}

func keep(reasons []Reason, drop func(Reason) bool) []Reason {
	if drop == nil {
		return slices.Clone(reasons)
	}
	return slices.DeleteFunc(slices.Clone(reasons), drop)
}

func highest(reasons []Reason) (tier policy.Tier, locked bool) {
	for _, r := range reasons {
		tier = max(tier, r.Tier)
		locked = locked || r.Lock
	}
	return tier, locked
}

// markDecisive marks the reasons at the final tier.
func markDecisive(reasons []Reason, tier policy.Tier) []Reason {
	for i := range reasons {
		reasons[i].Decisive = reasons[i].Tier == tier
	}
	return reasons
}

// judges says that the task's verdict gates.
func judges(in Input) bool {
	row, _ := in.Policy.Task(in.TaskID)
	return in.Task != nil && (in.Task.Kind == task.Judges || in.Task.CriticalPath) || in.TaskID != "" && row.CriticalPath
}

// tells says that the task's output is only read. A brief for another program
// becomes code, as far as anybody here knows.
func tells(in Input) bool { return in.Task != nil && in.Task.Kind == task.Tells && !judges(in) }

// estimate is the upper bound of one attempt on the chosen model. Code of this
// program costs nothing; where nothing can run there is nothing to estimate.
func estimate(in Input, d Decision) money.Cost {
	switch {
	case d.Model != nil:
		return estimateOf(in, *d.Model)
	case d.Unavailable != "":
		return money.Cost{State: money.Unknown, Note: "nothing can run it"}
	}
	return money.Cost{State: money.Priced}
}

// estimateOf takes the entry itself, else another entry of the same model:
// the baseline may stand outside the pool.
func estimateOf(in Input, m policy.Model) money.Cost {
	found := money.Cost{State: money.Unknown, Note: "no estimate was made"}
	for _, e := range in.Estimates {
		if e.Model == m {
			return e.Cost
		}
		if e.Model.ID() == m.ID() && found.State == money.Unknown {
			found = e.Cost
		}
	}
	return found
}
