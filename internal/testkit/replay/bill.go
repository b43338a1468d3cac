package main

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// bill is what one way cost, in nano-dollars, and what happened.
type bill struct {
	total    money.Nano
	critical money.Nano
	byTask   map[string]*line
	byCause  map[string]*cause // by task, tier and rule
	pushes   map[string]int    // by kind
}

// line is one task's part. Auxiliary tasks may be locked, reused, escalated.
type line struct {
	cost                                       money.Nano
	split                                      split
	judges                                     bool
	runs, locked, reused, attempts, below, ran int
}

func newBill() *bill {
	return &bill{byTask: map[string]*line{}, byCause: map[string]*cause{}, pushes: map[string]int{}}
}

// add books the results of one push. A cost that is not known is an error: a
// sum without it would be wrong.
func (b *bill) add(at push, results []dispatch.Result, list catalogue) error {
	b.pushes[at.kind]++
	for _, r := range results {
		if r.Status == dispatch.CouldNotRun {
			return fmt.Errorf("task %s: %s", r.Task.ID, r.Reason)
		}
		if r.Cost.State != money.Priced {
			return fmt.Errorf("task %s: its cost is not known: %s", r.Task.ID, r.Cost.Note)
		}
		if r.Task.Judges() && r.Status != dispatch.Skipped && r.Tier < policy.Frontier {
			return fmt.Errorf("task %s ran at %s: what judges stays frontier", r.Task.ID, r.Tier)
		}
		parts, err := splitOf(r, list)
		if err != nil {
			return err
		}
		b.book(r, parts)
	}
	return nil
}

func (b *bill) book(r dispatch.Result, parts split) {
	l := b.byTask[r.Task.ID]
	if l == nil {
		l = &line{judges: r.Task.Judges()}
		b.byTask[r.Task.ID] = l
	}
	b.total += r.Cost.Nano
	l.cost += r.Cost.Nano
	l.split.add(parts)
	b.causes(r)
	if r.Task.Judges() {
		b.critical += r.Cost.Nano
	}
	l.runs++
	l.attempts += len(r.Attempts)
	l.locked += ofTrue(r.Decision.Locked)
	l.reused += ofTrue(r.Reused != nil)
	l.ran += ofTrue(len(r.Attempts) > 0)
	l.below += ofTrue(len(r.Attempts) > 0 && r.Attempts[0].Model.Tier < policy.Frontier)
}

func ofTrue(is bool) int {
	if is {
		return 1
	}
	return 0
}
