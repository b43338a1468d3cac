package report

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// handedOver is an escalated session with the document that it passes on.
func handedOver() Session {
	s := session(escalatedResult())
	h := dispatch.Handoff(task.Handoff{Repository: "acme/widgets", Files: []string{"parse/date.go"}}, s.Results, func(text string) string { return text })
	h.Refused[0].ModelText = "- nowhere.go is gone"
	h, err := h.Sealed(2000, dispatch.EstimateTokens)
	if err != nil {
		panic(err)
	}
	s.Handoff = Handoff{Given: "read back whole, 120 of 2000 tokens", Document: &h, Tokens: h.Tokens(dispatch.EstimateTokens), Bound: 2000, File: ".tierwise/handoff-0123.json"}
	s.BreakEven = []ledger.BreakEven{dear()}
	return s
}

func dear() ledger.BreakEven {
	return ledger.BreakEven{
		Task: "changelog", From: policy.Efficient, To: policy.Mid, Records: 20, Escalated: 16, LeftOut: 2,
		CostFrom: 2_000_000, CostTo: 4_000_000, Share: 0.8, Low: 0.584, High: 0.919, Bound: 0.5,
	}
}

// hostileHandoff is by strangers and by a model that obeys them.
func hostileHandoff() Handoff {
	h := task.Handoff{
		Task: poison, Tier: poison, Model: poison, Files: []string{poison}, Questions: []string{poison}, Digest: poison,
		Facts:     task.HandoffFacts{Signals: []task.HandoffSignal{{ID: poison, File: poison, Line: 1}}},
		Decisions: []task.HandoffDecision{{Task: poison, Rule: poison, Tier: poison, Text: poison}},
		Refused:   []task.HandoffRefusal{{Task: poison, Tier: poison, Model: poison, Problems: []task.HandoffProblem{{ID: poison, Text: poison}}, ModelText: poison}},
		Results:   []task.HandoffResult{{Task: poison, Status: poison, Tier: poison, Model: poison, ModelText: poison}},
		Cut:       []task.HandoffCut{{Part: poison, Items: 3}},
	}
	h, err := h.Sealed(100_000, dispatch.EstimateTokens)
	if err != nil {
		panic(err)
	}
	return Handoff{Given: poison, Trouble: poison, Document: &h, File: poison, Tokens: 1, Bound: 2}
}

func TestAHandoffIsShownWithItsSizeAndWhoseWordsAreWhose(t *testing.T) {
	t.Parallel()
	page := summary(t, handedOver())
	for _, want := range []string{
		"<summary>Handoff</summary>", "Given to this step: read back whole, 120 of 2000 tokens.", "Passed on: ", " of 2,000 tokens, in `.tierwise/handoff-0123.json`, digest `",
		"refused, changelog on efficient by claude-haiku-4-5: invented-commit", "claude-haiku-4-5 wrote for changelog and was refused: 20 characters of it stand in the document alone",
		"claude-opus-4-8 wrote for changelog: Output of changelog.",
	} {
		if !strings.Contains(strings.ReplaceAll(page, `\`, ""), want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(page, "nowhere.go is gone") {
		t.Error("a refused answer is shown to readers")
	}
	if page := summary(t, session(localResult("changelog"))); strings.Contains(page, "<summary>Handoff</summary>") {
		t.Error("a session that called no model and was given nothing has nothing to show")
	}
	refused := session(localResult("changelog"))
	refused.Handoff.Given = "refused, and nothing of it was used: read handoff: its digest is not that of its content"
	if page := summary(t, refused); !strings.Contains(page, "Given to this step: refused") {
		t.Error("a refused document is not told")
	}
}

func TestEscalatingTooOftenIsToldWithItsNumbers(t *testing.T) {
	t.Parallel()
	const want = "Starting higher would have been cheaper: changelog went up from efficient to mid in 16 of 20 records (80 %; 95 % interval 58 % to 92 %); " +
		"break-even is 50 % = 1 − $0.0020 ÷ $0.0040; 2 records left out, for want of a cost or a comparison."
	s := session(localResult("changelog"))
	s.BreakEven = []ledger.BreakEven{dear()}
	if page := summary(t, s); !strings.Contains(page, want) {
		t.Errorf("no %q in\n%s", want, page)
	}
	s.BreakEven[0].Model = "claude-haiku-4-5"
	if page := summary(t, s); !strings.Contains(page, "; all began with claude-haiku-4-5; 2 records left out") {
		t.Errorf("the model is not named in\n%s", page)
	}
	few, cheap := dear(), dear()
	few.Records, few.Escalated = 9, 9
	cheap.Low = 0.4
	s.BreakEven = []ledger.BreakEven{few, cheap}
	if page := summary(t, s); strings.Contains(page, "Starting higher") {
		t.Error("too few records, or an interval that reaches below the break-even, and it is told all the same")
	}
}

func TestAttemptsHaveABlockOfTheirOwnWhereThereIsMoreThanOne(t *testing.T) {
	t.Parallel()
	tried := answered("docs", haiku, 1000, 3000, 16_000_000, 80_000_000)
	tried.Attempts[0].Tries = append([]dispatch.Try{{Error: "overloaded", Cost: usd(0)}}, tried.Attempts[0].Tries...)
	for name, row := range map[string]struct {
		session Session
		block   bool
	}{
		"two attempts": {session(escalatedResult()), true},
		"two tries":    {session(tried), true},
		"one of each":  {session(answered("docs", haiku, 1000, 3000, 16_000_000, 80_000_000)), false},
	} {
		page := summary(t, row.session)
		if got := strings.Contains(page, "<summary>Attempts</summary>"); got != row.block {
			t.Errorf("%s: a block of its own %v", name, got)
		}
		if n := strings.Count(page, "| Task | Attempt | Tier |"); n != 1 {
			t.Errorf("%s: the attempts are told %d times", name, n)
		}
	}
}
