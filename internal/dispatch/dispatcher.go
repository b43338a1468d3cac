package dispatch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/tierwise/tierwise/internal/ask"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Completer makes one call to one vendor. Its errors are *ask.Error, or
// wrap the context's.
type Completer interface {
	Complete(ctx context.Context, req ask.Request) (ask.Response, error)
}

// Scanner replaces secrets in text and names the rules that found them.
type Scanner interface {
	Redact(path, text string) (clean string, rules []string)
}

// MissingKey says what to do where no key serves the task's tier.
type MissingKey string

// The answers to a missing key. MissingKeyDefault is local where the task has
// a local form, else fail.
const (
	MissingKeyDefault MissingKey = ""
	MissingKeyLocal   MissingKey = "local"
	MissingKeyFail    MissingKey = "fail"
	MissingKeySkip    MissingKey = "skip"
)

// Dispatcher carries decisions out. One Dispatcher serves one step: its
// Budget is shared by the tasks, which run one after the other.
type Dispatcher struct {
	Clients    map[string]Completer // by provider
	Catalogue  money.Catalogue
	Baseline   policy.Model
	Pool       *policy.File
	Budget     *Budget
	Scanner    Scanner
	Marks      signal.Marks
	MissingKey MissingKey
	// Random gives the prompt's boundary; RetryBase is the first wait
	// between tries, doubled each time.
	Random    io.Reader
	Now       func() time.Time
	RetryBase time.Duration
	// Fresh is asked right before the first call; an error means that the
	// head has moved and the result would be about something else.
	Fresh func(ctx context.Context) error
	// Memory finds answers of earlier runs under the same Terms; nil: none
	// are looked for and none are kept.
	Memory Memory
	Terms  Terms
	// Reserve is told before the first call of a task what its calls may cost
	// in all; nil: nobody is told.
	Reserve func(ctx context.Context, r Result, bound money.Cost) Reserved
	// Calibrated gives an estimate of so many tokens as earlier prompts of the
	// model and class turned out, 0 where that is not known; nil: never.
	Calibrated func(m policy.Model, class string, expected int64) int64
	shared     []shared
}

// Run carries one decision out. It never returns an error: whatever goes
// wrong is a status with a reason.
func (d *Dispatcher) Run(ctx context.Context, t task.Task, dec route.Decision, in task.Input) Result {
	r := Result{Task: t, Decision: dec, Tier: dec.Tier, FilesTotal: len(in.Change.Files)}
	switch {
	case dec.Refused != "":
		return r.outside(CouldNotRun, dec.Refused, "it did not run")
	case dec.Skipped != "":
		return r.outside(Skipped, dec.Skipped, "skipped")
	case dec.Model != nil:
		return d.runModels(ctx, r, in)
	case dec.Tier == policy.Local, dec.LocalForWantOfKey:
		return d.runWithoutModel(r, in)
	default:
		return d.unavailable(r)
	}
}

// runWithoutModel runs the local form, unless the workflow asked for something
// else where a missing key is the only reason for it.
func (d *Dispatcher) runWithoutModel(r Result, in task.Input) Result {
	if r.Decision.LocalForWantOfKey {
		switch d.MissingKey {
		case MissingKeyFail:
			return r.withoutKey(CouldNotRun, MissingKeyFail)
		case MissingKeySkip:
			return r.withoutKey(Skipped, MissingKeySkip)
		}
	}
	return d.runLocal(r, in)
}

func (r Result) withoutKey(s Status, answer MissingKey) Result {
	r.MissingKey = true
	return r.outside(s, fmt.Sprintf("no key for tier %s, and on-missing-key is %s", r.Decision.Wanted, answer), "it did not run")
}

func (d *Dispatcher) unavailable(r Result) Result {
	r.MissingKey = r.Decision.MissingKey
	if r.MissingKey && d.MissingKey == MissingKeySkip {
		return r.outside(Skipped, r.Decision.Unavailable+"; on-missing-key is skip", "skipped")
	}
	return r.outside(CouldNotRun, r.Decision.Unavailable, "it did not run")
}

// runLocal does the task with code of this program: no model, no cost.
func (d *Dispatcher) runLocal(r Result, in task.Input) Result {
	r.Tier = policy.Local
	if r.Task.Local == nil {
		return r.outside(CouldNotRun, fmt.Sprintf("task %s has no local form", r.Task.ID), "it did not run")
	}
	out, err := r.Task.Local(in)
	if err != nil {
		return r.outside(CouldNotRun, err.Error(), "it did not run")
	}
	out.Escaped = true
	out.Markdown = d.withoutSecrets(out.Markdown)
	r.Output = out
	r.FilesRead = r.FilesTotal
	if !in.Change.Complete() && r.Task.NeedsChange {
		r.Warnings = append(r.Warnings, "the change is known to be incomplete: "+in.Change.Incomplete[0])
	}
	return r.outside(Clean, "", "local: no model was called")
}

// outside ends a task that has no place in the saved figures.
func (r Result) outside(s Status, reason, why string) Result {
	r.Status, r.Reason, r.Outside = s, reason, why
	r.Cost = money.Cost{State: money.Priced}
	return r
}

// runModels makes attempts until one is released, or nothing is left to try.
func (d *Dispatcher) runModels(ctx context.Context, r Result, in task.Input) Result {
	plan := d.plan(r.Task, in)
	r.FilesRead, r.LeftOut, r.Notes = plan.read, plan.leftOut, plan.notes
	in = plan.shown(r.Task, in)
	earlier, part := d.earlier(ctx, &r, plan, in)
	if earlier != nil {
		return d.freshly(ctx, r, *earlier)
	}
	ladder := newLadder(r.Decision)
	limit := max(1, d.Pool.Escalation.MaxAttempts)
	for model, ok := ladder.next(); ok && len(r.Attempts) < limit; model, ok = ladder.next() {
		prompt, err := d.compose(&r, model, plan, part, in)
		if err != nil {
			return d.finish(r, CouldNotRun, err.Error())
		}
		if stop := d.permit(&r, model, prompt); stop != nil {
			return d.finish(r, stop.status, stop.reason)
		}
		if err := d.checkFresh(ctx, r); err != nil {
			return d.finish(r, CouldNotRun, err.Error())
		}
		if len(r.Attempts) == 0 && d.Reserve != nil { // a record is being written
			r.Estimate = d.estimate(r.Task, in, prompt, model)
		}
		if stop := d.reserve(ctx, &r, model, prompt, plan); stop != nil {
			return d.finish(r, stop.status, stop.reason)
		}
		a, out := d.attempt(ctx, r, model, prompt, in)
		r.Attempts = append(r.Attempts, a)
		if a.Released {
			r.Output, r.Answer, r.Model, r.Tier = out, a.answer, model, model.Tier
			r.Built = part.stands(len(r.Attempts))
			return d.keepReleased(d.release(r, plan), plan, in)
		}
		if err := ctx.Err(); err != nil {
			return d.finish(r, CouldNotRun, stopped(err))
		}
		if len(a.Problems) > 0 {
			ladder.escalate(model)
		}
	}
	return d.finish(r, CouldNotRun, exhausted(r.Attempts))
}

func (d *Dispatcher) checkFresh(ctx context.Context, r Result) error {
	if d.Fresh == nil || len(r.Attempts) > 0 {
		return nil
	}
	return d.Fresh(ctx)
}

// compose writes the prompt of the next attempt. Only the first may build on an
// earlier answer: the others read the whole and carry words about an answer.
func (d *Dispatcher) compose(r *Result, m policy.Model, p plan, part *built, in task.Input) (prompt, error) {
	switch {
	case len(r.Attempts) > 0:
		r.FilesRead, r.LeftOut = p.read, p.leftOut
		return d.later(*r, m, p, d.passOn(*r, in))
	case part == nil:
		return d.first(r.Task, m, p)
	}
	r.FilesRead, r.LeftOut, r.Notes = part.plan.read, part.plan.leftOut, append(r.Notes, part.note)
	only, err := part.plan.prompt(nil, d.Random)
	only.merge = part.merge
	return only, err
}

// freshly gives an earlier answer, unless the head has moved meanwhile.
func (d *Dispatcher) freshly(ctx context.Context, r, earlier Result) Result {
	if err := d.checkFresh(ctx, r); err != nil {
		return d.finish(r, CouldNotRun, err.Error())
	}
	return earlier
}

func stopped(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "the deadline passed; what was spent is counted"
	}
	return "interrupted; what was spent is counted"
}

// exhausted says why the last attempt did not do.
func exhausted(attempts []Attempt) string {
	last := attempts[len(attempts)-1]
	if len(last.Problems) > 0 {
		return fmt.Sprintf("no output was released after %s; the last was refused: %s", plural(len(attempts), "attempt"), last.Problems[0].Text)
	}
	return fmt.Sprintf("no answer after %s; the last error: %s", plural(len(attempts), "attempt"), last.Tries[len(last.Tries)-1].Error)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// release ends a task whose output passed its verifier.
func (d *Dispatcher) release(r Result, p plan) Result {
	switch {
	case r.Task.Judges() && len(p.unread) > 0:
		return d.finish(r, Partial, fmt.Sprintf("%d of %d files were read: %s", r.FilesRead, r.FilesTotal, p.unread[0]))
	case len(r.Output.Findings) > 0:
		return d.finish(r, Findings, plural(len(r.Output.Findings), "finding"))
	default:
		return d.finish(r, Clean, "")
	}
}

// finish adds up what was spent and, where an answer was released, what the
// baseline would have cost.
func (d *Dispatcher) finish(r Result, s Status, reason string) Result {
	r.Status, r.Reason = s, reason
	r.Cost = sumAttempts(r.Attempts)
	return d.compare(r)
}
