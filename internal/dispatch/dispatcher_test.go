package dispatch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/provider"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

var (
	haiku = policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: "claude-haiku-4-5", MaxOutputTokens: 1000}
	sonne = policy.Model{Tier: policy.Mid, Provider: "anthropic", Model: "claude-sonnet-4-6", MaxOutputTokens: 1000}
	opus  = policy.Model{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-4-8", MaxOutputTokens: 1000}
	other = policy.Model{Tier: policy.Frontier, Provider: "openai", Model: "gpt-5.5", MaxOutputTokens: 1000}
)

// answer is what a scripted client says to one call.
type answer struct {
	text   string
	usage  money.Usage
	finish provider.Finish
	served string
	err    error

	impossible bool
}

// script answers call by call and keeps what it was asked.
type script struct {
	answers []answer
	asked   []provider.Request
}

func (s *script) Complete(_ context.Context, req provider.Request) (provider.Response, error) {
	s.asked = append(s.asked, req)
	if len(s.asked) > len(s.answers) {
		return provider.Response{}, fmt.Errorf("call %d was not expected", len(s.asked))
	}
	a := s.answers[len(s.asked)-1]
	if a.finish == "" {
		a.finish = provider.FinishStop
	}
	return provider.Response{Text: a.text, Usage: a.usage, Finish: a.finish, Model: a.served, ImpossibleUsage: a.impossible}, a.err
}

func used(in, out int64) money.Usage {
	return money.Usage{Known: true, InputTokens: in, OutputTokens: out}
}

func good(in, out int64) answer { return answer{text: "good", usage: used(in, out)} }
func bad(in, out int64) answer  { return answer{text: "bad", usage: used(in, out)} }

func fault(status int, after time.Duration) answer {
	return answer{err: &provider.Error{Provider: "anthropic", Status: status, Retryable: status >= 429, RetryAfter: after, Message: "no", Sent: true}}
}

func dropped() answer {
	return answer{err: &provider.Error{Provider: "anthropic", Retryable: true, Message: "connection dropped", Sent: true}}
}

// tell accepts the answer "good" and refuses every other.
func tell() task.Task {
	return task.Task{
		ID: "changelog", Kind: task.Tells, NeedsChange: true, Instructions: "Write the entry.",
		Verify: func(_ task.Input, a []byte) (task.Output, []task.Problem) {
			if string(a) != "good" {
				return task.Output{}, []task.Problem{{ID: "not-good", Text: "the answer is not good"}}
			}
			return task.Output{Markdown: "good"}, nil
		},
	}
}

func judge() task.Task {
	t := tell()
	t.ID, t.Kind, t.CriticalPath = "code-review", task.Judges, true
	return t
}

func oneFile() task.Input {
	return task.Input{Title: "Add a", Change: change.Change{Files: []change.File{textFile("a.go", "package a")}}}
}

func textFile(path string, lines ...string) change.File {
	h := change.Hunk{NewStart: 1, NewLines: len(lines)}
	for i, l := range lines {
		h.Lines = append(h.Lines, change.Line{Op: change.Add, Text: l, NewLine: i + 1})
	}
	return change.File{Path: path, Status: change.Added, Hunks: []change.Hunk{h}, Additions: len(lines)}
}

func dispatcher(t *testing.T, limit string, answers ...answer) (*Dispatcher, *script) {
	t.Helper()
	list, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	s := &script{answers: answers}
	file := &policy.File{Pool: []policy.Model{opus, other, sonne, haiku}, Escalation: policy.Escalation{MaxAttempts: 3}, Handoff: policy.Handoff{MaxTokens: 2000}, Budget: policy.Budget{OnCritical: "fail", OnAuxiliary: "skip"}}
	budget := &Budget{OnCritical: "fail"}
	if limit != "" {
		n, err := money.ParseNano(limit)
		if err != nil {
			t.Fatal(err)
		}
		budget.Limit = &n
	}
	return &Dispatcher{
		Clients: map[string]Completer{"anthropic": s, "openai": s}, Catalogue: list, Baseline: opus, Pool: file, Budget: budget,
		Random: rand.NewChaCha8([32]byte{1}), RetryBase: time.Second,
		Now: func() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) },
	}, s
}

func efficient() route.Decision {
	return route.Decision{TaskID: "changelog", Tier: policy.Efficient, Model: &haiku, Fallbacks: []policy.Model{sonne, opus}}
}

func frontier() route.Decision {
	return route.Decision{TaskID: "code-review", Tier: policy.Frontier, Locked: true, Model: &opus, Fallbacks: []policy.Model{other}}
}

func TestRun(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name     string
		task     task.Task
		decision route.Decision
		limit    string
		answers  []answer
		status   Status
		tier     policy.Tier
		calls    int
		attempts int
		cost     money.Cost
		saved    money.Cost
		reason   string
	}{
		{
			name: "a good answer is released at the decided tier and saves against the baseline",
			task: tell(), decision: efficient(), answers: []answer{good(1000, 3000)},
			status: Clean, tier: policy.Efficient, calls: 1, attempts: 1, cost: priced(16_000_000), saved: priced(64_000_000),
		},
		{
			name: "a refused answer goes a tier up and both attempts are paid",
			task: tell(), decision: efficient(), answers: []answer{bad(1000, 3000), good(1000, 3000)},
			status: Clean, tier: policy.Mid, calls: 2, attempts: 2, cost: priced(16_000_000 + 48_000_000), saved: priced(80_000_000 - 64_000_000),
		},
		{
			name: "a saving may be negative",
			task: tell(), decision: efficient(), answers: []answer{bad(1000, 3000), bad(1000, 3000), good(1000, 3000)},
			status: Clean, tier: policy.Frontier, calls: 3, attempts: 3, cost: priced(16_000_000 + 48_000_000 + 80_000_000), saved: priced(80_000_000 - 144_000_000),
		},
		{
			name: "three refused answers are no output",
			task: tell(), decision: efficient(), answers: []answer{bad(1, 1), bad(1, 1), bad(1, 1)},
			status: CouldNotRun, tier: policy.Efficient, calls: 3, attempts: 3, cost: priced(6_000 + 18_000 + 30_000), saved: priced(-54_000), reason: "not good",
		},
		{
			name: "frontier gets one more attempt after its verifier refused",
			task: judge(), decision: frontier(), answers: []answer{bad(1, 1), good(1, 1)},
			status: Clean, tier: policy.Frontier, calls: 2, attempts: 2, cost: priced(60_000), saved: priced(-30_000),
		},
		{
			name: "frontier gets one more attempt and no third",
			task: judge(), decision: frontier(), answers: []answer{bad(1, 1), bad(1, 1)},
			status: CouldNotRun, tier: policy.Frontier, calls: 2, attempts: 2, cost: priced(60_000), saved: priced(-60_000), reason: "not good",
		},
		{
			name: "a 429 is tried again after its Retry-After and costs nothing",
			task: tell(), decision: efficient(), answers: []answer{fault(429, 30*time.Second), fault(503, 0), good(1000, 3000)},
			status: Clean, tier: policy.Efficient, calls: 3, attempts: 1, cost: priced(16_000_000), saved: priced(64_000_000),
		},
		{
			name: "a Retry-After over a minute is not waited for: another model of the tier is next",
			task: judge(), decision: frontier(), answers: []answer{fault(429, 61*time.Second), good(1, 1)},
			status: Clean, tier: policy.Frontier, calls: 2, attempts: 2, cost: priced(35_000), saved: priced(-5_000),
		},
		{
			name: "a fault that will not pass is not tried again",
			task: judge(), decision: route.Decision{Tier: policy.Frontier, Model: &opus}, answers: []answer{fault(401, 0)},
			status: CouldNotRun, tier: policy.Frontier, calls: 1, attempts: 1, cost: priced(0), reason: "HTTP 401",
		},
		{
			name: "three faults end the attempt",
			task: judge(), decision: route.Decision{Tier: policy.Frontier, Model: &opus}, answers: []answer{fault(500, 0), fault(500, 0), fault(500, 0)},
			status: CouldNotRun, tier: policy.Frontier, calls: 3, attempts: 1, cost: priced(0), reason: "HTTP 500",
		},
		{
			name: "a dropped connection may have been billed: the cost is unknown",
			task: tell(), decision: efficient(), answers: []answer{dropped(), good(1000, 3000)},
			status: Clean, tier: policy.Efficient, calls: 2, attempts: 1, cost: money.Cost{State: money.Unknown},
		},
		{
			name: "usage that was not reported is unknown and the result stands",
			task: tell(), decision: efficient(), answers: []answer{{text: "good"}},
			status: Clean, tier: policy.Efficient, calls: 1, attempts: 1, cost: money.Cost{State: money.Unknown},
		},
		{
			name: "an answer cut at its bound is a failed attempt",
			task: tell(), decision: efficient(), answers: []answer{{text: "good", usage: used(1, 1), finish: provider.FinishLength}, good(1, 1)},
			status: Clean, tier: policy.Mid, calls: 2, attempts: 2, cost: priced(6_000 + 18_000), saved: priced(30_000 - 24_000),
		},
		{
			name: "a refusal by the model is a failed attempt",
			task: judge(), decision: route.Decision{Tier: policy.Frontier, Model: &opus}, answers: []answer{{text: "", usage: used(1, 1), finish: provider.FinishRefusal}, {text: "", usage: used(1, 1), finish: provider.FinishRefusal}},
			status: CouldNotRun, tier: policy.Frontier, calls: 2, attempts: 2, cost: priced(60_000), saved: priced(-60_000), reason: "refused",
		},
		{
			name: "a provider that counts fewer than no tokens is not relied on",
			task: judge(), decision: route.Decision{Tier: policy.Frontier, Model: &opus}, answers: []answer{{text: "good", impossible: true}, {text: "good", impossible: true}},
			status: CouldNotRun, tier: policy.Frontier, calls: 2, attempts: 2, cost: money.Cost{State: money.Unknown}, reason: "fewer than no tokens",
		},
		{
			name: "a gateway's timeout may have been billed",
			task: tell(), decision: efficient(), answers: []answer{fault(504, 0), good(1000, 3000)},
			status: Clean, tier: policy.Efficient, calls: 2, attempts: 1, cost: money.Cost{State: money.Unknown},
		},
		{
			name: "frontier's one more attempt goes to the model that answered",
			task: judge(), decision: frontier(), answers: []answer{fault(404, 0), {text: "bad", usage: used(1, 1)}, good(1, 1)},
			status: Clean, tier: policy.Frontier, calls: 3, attempts: 3, cost: priced(70_000), saved: priced(30_000 - 70_000),
		},
		{
			name: "a change that was not read is not run, whatever the key",
			task: judge(), decision: route.Decision{Tier: policy.Frontier, Locked: true, Model: &opus, Refused: "the head moved"},
			status: CouldNotRun, tier: policy.Frontier, cost: priced(0), reason: "the head moved",
		},
		{
			name: "an answer served by a cheaper model of the pool does not count",
			task: judge(), decision: route.Decision{Tier: policy.Frontier, Model: &opus}, answers: []answer{{text: "good", usage: used(1, 1), served: "claude-haiku-4-5"}, good(1, 1)},
			status: Clean, tier: policy.Frontier, calls: 2, attempts: 2, cost: priced(6_000 + 30_000), saved: priced(-6_000),
		},
		{
			name: "a review served by a model that the pool does not hold does not count",
			task: judge(), decision: route.Decision{Tier: policy.Frontier, Model: &opus}, answers: []answer{{text: "good", usage: used(1, 1), served: "claude-sonnet-5"}, good(1, 1)},
			status: Clean, tier: policy.Frontier, calls: 2, attempts: 2, cost: priced(12_000 + 30_000), saved: priced(-12_000),
		},
		{
			name: "what only tells may be served by another model, at that model's price",
			task: tell(), decision: efficient(), answers: []answer{{text: "good", usage: used(1, 1), served: "claude-sonnet-5"}},
			status: Clean, tier: policy.Efficient, calls: 1, attempts: 1, cost: priced(12_000), saved: priced(18_000),
		},
		{
			name: "a dated id of the model that was asked is that model",
			task: judge(), decision: frontier(), answers: []answer{{text: "good", usage: used(1, 1), served: "claude-opus-4-8-20260528"}},
			status: Clean, tier: policy.Frontier, calls: 1, attempts: 1, cost: priced(30_000), saved: priced(0),
		},
		{
			name: "over the ceiling an auxiliary task is skipped before the call",
			task: tell(), decision: efficient(), limit: "0.000001", status: Skipped, tier: policy.Efficient, cost: priced(0), reason: "budget.run_usd",
		},
		{
			name: "over the ceiling a critical task could not run",
			task: judge(), decision: frontier(), limit: "0.000001", status: CouldNotRun, tier: policy.Frontier, cost: priced(0), reason: "budget.run_usd",
		},
		{
			name: "a skipped decision calls nobody", task: tell(), decision: route.Decision{Tier: policy.Efficient, Model: &haiku, Skipped: "draft"},
			status: Skipped, tier: policy.Efficient, cost: priced(0), reason: "draft",
		},
		{
			name: "nothing available is could-not-run", task: judge(), decision: route.Decision{Tier: policy.Frontier, Locked: true, Unavailable: "no key"},
			status: CouldNotRun, tier: policy.Frontier, cost: priced(0), reason: "no key",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d, s := dispatcher(t, c.limit, c.answers...)
				r := d.Run(context.Background(), c.task, c.decision, oneFile())
				if r.Status != c.status || r.Tier != c.tier || len(s.asked) != c.calls || len(r.Attempts) != c.attempts {
					t.Errorf("status %s, tier %s, %d calls, %d attempts (%s); want %s, %s, %d, %d", r.Status, r.Tier, len(s.asked), len(r.Attempts), r.Reason, c.status, c.tier, c.calls, c.attempts)
				}
				if r.Cost.State != c.cost.State || r.Cost.Nano != c.cost.Nano {
					t.Errorf("cost %+v, want %+v", r.Cost, c.cost)
				}
				if r.Saved.State != c.saved.State || r.Saved.Nano != c.saved.Nano {
					t.Errorf("saved %+v, want %+v", r.Saved, c.saved)
				}
				if !strings.Contains(r.Reason, c.reason) {
					t.Errorf("reason %q, want %q in it", r.Reason, c.reason)
				}
			})
		})
	}
}

func priced(n money.Nano) money.Cost { return money.Cost{State: money.Priced, Nano: n} }

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, _ := dispatcher(t, "", fault(429, 42*time.Second), good(1, 1))
		start := time.Now()
		d.Run(context.Background(), tell(), efficient(), oneFile())
		if waited := time.Since(start); waited < 42*time.Second || waited > 60*time.Second {
			t.Errorf("waited %s, want 42 s or a little more", waited)
		}
	})
}

func TestAnInterruptedTaskSaysSoAndKeepsWhatItSpent(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	d, s := dispatcher(t, "", bad(1000, 3000))
	d.Clients["anthropic"] = completerFunc(func(c context.Context, r provider.Request) (provider.Response, error) {
		defer cancel()
		return s.Complete(c, r)
	})
	r := d.Run(ctx, tell(), efficient(), oneFile())
	if r.Status != CouldNotRun || !strings.Contains(r.Reason, "interrupted") || r.Cost.Nano != 16_000_000 {
		t.Errorf("status %s, reason %q, cost %+v", r.Status, r.Reason, r.Cost)
	}
}

type completerFunc func(context.Context, provider.Request) (provider.Response, error)

func (f completerFunc) Complete(ctx context.Context, r provider.Request) (provider.Response, error) {
	return f(ctx, r)
}

func TestAMovedHeadStopsBeforeTheCall(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1))
	d.Fresh = func(context.Context) error { return errors.New("the head moved") }
	r := d.Run(context.Background(), judge(), frontier(), oneFile())
	if r.Status != CouldNotRun || len(s.asked) != 0 {
		t.Errorf("status %s after %d calls", r.Status, len(s.asked))
	}
}

func TestTheBudgetIsSharedByTheTasksOfAStep(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "0.03", good(1000, 3000), good(1000, 3000))
	first := d.Run(context.Background(), tell(), efficient(), oneFile())
	second := d.Run(context.Background(), tell(), efficient(), oneFile())
	third := d.Run(context.Background(), tell(), efficient(), oneFile())
	if first.Status != Clean || second.Status != Clean || third.Status != Skipped || len(s.asked) != 2 {
		t.Errorf("%s, %s, %s after %d calls: the third has no room left", first.Status, second.Status, third.Status, len(s.asked))
	}
}

func TestUnknownUsageCountsItsUpperBoundAgainstTheBudget(t *testing.T) {
	t.Parallel()
	d, _ := dispatcher(t, "", answer{text: "good"})
	r := d.Run(context.Background(), tell(), efficient(), oneFile())
	spent, blind := d.Budget.Spent()
	if blind != 0 || spent != r.Attempts[0].UpperBound.Nano || spent == 0 {
		t.Errorf("spent %d, blind %d, want the upper bound %d", spent, blind, r.Attempts[0].UpperBound.Nano)
	}
}

func TestAModelWithoutAPriceCannotBeHeldUnderACeiling(t *testing.T) {
	t.Parallel()
	llama := policy.Model{Tier: policy.Efficient, Provider: "openai", Model: "llama3", MaxOutputTokens: 10}
	d, s := dispatcher(t, "2", good(1, 1))
	r := d.Run(context.Background(), tell(), route.Decision{Tier: policy.Efficient, Model: &llama}, oneFile())
	if r.Status != Skipped || len(s.asked) != 0 || !strings.Contains(r.Reason, "prices:") {
		t.Errorf("status %s, %d calls, %q", r.Status, len(s.asked), r.Reason)
	}
}

func TestNoEntropyIsAnError(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1))
	d.Random = bytes.NewReader(nil)
	if r := d.Run(context.Background(), judge(), frontier(), oneFile()); r.Status != CouldNotRun || len(s.asked) != 0 {
		t.Errorf("status %s after %d calls", r.Status, len(s.asked))
	}
}
