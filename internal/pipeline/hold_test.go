package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// noted is a store that notes from which day it was read.
type noted struct {
	*inMemory
	since []string
}

func (n *noted) Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error] {
	n.since = append(n.since, since.UTC().Format(time.DateOnly))
	return n.inMemory.Entries(ctx, since)
}

func TestALedgerIsReadNoFurtherBackThanACeilingAsks(t *testing.T) {
	t.Parallel()
	const today, quarter = "2026-11-24", "2026-08-26"
	for name, c := range map[string]struct {
		budget  policy.Budget
		pull    int
		began   time.Duration // before now
		want    []string      // by the task, then by the summary
		notHeld string
	}{
		"none is set":                          {pull: 7, notHeld: "no ceiling over them is set"},
		"the pull request's":                   {budget: policy.Budget{PullRequest: nano(100)}, pull: 7, want: []string{quarter, quarter}},
		"the pull request's, where is none":    {budget: policy.Budget{PullRequest: nano(100)}, notHeld: "no ceiling over them is set"},
		"the day's":                            {budget: policy.Budget{Day: nano(100)}, pull: 7, want: []string{today, today}},
		"the person's":                         {budget: policy.Budget{ActorDay: nano(100)}, pull: 7, want: []string{today, today}},
		"the day's and the pull request's":     {budget: policy.Budget{Day: nano(100), PullRequest: nano(100)}, pull: 7, want: []string{quarter, quarter}},
		"the day's, of a run since yesterday":  {budget: policy.Budget{Day: nano(100)}, pull: 7, began: 13 * time.Hour, want: []string{"2026-11-23", "2026-11-23"}},
		"the day's, of a clock that went back": {budget: policy.Budget{Day: nano(100)}, pull: 7, began: -30 * time.Hour, want: []string{today, today}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &noted{inMemory: &inMemory{all: map[string]ledger.Entry{}}}
			w, e := runOn(store, 1, c.budget)
			w.PullNumber, w.Trace.Origin.Started = c.pull, e.Now().Add(-c.began)
			if _, got := reserveOne(w, e, 1, true); got.Over != "" {
				t.Errorf("refused: %s", got.Over)
			}
			said := w.Ceilings(t.Context(), Models{}, e)
			if said == nil || said.NotHeld != c.notHeld {
				t.Errorf("said %+v, expected %q", said, c.notHeld)
			}
			if diff := cmp.Diff(c.want, store.since); diff != "" {
				t.Errorf("read from (-want +got):\n%s", diff)
			}
			if wholly := c.budget.PullRequest != nil && c.pull != 0; c.want != nil && said.PullRequest.Unread == wholly {
				t.Errorf("the pull request's part was not read: %v", said.PullRequest.Unread)
			}
		})
	}
}

func TestOfAPersonsCeilingWithoutAPersonNothingIsRead(t *testing.T) {
	t.Parallel()
	store := &noted{inMemory: &inMemory{all: map[string]ledger.Entry{}}}
	w, e := runOn(store, 1, policy.Budget{ActorDay: nano(100)})
	w.Trace.Login = ""
	r := dispatch.Result{Bound: money.Cost{State: money.Priced, Nano: 1}}
	if got := w.reserver(0, Models{}, e)(t.Context(), r, r.Bound); got.Over != "" {
		t.Errorf("refused: %s", got.Over)
	}
	if said := w.Ceilings(t.Context(), Models{}, e); said == nil || said.NotHeld != "nobody is named" || len(store.since) > 0 {
		t.Errorf("%+v, read from %q", said, store.since)
	}
}

func TestARunThatWorksPastMidnightIsHeldOnTheDayItBegan(t *testing.T) {
	t.Parallel()
	store := &inMemory{all: map[string]ledger.Entry{}}
	w, e := runOn(store, 1, policy.Budget{Day: nano(100)})
	w.Trace.Origin.Started = e.Now().Add(-13 * time.Hour)
	if _, got := reserveOne(w, e, 101, true); got.Over == "" {
		t.Error("a task over the day's ceiling was let through after midnight")
	}
	if _, got := reserveOne(w, e, 100, true); got.Over == "" {
		t.Error("what the run holds already was forgotten after midnight")
	}
}

// partly is a store that gives one thing that is no entry.
type partly struct {
	*inMemory
	err error
}

func (s partly) Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for entry, err := range s.inMemory.Entries(ctx, since) {
			if !yield(entry, err) {
				return
			}
		}
		yield(ledger.Entry{}, s.err)
	}
}

func TestAPartOfALedgerHoldsNoCeiling(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		over bool
	}{
		"a reading that has not seen all":   {ledger.UnreadError{File: "f", Line: 9, Err: fmt.Errorf("%w: more", ledger.ErrTooMany)}, true},
		"a file that cannot be read":        {ledger.UnreadError{File: "f", Err: errors.New("gone")}, true},
		"a second entry of an id, of files": {ledger.UnreadError{File: "f", Err: fmt.Errorf("%w x", ledger.ErrTaken)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, e := runOn(partly{&inMemory{all: map[string]ledger.Entry{}}, c.err}, 1, policy.Budget{Day: nano(100)})
			if _, got := reserveOne(w, e, 1, true); (got.Over != "") != c.over {
				t.Errorf("refused: %q", got.Over)
			}
		})
	}
}
