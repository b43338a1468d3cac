package dispatch

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// claimed is what a result says, as another job would pass it on.
func claimed(r Result) Claim {
	c := Claim{Status: r.Status, Reason: r.Reason, Answer: r.Answer, OverBudget: r.OverBudget, Warnings: r.Warnings}
	for _, a := range r.Attempts {
		a.answer = nil
		c.Attempts = append(c.Attempts, a)
	}
	return c
}

// keyless takes every client away: whoever confirms calls nobody.
func keyless(d *Dispatcher) *Dispatcher {
	d.Clients, d.Budget = nil, &Budget{Limit: d.Budget.Limit, OnCritical: d.Budget.OnCritical}
	return d
}

func TestConfirmMakesAResultAgain(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name     string
		task     task.Task
		decision route.Decision
		limit    string
		answers  []answer
		status   Status
	}{
		{"a good answer", tell(), efficient(), "", []answer{good(1000, 3000)}, Clean},
		{"one tier up after a refusal", tell(), efficient(), "", []answer{bad(1000, 3000), good(1000, 3000)}, Clean},
		{"three refusals", tell(), efficient(), "", []answer{bad(1, 1), bad(1, 1), bad(1, 1)}, CouldNotRun},
		{"frontier's one more attempt", judge(), frontier(), "", []answer{bad(1, 1), good(1, 1)}, Clean},
		{"faults before an answer", tell(), efficient(), "", []answer{fault(429, time.Second), dropped(), good(1000, 3000)}, Clean},
		{"faults and no answer", judge(), route.Decision{Tier: policy.Frontier, Model: &opus}, "", []answer{fault(500, 0), fault(500, 0), fault(500, 0)}, CouldNotRun},
		{"another model of the tier", judge(), frontier(), "", []answer{fault(404, 0), good(1, 1)}, Clean},
		{"a ceiling that skips", tell(), efficient(), "0.000001", nil, Skipped},
		{"a ceiling that stops a review", judge(), frontier(), "0.000001", nil, CouldNotRun},
		{"nothing was read", judge(), route.Decision{Tier: policy.Frontier, Model: &opus, Refused: "the head moved"}, "", nil, CouldNotRun},
		{"skipped", tell(), route.Decision{Tier: policy.Efficient, Model: &haiku, Skipped: "a draft"}, "", nil, Skipped},
		{"no key", judge(), route.Decision{Tier: policy.Frontier, Unavailable: "no key", MissingKey: true}, "", nil, CouldNotRun},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d, _ := dispatcher(t, c.limit, c.answers...)
				want := d.Run(context.Background(), c.task, c.decision, oneFile())
				if want.Status != c.status {
					t.Fatalf("ran to %s, expected %s", want.Status, c.status)
				}
				got, err := keyless(d).Confirm(context.Background(), c.task, c.decision, oneFile(), claimed(want))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Attempt{}), cmpopts.IgnoreFields(Result{}, "Task")); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestConfirmRefusesWhatDoesNotFollow(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		task  task.Task
		dec   route.Decision
		forge func(c *Claim)
		text  string
	}{
		{"an answer that its verifier refuses", judge(), frontier(), func(c *Claim) { c.Answer = []byte("bad") }, "does not pass its verifier"},
		{"no answer at all", judge(), frontier(), func(c *Claim) { c.Answer = nil }, "does not pass its verifier"},
		{"a cheaper tier", judge(), frontier(), func(c *Claim) { c.Attempts[0].Model = haiku }, "claims an attempt"},
		{"another model of the tier first", judge(), frontier(), func(c *Claim) { c.Attempts[0].Model = other }, "claims an attempt"},
		{"another effort", judge(), frontier(), func(c *Claim) { c.Attempts[0].Model.Effort = "low" }, "claims an attempt"},
		{"no attempt behind clean", judge(), frontier(), func(c *Claim) { c.Attempts = nil }, "no model's answer stands behind it"},
		{"an attempt that was not released", judge(), frontier(), func(c *Claim) { c.Attempts[0].Released = false }, "no model's answer stands behind it"},
		{"no try", judge(), frontier(), func(c *Claim) { c.Attempts[0].Tries = nil }, "a call that gave none"},
		{"more tries than are made", judge(), frontier(), func(c *Claim) { c.Attempts[0].Tries = make([]Try, maxTries+1) }, "4 calls"},
		{"an answer of a call that broke", judge(), frontier(), func(c *Claim) { c.Attempts[0].Tries[0].Error = "no" }, "a call that gave none"},
		{"an answer that was cut off", judge(), frontier(), func(c *Claim) { c.Attempts[0].Finish = "length" }, "did not end"},
		{"served by a cheaper model", judge(), frontier(), func(c *Claim) { c.Attempts[0].ServedModel = haiku.Model }, "may not be released"},
		{"served by nobody knows what", judge(), frontier(), func(c *Claim) { c.Attempts[0].ServedModel = "zebra" }, "may not be released"},
		{"attempts after the answer", tell(), efficient(), func(c *Claim) { c.Attempts = append(c.Attempts, c.Attempts[0]) }, "claims"},
		{"released and refused", judge(), frontier(), func(c *Claim) { c.Attempts[0].Problems = []task.Problem{{ID: "x"}} }, "refused"},
		{"skipped by no ceiling", tell(), efficient(), func(c *Claim) { c.Attempts, c.Status = nil, Skipped }, "claims to be skipped"},
		{"a review skipped by a ceiling", judge(), frontier(), func(c *Claim) { c.Attempts, c.Status, c.OverBudget = nil, Skipped, true }, "claims to be skipped"},
		{"partial without an answer", judge(), frontier(), func(c *Claim) { c.Attempts, c.Status = nil, Partial }, "claims to be partial"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, _ := dispatcher(t, "", good(1, 1))
			claim := claimed(d.Run(context.Background(), c.task, c.dec, oneFile()))
			c.forge(&claim)
			r, err := keyless(d).Confirm(context.Background(), c.task, c.dec, oneFile(), claim)
			if err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("status %q, error %v; want one with %q", r.Status, err, c.text)
			}
		})
	}
}

// Prices are never taken from a claim where an answer came: they follow from
// the usage.
func TestConfirmPricesTheUsageAgain(t *testing.T) {
	t.Parallel()
	d, _ := dispatcher(t, "", good(1000, 3000))
	want := d.Run(context.Background(), tell(), efficient(), oneFile())
	claim := claimed(want)
	claim.Attempts[0].Cost, claim.Attempts[0].Tries[0].Cost = priced(1), priced(1)
	got, err := keyless(d).Confirm(context.Background(), tell(), efficient(), oneFile(), claim)
	if err != nil || got.Cost != want.Cost || got.Saved != want.Saved {
		t.Errorf("cost %v, saved %v, error %v; want %v and %v", got.Cost, got.Saved, err, want.Cost, want.Saved)
	}
}

// A task on a log that is not here is shown as a stranger's text, and only
// where it gates nothing.
func TestConfirmWithoutTheLog(t *testing.T) {
	t.Parallel()
	onLog := tell()
	onLog.NeedsLog = true
	onLog.Local = func(task.Input) (task.Output, error) { return task.Output{Markdown: "of the log"}, nil }
	d, _ := dispatcher(t, "", good(1, 1))
	claim := claimed(d.Run(context.Background(), onLog, efficient(), oneFile()))
	claim.Text = "words of a stranger"
	local := route.Decision{Tier: policy.Efficient, LocalForWantOfKey: true}
	for _, dec := range []route.Decision{efficient(), local} {
		if dec.Model == nil {
			claim.Attempts, claim.Answer = nil, nil
		}
		r, err := keyless(d).Confirm(context.Background(), onLog, dec, oneFile(), claim)
		if err != nil || r.Output.Markdown != claim.Text || r.Output.Escaped || len(r.Warnings) != 1 {
			t.Errorf("%+v, %v, error %v", r.Output, r.Warnings, err)
		}
	}
	onLog.CriticalPath = true
	if _, err := d.Confirm(context.Background(), onLog, frontier(), oneFile(), claim); err == nil {
		t.Error("a gate was passed unseen")
	}
	in := oneFile()
	in.Log = []byte("a log")
	r, err := d.Confirm(context.Background(), tellLocal(onLog), local, in, claim)
	if err != nil || r.Output.Markdown != "of the log" || !r.Output.Escaped {
		t.Errorf("with its log it is made again: %+v, %v", r.Output, err)
	}
}

func tellLocal(t task.Task) task.Task {
	t.CriticalPath = false
	return t
}
