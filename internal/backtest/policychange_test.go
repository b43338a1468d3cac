package backtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

var mail = PastChange{Number: 12, SHA: "0123", Title: "Let people in by mail"}

// TestWhatFalls: a case falls where an entry held a task and nothing locks it
// any more.
func TestWhatFalls(t *testing.T) {
	t.Parallel()
	critical := route.Reason{Rule: "critical-path", Tier: policy.Frontier, Lock: true}
	tests := []struct {
		name     string
		verdicts []Verdict
		want     []Fall
	}{
		{
			"an entry that does not hit any more",
			[]Verdict{{Task: "docs", Before: at(policy.Frontier, locks("must-frontier/auth", "a.go")), After: at(policy.Mid, byDefault)}},
			[]Fall{{PastChange: mail, Entry: "auth", Tasks: []string{"docs"}, To: policy.Mid, File: "a.go", Line: 4, Text: "it is a.go"}},
		},
		{
			"one of two that hit is gone, and the other holds",
			[]Verdict{{
				Task: "docs", Before: at(policy.Frontier, locks("must-frontier/auth", "a.go"), locks("must-frontier/keys", "a.go")), After: at(policy.Frontier, locks("must-frontier/keys", "a.go")),
			}},
			nil,
		},
		{
			"both are gone",
			[]Verdict{{
				Task: "docs", Before: at(policy.Frontier, locks("must-frontier/auth", "a.go"), locks("must-frontier/auth", "b.go"), locks("must-frontier/keys", "c.go")), After: at(policy.Efficient),
			}},
			[]Fall{
				{PastChange: mail, Entry: "auth", Tasks: []string{"docs"}, To: policy.Efficient, File: "a.go", Line: 4, Text: "it is a.go"},
				{PastChange: mail, Entry: "keys", Tasks: []string{"docs"}, To: policy.Efficient, File: "c.go", Line: 4, Text: "it is c.go"},
			},
		},
		{
			"several tasks are one case, with the lowest tier",
			[]Verdict{
				{Before: at(policy.Frontier, locks("must-frontier/auth", "a.go")), After: at(policy.Mid)},
				{Task: "docs", Before: at(policy.Frontier, locks("must-frontier/auth", "a.go")), After: at(policy.Local)},
				{Task: "changelog", Before: at(policy.Mid), After: at(policy.Mid)},
			},
			[]Fall{{PastChange: mail, Entry: "auth", Tasks: []string{"", "docs"}, To: policy.Local, File: "a.go", Line: 4, Text: "it is a.go"}},
		},
		{
			"still frontier, and any label may lower it now",
			[]Verdict{{Task: "docs", Before: at(policy.Frontier, locks("must-frontier/auth", "a.go")), After: at(policy.Frontier, byDefault)}},
			[]Fall{{PastChange: mail, Entry: "auth", Tasks: []string{"docs"}, To: policy.Frontier, File: "a.go", Line: 4, Text: "it is a.go"}},
		},
		{"the critical path holds it", []Verdict{{Task: "code-review", Before: at(policy.Frontier, critical, locks("must-frontier/auth", "a.go")), After: at(policy.Frontier, critical)}}, nil},
		{"what only the critical path held is no case of the list", []Verdict{{Task: "docs", Before: at(policy.Frontier, critical), After: at(policy.Mid)}}, nil},
		{"a new entry raises", []Verdict{{Task: "docs", Before: at(policy.Mid), After: at(policy.Frontier, locks("must-frontier/auth", "a.go"))}}, nil},
	}
	for _, tt := range tests {
		tally := NewChangeTally()
		tally.Add(mail, tt.verdicts)
		if diff := cmp.Diff(tt.want, tally.Summary(ChangeAbout{}).Falls); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestAChangeOfThePolicyIsSummedUp(t *testing.T) {
	t.Parallel()
	tally := NewChangeTally()
	for n := range 5 {
		tally.Add(PastChange{Number: n + 1}, []Verdict{
			{Before: at(policy.Mid), After: at(policy.Mid), BeforeSpend: spend(2, 9), AfterSpend: spend(2, 9)},
			{Task: "docs", Before: at(policy.Mid), After: at(policy.Efficient), BeforeSpend: spend(5, 9), AfterSpend: spend(1, 9)},
		})
	}
	tally.Add(PastChange{Number: 6}, []Verdict{
		{Before: at(policy.Mid), After: at(policy.Frontier, locks("must-frontier/auth", "a.go")), BeforeSpend: spend(2, 9)},
		{Task: "docs", Before: at(policy.Mid), After: at(policy.Local), BeforeSpend: spend(5, 9), AfterSpend: Spend{Free: true}},
	})
	tally.Add(PastChange{Number: 7}, []Verdict{{Before: at(policy.Mid), After: at(policy.Mid)}})
	s := tally.Summary(ChangeAbout{Policy: "p.yml"})
	want := ChangeSummary{
		ChangeAbout: ChangeAbout{Policy: "p.yml"}, Changes: 7, Moved: 6, Locked: 1, Cost: 40, OtherCost: 15, Inside: 11, Outside: 2,
		Moves: []TaskMove{
			{From: policy.Mid, To: policy.Frontier, Changes: 1, Examples: []PastChange{{Number: 6}}},
			{Task: "docs", From: policy.Mid, To: policy.Efficient, Changes: 5, Difference: -20, Inside: 5, Examples: []PastChange{{Number: 1}, {Number: 2}, {Number: 3}}},
			{Task: "docs", From: policy.Mid, To: policy.Local, Changes: 1, Difference: -5, Inside: 1, Examples: []PastChange{{Number: 6}}},
		},
	}
	if diff := cmp.Diff(want, s); diff != "" || s.Difference() != -25 {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
