package dispatch

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/task"
)

// confirmReused takes the answer of an earlier run: no attempt stands behind
// it, so that it must pass its verifier here, and nothing is believed of what
// it avoided. What judges has none.
func (d *Dispatcher) confirmReused(r Result, p plan, in task.Input, c Claim) (Result, error) {
	if len(c.Attempts) > 0 {
		return Result{}, errors.New("it claims an answer of an earlier run, and attempts beside it")
	}
	n, ok := d.namesOf(r.Task, *r.Decision.Model, p, in)
	if !ok {
		return Result{}, errors.New("it claims an answer of an earlier run, and none may stand for it: it judges, the change is not known whole, or the policy's reuse is off")
	}
	out, problems := r.Task.Verify(in, c.Answer)
	if len(problems) > 0 {
		return Result{}, fmt.Errorf("its answer of an earlier run does not pass its verifier here: %s", d.showable(problems)[0].Text)
	}
	r.Output, r.Answer = out, c.Answer
	if unseen(r.Task, in) {
		return d.again(r, Reused{From: c.Reused, Avoided: money.Cost{State: money.Unknown, Note: "its log is not here"}}, p), nil
	}
	r = d.again(r, Reused{Key: n.key, From: c.Reused, Avoided: d.avoided(*r.Decision.Model, p, c.Answer)}, p)
	return d.keep(r, n, in), nil
}

// unseen says that a task works on a log which is not here: then nobody knows
// the question that its answer belongs to.
func unseen(t task.Task, in task.Input) bool { return t.NeedsLog && len(in.Log) == 0 }

// withNotes adds what is told of the way to an answer to what is known here.
func withNotes(known, told []string) []string {
	all := slices.Clone(known)
	for _, text := range told {
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}
