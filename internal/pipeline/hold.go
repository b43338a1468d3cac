package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/report"
)

// hold appends the reservation, reads what all runs hold, and only then
// decides: of two that reserve at once, each sees the other or is seen by it.
func (w *Work) hold(ctx context.Context, rec ledger.Record, bound money.Cost, critical bool, e Edge) dispatch.Reserved {
	t, wanted := w.Trace, w.wanted(rec)
	switch {
	case t.Shared == nil && t.Denied != "" && t.Apart == "" && wanted:
		return dispatch.Reserved{Over: "the ledger may not be used here, so the ceilings over it cannot be held: " + t.Denied, Held: true}
	case t.Shared == nil:
		return dispatch.Reserved{}
	}
	err := t.Shared.Append(ctx, ledger.Entries([]ledger.Record{rec}))
	if err != nil {
		t.Warnings = append(t.Warnings, "the ledger does not know that "+rec.Task+" began: "+err.Error())
	}
	if !wanted {
		return dispatch.Reserved{}
	}
	if err != nil {
		return dispatch.Reserved{Over: "the ledger cannot be written, so the ceilings over it cannot be held", Held: true}
	}
	held, err := w.holdings(ctx, rec, e)
	switch {
	case err != nil:
		return dispatch.Reserved{Over: "the ledger cannot be read, so the ceilings over it cannot be held: " + err.Error(), Held: true}
	case !held.own:
		return dispatch.Reserved{Over: "the ledger has another record of this name, so nothing was reserved: give each leg of a matrix its input leg", Held: true}
	case bound.State != money.Priced:
		return dispatch.Reserved{Over: "no upper bound is known for this call, so the ceilings over the ledger cannot be held: add its price to prices: in the policy", Held: true}
	}
	return dispatch.Reserved{Over: w.over(held.Holdings, critical), Held: true}
}

// wanted says that a ceiling is set that a ledger is needed for.
func (w *Work) wanted(rec ledger.Record) bool {
	b := w.Policy.Budget
	return w.heldOverPull() || b.Day != nil || b.ActorDay != nil && rec.Actor != ""
}

// over names the first ceiling that is passed. What is not on the critical
// path leaves the reserved share of the day alone.
func (w *Work) over(h ledger.Holdings, critical bool) string {
	b := w.Policy.Budget
	if w.heldOverPull() && h.PullRequest.Spent > *b.PullRequest {
		return passed("this pull request", "pull_request_usd", h.PullRequest.Spent, *b.PullRequest)
	}
	if b.ActorDay != nil && h.Actor.Spent > *b.ActorDay {
		return passed("today's runs of this person", "actor_day_usd", h.Actor.Spent, *b.ActorDay)
	}
	if b.Day == nil {
		return ""
	}
	if h.Day.Spent > *b.Day {
		return passed("today", "day_usd", h.Day.Spent, *b.Day)
	}
	if free := unreserved(*b.Day, b.CriticalReserve); !critical && h.Day.Spent > free {
		return passed("today, less what critical_reserve keeps,", "day_usd", h.Day.Spent, free)
	}
	return ""
}

// unreserved is what the day leaves to other tasks, rounded down.
func unreserved(day money.Nano, thousandths int64) money.Nano {
	whole, rest := day/1000, day%1000
	return whole*money.Nano(1000-thousandths) + rest*money.Nano(1000-thousandths)/1000
}

func passed(what, key string, would, limit money.Nano) string {
	return fmt.Sprintf("over a shared ceiling: %s would come to %s with this task's upper bound, and budget.%s leaves %s", what, would.Dollars(), key, limit.Dollars())
}

// holdings is what the ledger holds. own says that it has the very record that
// was asked about.
type holdings struct {
	ledger.Holdings
	own bool
}

// firstDay is from when the ledger is read. All but a pull request's ceiling
// are over a day; the run's own record must be found also after midnight.
func (w *Work) firstDay(rec ledger.Record, now time.Time) time.Time {
	if w.heldOverPull() {
		return now.AddDate(0, 0, -pastDays)
	}
	return dayOf(rec, now)
}

// dayOf is when the run began, whose day its spending is of: one that is still
// at work after midnight must not find a day on which it holds nothing.
func dayOf(rec ledger.Record, now time.Time) time.Time {
	if began, err := time.Parse(time.RFC3339, rec.Started); err == nil && began.Before(now) {
		return began
	}
	return now
}

func (w *Work) heldOverPull() bool { return w.Policy.Budget.PullRequest != nil && w.PullNumber != 0 }

func (w *Work) holdings(ctx context.Context, rec ledger.Record, e Edge) (h holdings, err error) {
	scope := ledger.Scope{Repository: rec.Repository, PullRequest: w.PullNumber, Actor: rec.Actor, Now: dayOf(rec, e.Now())}
	for entry, err := range w.Trace.Shared.Entries(ctx, w.firstDay(rec, e.Now())) {
		switch {
		case errors.Is(err, ledger.ErrTaken): // the first stands, and was counted
		case err != nil: // a single line, too: what it holds is not nothing
			return h, err
		case entry.Record != nil:
			h.Add(*entry.Record, scope)
			h.own = h.own || entry.Record.ID == rec.ID && entry.Record.Status == ledger.Begun && entry.Record.Started == rec.Started && entry.Record.Bound == rec.Bound
		}
	}
	return h, nil
}

// Ceilings says for the summary what all runs hold now, or why nobody knows;
// nil where there is no ledger to hold them over.
func (w *Work) Ceilings(ctx context.Context, m Models, e Edge) *report.Ceilings {
	switch {
	case w.Trace == nil:
		return nil
	case w.Trace.Apart != "":
		return &report.Ceilings{NotHeld: w.Trace.Apart}
	case w.Trace.Shared == nil && w.Trace.Denied == "":
		return nil
	case w.Trace.Shared == nil:
		return &report.Ceilings{NotHeld: "the ledger may not be used here"}
	}
	rec := ledger.FromResult(w.meta(0, w.Trace.Origin, m, e), dispatch.Result{})
	if !w.wanted(rec) {
		return &report.Ceilings{NotHeld: w.unwanted()}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellTime)
	defer cancel()
	h, err := w.holdings(ctx, rec, e)
	if err != nil {
		w.Trace.Warnings = append(w.Trace.Warnings, "what all runs have spent is not known, the ledger cannot be read: "+err.Error())
		return &report.Ceilings{NotHeld: "the ledger cannot be read"}
	}
	b := w.Policy.Budget
	return &report.Ceilings{
		PullRequest: report.Ceiling{Spent: h.PullRequest.Spent, Unknown: h.PullRequest.Unknown, Limit: b.PullRequest, Unread: !w.heldOverPull()},
		Today:       report.Ceiling{Spent: h.Day.Spent, Unknown: h.Day.Unknown, Limit: b.Day},
		Person:      report.Ceiling{Spent: h.Actor.Spent, Unknown: h.Actor.Unknown, Limit: b.ActorDay},
		Nameless:    w.Trace.Login == "",
	}
}

// unwanted says why no ceiling needs the ledger, which then is not read: each
// file of it may cost a request.
func (w *Work) unwanted() string {
	if w.Policy.Budget.ActorDay != nil {
		return "nobody is named"
	}
	return "no ceiling over them is set"
}
