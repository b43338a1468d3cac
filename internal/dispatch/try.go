package dispatch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sethvargo/go-retry"

	"github.com/tierwise/tierwise/internal/ask"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

const (
	maxTries      = 3
	maxRetryAfter = 60 * time.Second
)

// prompt is one composed request, with the most that it can be in tokens, the
// schema of the answer included.
type prompt struct {
	system, text string
	// shared is how many bytes of the text another request of the step begins
	// with, too; 0 for none. The schema then stands in the text. inner is a
	// shorter such beginning, which still others have; 0 for none.
	shared, inner int
	most          int64
	// merge makes the whole answer of one that is about a part; nil for an
	// answer that is whole.
	merge func(fresh []byte) ([]byte, error)
}

// whole gives the answer to verify.
func (p prompt) whole(text string) ([]byte, error) {
	if p.merge == nil {
		return []byte(text), nil
	}
	return p.merge([]byte(text))
}

// attempt calls one model, at most maxTries times, and verifies its answer.
func (d *Dispatcher) attempt(ctx context.Context, r Result, m policy.Model, p prompt, in task.Input) (Attempt, task.Output) {
	a := Attempt{Model: m, UpperBound: d.upperBound(m, p)}
	resp, err := d.call(ctx, r, m, p, &a)
	a.Cost = sumTries(a.Tries)
	if err != nil {
		return a, task.Output{}
	}
	a.ServedModel, a.Finish, a.Usage = resp.Model, string(resp.Finish), resp.Usage
	if problem := d.unusable(r, m, resp); problem != nil {
		a.Problems, a.said = []task.Problem{*problem}, d.said(resp.Text)
		return a, task.Output{}
	}
	answer, err := p.whole(resp.Text)
	if err != nil {
		a.Problems = d.showable([]task.Problem{{ID: "broken-form", Text: err.Error()}})
		return a, task.Output{}
	}
	out, problems := r.Task.Verify(in, answer)
	a.Problems, a.Released = d.showable(problems), len(problems) == 0
	if a.Released {
		a.answer = answer
	} else {
		a.said = d.said(resp.Text)
	}
	return a, out
}

// call makes the tries. Each one is recorded and counted against the budget,
// whatever came of it.
func (d *Dispatcher) call(ctx context.Context, r Result, m policy.Model, p prompt, a *Attempt) (ask.Response, error) {
	client := d.Clients[m.Provider]
	if client == nil {
		a.Tries = append(a.Tries, Try{Error: "no client for provider " + m.Provider, Cost: money.Cost{State: money.Priced}})
		return ask.Response{}, errors.New("no client")
	}
	req := ask.Request{Model: m.Model, System: p.system, Prompt: p.text, Schema: r.Task.Schema, Effort: m.Effort, MaxOutputTokens: m.MaxOutputTokens}
	if p.shared > 0 {
		req.Schema, req.SharedPrefix, req.InnerPrefix = nil, p.shared, p.inner
	}
	var resp ask.Response
	backoff := &politeBackoff{next: retry.WithJitterPercent(20, retry.NewExponential(d.RetryBase)), left: maxTries - 1}
	err := retry.Do(ctx, backoff, func(ctx context.Context) error {
		if len(a.Tries) > 0 && (!d.Budget.permits(a.UpperBound, r.Task.CriticalPath) || !r.within(a.UpperBound, a.Tries)) {
			return errors.New("the ceiling leaves nothing for another try")
		}
		var err error
		resp, err = client.Complete(ctx, req)
		try := d.record(m, resp, err)
		wait := backoff.classify(err)
		if backoff.after > maxRetryAfter {
			try.Error += fmt.Sprintf("; Retry-After %s is over the %s that are waited for", backoff.after, maxRetryAfter)
		}
		a.Tries = append(a.Tries, try)
		d.Budget.spend(try.Cost, a.UpperBound)
		return wait
	})
	return resp, err
}

// record turns what came of one call into a counted try.
func (d *Dispatcher) record(m policy.Model, resp ask.Response, err error) Try {
	if err == nil {
		return Try{Usage: resp.Usage, Served: resp.Served, Cost: d.price(m, resp.Model, resp.Usage, resp.Served)}
	}
	try := Try{Error: err.Error(), Cost: money.Cost{State: money.Unknown, Note: "the call was sent and its usage was not reported"}}
	var fault *ask.Error
	if !errors.As(err, &fault) {
		return try
	}
	switch {
	case fault.Usage.Known:
		try.Usage, try.Served = fault.Usage, fault.Served
		try.Cost = d.price(m, "", fault.Usage, fault.Served)
	case !fault.Sent, refusedUnserved(fault.Status):
		try.Usage = money.Usage{Known: true}
		try.Cost = money.Cost{State: money.Priced, Note: "not billed"}
	}
	return try
}

// refusedUnserved says that a status means the vendor did no work: it bills
// answers, not refusals to answer. A gateway's timeout (408, 502, 504) does
// not say that: the work may go on behind it and be billed.
func refusedUnserved(status int) bool {
	switch status {
	case 408:
		return false
	case 500, 503, 529:
		return true
	default:
		return status >= 400 && status < 500
	}
}

// politeBackoff waits exponentially, or as long as the vendor asked. A wait
// over maxRetryAfter is not waited for: the tries end there.
type politeBackoff struct {
	next  retry.Backoff
	after time.Duration
	left  int
}

// Next gives the wait before the next try, and whether there is none.
func (b *politeBackoff) Next() (time.Duration, bool) {
	if b.left == 0 || b.after > maxRetryAfter {
		return 0, true
	}
	b.left--
	wait, stop := b.next.Next()
	return max(wait, b.after), stop
}

func (b *politeBackoff) classify(err error) error {
	b.after = 0
	var fault *ask.Error
	if err == nil || !errors.As(err, &fault) || !fault.Retryable {
		return err
	}
	b.after = fault.RetryAfter
	return retry.RetryableError(err)
}

// unusable names an answer that must not even be read: cut off, refused, or
// served by a model that the policy holds to be cheaper than the tier.
func (d *Dispatcher) unusable(r Result, m policy.Model, resp ask.Response) *task.Problem {
	if resp.ImpossibleUsage {
		return &task.Problem{ID: "impossible-usage", Text: "the provider counted fewer than no tokens: such an answer is not relied on"}
	}
	switch resp.Finish {
	case ask.FinishLength:
		return &task.Problem{ID: "cut-off", Text: fmt.Sprintf("the answer reached its bound of %d output tokens before it ended", m.MaxOutputTokens)}
	case ask.FinishRefusal:
		return &task.Problem{ID: "refused", Text: "the model refused the work"}
	case ask.FinishOther:
		return &task.Problem{ID: "unfinished", Text: "the model stopped for a reason that is not an end"}
	}
	tier, known := d.servedTier(m, resp.Model)
	if !known && r.Task.Judges() && resp.Model != "" && !money.SameModel(m.Model, resp.Model) {
		return &task.Problem{ID: "served-by-unknown", Text: fmt.Sprintf("asked for %s, and a model answered that is not in the pool; if it is meant, add it there", m.ID())}
	}
	if known && tier < m.Tier {
		return &task.Problem{ID: "served-by-cheaper", Text: fmt.Sprintf("asked for %s, and a model of tier %s answered", m.ID(), tier)}
	}
	return nil
}

// servedTier gives the tier of a serving model that the policy's pool knows
// and that is not the one asked.
func (d *Dispatcher) servedTier(asked policy.Model, served string) (policy.Tier, bool) {
	if served == "" || money.SameModel(asked.Model, served) {
		return 0, false
	}
	for _, m := range d.Pool.Pool {
		if m.Provider == asked.Provider && money.SameModel(m.Model, served) {
			return m.Tier, true
		}
	}
	return 0, false
}

// showable takes secrets and hidden characters out of what a verifier says:
// it read the whole input, and its words go to the next model and to the
// summary.
func (d *Dispatcher) showable(problems []task.Problem) []task.Problem {
	shown := make([]task.Problem, len(problems))
	for i, p := range problems {
		text, _ := sanitize.StripInvisible(p.Text)
		shown[i] = task.Problem{ID: p.ID, Text: d.withoutSecrets(text)}
	}
	return shown
}

func (d *Dispatcher) withoutSecrets(text string) string {
	if d.Scanner == nil {
		return text
	}
	clean, _ := d.Scanner.Redact("", text)
	return clean
}
