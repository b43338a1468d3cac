package dispatch

import (
	"context"
	"errors"
	"fmt"

	"github.com/tierwise/tierwise/internal/ask"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// Claim is what somebody else says became of a task: a job that had the key.
// Nothing of it is trusted.
type Claim struct {
	Status Status
	Reason string
	Answer []byte // of the model whose answer was released, nil where none was
	// Text is the output of a task on a log, for one who has no log.
	Text     string
	Attempts []Attempt
	// Reused says where the answer of an earlier run came from, "" where a
	// model was asked: then there are no attempts.
	Reused string
	// Built says where the earlier answer came from of which a part stands in
	// this one, "" where none does.
	Built      string
	OverBudget bool
	Notes      []string
	Warnings   []string
}

// unconfirmed marks the output of a task on a log that is not here.
const unconfirmed = "shown as it came: its log is not here, so nothing was checked again"

// Confirm makes a task's result once more from a claim, without calling
// anybody: by the decision that was taken here, on the change that was read
// here. Local work is done again, a model's answer goes through its verifier
// again, and the attempts must be those that the decision leads to. An error
// says what does not fit.
func (d *Dispatcher) Confirm(ctx context.Context, t task.Task, dec route.Decision, in task.Input, c Claim) (Result, error) {
	without := t.NeedsLog && len(in.Log) == 0 && dec.Refused == "" && dec.Skipped == ""
	switch {
	case without && t.CriticalPath:
		return Result{}, errors.New("a critical task on a log cannot be confirmed without the log")
	case without:
		return d.confirmBlind(ctx, t, dec, in, c)
	case dec.Refused != "", dec.Skipped != "", dec.Model == nil:
		return d.Run(ctx, t, dec, in), nil
	default:
		return d.confirmModels(t, dec, in, c)
	}
}

// confirmBlind takes the text of a task that only tells, as a stranger's.
func (d *Dispatcher) confirmBlind(ctx context.Context, t task.Task, dec route.Decision, in task.Input, c Claim) (Result, error) {
	if dec.Model != nil {
		t.Verify = func(task.Input, []byte) (task.Output, []task.Problem) { return task.Output{Markdown: c.Text}, nil }
		r, err := d.confirmModels(t, dec, in, c)
		r.Warnings = append(r.Warnings, unconfirmed)
		return r, err
	}
	t.Local = localText(t, c.Text)
	r := d.Run(ctx, t, dec, in)
	r.Output.Escaped = false
	r.Warnings = append(r.Warnings, unconfirmed)
	return r, nil
}

func localText(t task.Task, text string) func(task.Input) (task.Output, error) {
	if t.Local == nil {
		return nil
	}
	return func(task.Input) (task.Output, error) { return task.Output{Markdown: text}, nil }
}

// confirmModels walks the ladder again along the claimed attempts.
func (d *Dispatcher) confirmModels(t task.Task, dec route.Decision, in task.Input, c Claim) (Result, error) {
	r := Result{Task: t, Decision: dec, Tier: dec.Tier, FilesTotal: len(in.Change.Files), OverBudget: c.OverBudget, Warnings: c.Warnings}
	plan := d.plan(t, in)
	r.FilesRead, r.LeftOut, r.Notes = plan.read, plan.leftOut, withNotes(plan.notes, c.Notes)
	in = plan.shown(t, in)
	if c.Reused != "" {
		return d.confirmReused(r, plan, in, c)
	}
	if err := d.walk(&r, c); err != nil {
		return Result{}, err
	}
	last := len(r.Attempts) - 1
	if last < 0 || !r.Attempts[last].Released {
		return d.confirmNone(r, c)
	}
	if r.Attempts[last].Finish != string(ask.FinishStop) {
		return Result{}, fmt.Errorf("its answer did not end: it claims %.40q", r.Attempts[last].Finish)
	}
	if c.Built != "" && (t.Building == nil || last > 0) {
		return Result{}, errors.New("it claims to build on an earlier answer, and none of its attempts may")
	}
	r.Built = c.Built
	if problem := d.unusable(r, r.Attempts[last].Model, served(r.Attempts[last])); problem != nil {
		return Result{}, fmt.Errorf("its answer may not be released: %s", problem.Text)
	}
	out, problems := t.Verify(in, c.Answer)
	if len(problems) > 0 {
		return Result{}, fmt.Errorf("its answer does not pass its verifier here: %s", d.showable(problems)[0].Text)
	}
	r.Output, r.Answer, r.Model, r.Tier = out, c.Answer, r.Attempts[last].Model, r.Attempts[last].Model.Tier
	return d.keepReleased(d.release(r, plan), plan, in), nil
}

func served(a Attempt) ask.Response {
	return ask.Response{Model: a.ServedModel, Finish: ask.Finish(a.Finish), Usage: a.Usage}
}

// walk takes the models from the ladder and prices what they spent.
func (d *Dispatcher) walk(r *Result, c Claim) error {
	ladder := newLadder(r.Decision)
	limit := max(1, d.Pool.Escalation.MaxAttempts)
	for i, a := range c.Attempts {
		model, ok := ladder.next()
		if !ok || i == limit {
			return fmt.Errorf("it claims %s, more than the policy leads to", plural(len(c.Attempts), "attempt"))
		}
		if err := d.retake(&a, model); err != nil {
			return err
		}
		if a.Released && (i < len(c.Attempts)-1 || len(a.Problems) > 0) {
			return errors.New("it claims attempts after its answer, or an answer that was refused")
		}
		r.Attempts = append(r.Attempts, a)
		if len(a.Problems) > 0 {
			ladder.escalate(model)
		}
	}
	return nil
}

// retake holds one attempt to the model that it must have asked.
func (d *Dispatcher) retake(a *Attempt, model policy.Model) error {
	if a.Model.Tier != model.Tier || a.Model.ID() != model.ID() || a.Model.Effort != model.Effort {
		return fmt.Errorf("it claims an attempt of %.80q on tier %s, and here %s on tier %s is decided", a.Model.ID(), tierName(a.Model.Tier), model.ID(), model.Tier)
	}
	a.Model = model
	if len(a.Tries) > maxTries {
		return fmt.Errorf("it claims %s for one attempt", plural(len(a.Tries), "call"))
	}
	answered := len(a.Tries) > 0 && a.Tries[len(a.Tries)-1].Error == ""
	if !answered && (a.Released || len(a.Problems) > 0) { // one that was stopped before its first call has none
		return errors.New("it claims an answer of a call that gave none")
	}
	if answered {
		last := &a.Tries[len(a.Tries)-1]
		a.Usage, last.Cost = last.Usage, d.price(model, a.ServedModel, last.Usage, last.Served)
	}
	a.Cost = sumTries(a.Tries)
	return nil
}

func tierName(t policy.Tier) string {
	if t == 0 {
		return "none"
	}
	return t.String()
}

// confirmNone ends a task without an answer. It is never green on the critical
// path; an auxiliary one is skipped only where the policy's ceiling says so.
func (d *Dispatcher) confirmNone(r Result, c Claim) (Result, error) {
	skipped := c.Status == Skipped && c.OverBudget && !r.Task.CriticalPath && d.Pool.Budget.OnAuxiliary == "skip"
	switch {
	case skipped:
		return d.finish(r, Skipped, c.Reason), nil
	case c.Status == CouldNotRun:
		r.Blocking = c.OverBudget
		return d.finish(r, CouldNotRun, c.Reason), nil
	default:
		return Result{}, fmt.Errorf("it claims to be %s, and no model's answer stands behind it", c.Status)
	}
}
