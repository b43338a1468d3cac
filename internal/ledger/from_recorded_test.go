package ledger

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

func recordedResult() dispatch.Result {
	priced := func(n money.Nano) money.Cost { return money.Cost{State: money.Priced, Nano: n} }
	attempt := func(model string, tier policy.Tier, n money.Nano) dispatch.Attempt {
		u := money.Usage{Known: true, InputTokens: 10, OutputTokens: 2}
		return dispatch.Attempt{Model: policy.Model{Provider: "anthropic", Model: model, Tier: tier}, Usage: u, Cost: priced(n), Tries: []dispatch.Try{{Usage: u, Cost: priced(n)}}}
	}
	return dispatch.Result{
		Task: task.Task{ID: "code-review"}, Status: dispatch.RecordedOnly, Decision: route.Decision{Tier: policy.Mid}, Tier: policy.Frontier,
		Attempts: []dispatch.Attempt{attempt("small", policy.Efficient, 5), attempt("large", policy.Frontier, 70)},
		Cost:     priced(75), Baseline: priced(90), Saved: money.Cost{State: money.Unknown},
		Recorded: &dispatch.Recorded{Agent: "claude-code\x1b[31m", Would: priced(40)},
	}
}

func recordedMeta() Meta {
	return Meta{Repository: "acme/widgets", RunID: "1", RunAttempt: 1, Job: "j", Started: "2026-11-25T10:00:00Z", Finished: "2026-11-25T10:00:01Z"}
}

func TestWhatAnotherProgramDidComesBackAsItWas(t *testing.T) {
	rec := FromRecorded(recordedMeta(), recordedResult())
	var text bytes.Buffer
	if err := Encode(&text, []Record{rec}); err != nil {
		t.Fatal(err)
	}
	back, err := Decode(&text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Record{rec}, back); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rec.Agent != "claude-code[31m" || !rec.Observed || rec.Would != "0.00000004" || rec.TierDecided != "mid" || rec.Saved != AmountUnknown || rec.Status != "recorded" {
		t.Errorf("record %+v", rec)
	}
}

func TestModelsOfAnotherProgramAreNoEscalation(t *testing.T) {
	if f := FromRecorded(recordedMeta(), recordedResult()).Fact(); f.First != (Step{}) || f.Next != (Step{}) || f.Would.Nano != 40 {
		t.Errorf("fact %+v", f)
	}
}

func TestWhatAnotherProgramSpentClosesNoGate(t *testing.T) {
	scope := Scope{Repository: "acme/widgets", Now: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)}
	ours := recordedResult()
	ours.Status, ours.Recorded = dispatch.Clean, nil
	var h Holdings
	h.Add(FromRecorded(recordedMeta(), recordedResult()), scope)
	if h != (Holdings{}) {
		t.Errorf("recorded: %+v", h)
	}
	h.Add(FromResult(recordedMeta(), ours), scope)
	if h.Day.Spent != 75 {
		t.Errorf("ours: %+v", h)
	}
}

func TestWhatWasBilledWithoutAResultHasTheNameOfItsModel(t *testing.T) {
	r := recordedResult()
	r.Status, r.Recorded, r.Tier = dispatch.CouldNotRun, nil, 0
	if rec := FromResult(recordedMeta(), r); rec.Provider != "anthropic" || rec.ModelAsked != "large" || rec.ModelServed != "" || rec.TierUsed != "" {
		t.Errorf("billed: %q %q %q %q", rec.Provider, rec.ModelAsked, rec.ModelServed, rec.TierUsed)
	}
	r.Attempts[1].Tries = nil
	if rec := FromResult(recordedMeta(), r); rec.ModelAsked != "small" {
		t.Errorf("the last made no try: %q", rec.ModelAsked)
	}
	r.Model = policy.Model{Provider: "openai", Model: "chosen"}
	if rec := FromResult(recordedMeta(), r); rec.Provider != "openai" || rec.ModelAsked != "chosen" {
		t.Errorf("with a model: %q %q", rec.Provider, rec.ModelAsked)
	}
	r.Model, r.Attempts = policy.Model{}, nil
	if rec := FromResult(recordedMeta(), r); rec.Provider != "" || rec.ModelAsked != "" {
		t.Errorf("nothing was called: %q %q", rec.Provider, rec.ModelAsked)
	}
}
