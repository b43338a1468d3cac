package backtest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

func usd(n money.Nano) money.Cost { return money.Cost{State: money.Priced, Nano: n} }

func spend(cost, baseline money.Nano) Spend {
	return Spend{Cost: usd(cost), Baseline: usd(baseline)}
}

func at(tier policy.Tier, reasons ...route.Reason) route.Decision {
	d := route.Decision{Tier: tier, Reasons: reasons}
	for _, r := range reasons {
		d.Locked = d.Locked || r.Lock
	}
	return d
}

func locks(rule, file string) route.Reason {
	return route.Reason{Rule: rule, Tier: policy.Frontier, Lock: true, Decisive: true, Policy: diag.Position{File: "p.yml", Line: 9, Col: 3}, File: file, Line: 4, Text: "it is " + file}
}

var byDefault = route.Reason{Rule: "default", Tier: policy.Mid, Decisive: true}

func TestEachTierHasItsPart(t *testing.T) {
	t.Parallel()
	tally := NewTally(1)
	tally.Add(Replayed{Decision: at(policy.Mid, byDefault), Spend: spend(2, 5), Lines: 3})
	tally.Add(Replayed{Decision: at(policy.Frontier, locks("must-frontier/auth", "a.go")), Spend: spend(7, 7), Lines: 4})
	tally.Add(Replayed{Decision: at(policy.Mid, byDefault), Spend: Spend{Cost: money.Cost{State: money.Unpriced}, Baseline: usd(5)}})
	tally.Add(Replayed{Decision: at(policy.Local), Spend: Spend{Free: true}})
	tally.Add(Replayed{Decision: at(policy.Local)})
	s := tally.Summary(About{Policy: "p.yml"})
	want := []Tier{
		{Tier: policy.Local, Commits: 2, Sum: Sum{Free: 1, Idle: 1}},
		{Tier: policy.Efficient},
		{Tier: policy.Mid, Commits: 2, Sum: Sum{Cost: 2, Baseline: 5, Inside: 1, Unpriced: 1}},
		{Tier: policy.Frontier, Commits: 1, Locked: 1, Sum: Sum{Cost: 7, Baseline: 7, Inside: 1}},
	}
	if diff := cmp.Diff(want, s.Tiers); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Sum{Cost: 9, Baseline: 12, Inside: 2, Unpriced: 1, Free: 1, Idle: 1}, s.Total); diff != "" {
		t.Error(diff)
	}
	if s.Commits != 5 || s.Lines != 7 || s.Locked != 1 || s.Total.Saved() != 3 || s.Policy != "p.yml" {
		t.Errorf("%+v", s)
	}
}

func TestAReasonCountsOnceACommit(t *testing.T) {
	t.Parallel()
	tally := NewTally(5)
	tally.Add(Replayed{SHA: "1", Decision: at(policy.Frontier, locks("must-frontier/auth", "a.go"), locks("must-frontier/auth", "b.go"))})
	tally.Add(Replayed{SHA: "2", Decision: at(policy.Frontier, locks("must-frontier/auth", "c.go"), locks("must-frontier/pay", "d.go"))})
	s := tally.Summary(About{})
	rules := []Rule{{"must-frontier/auth", "p.yml:9:3", policy.Frontier, 2}, {"must-frontier/pay", "p.yml:9:3", policy.Frontier, 1}}
	if diff := cmp.Diff(rules, s.Rules); diff != "" {
		t.Error(diff)
	}
	want := []Lock{
		{Rule: "must-frontier/auth", Commits: 2, Alone: 1, Examples: []Example{{SHA: "1", File: "a.go", Line: 4, Text: "it is a.go"}, {SHA: "2", File: "c.go", Line: 4, Text: "it is c.go"}}},
		{Rule: "must-frontier/pay", Commits: 1, Examples: []Example{{SHA: "2", File: "d.go", Line: 4, Text: "it is d.go"}}},
	}
	if diff := cmp.Diff(want, s.Locks); diff != "" {
		t.Error(diff)
	}
}

func TestExamplesAreBoundedAndTheFirstOnes(t *testing.T) {
	t.Parallel()
	tally := NewTally(2)
	for _, sha := range []string{"1", "2", "3"} {
		tally.Add(Replayed{SHA: sha, Decision: at(policy.Frontier, locks("critical-path", ""))})
	}
	got := tally.Summary(About{}).Locks[0]
	if got.Commits != 3 || len(got.Examples) != 2 || got.Examples[1].SHA != "2" {
		t.Errorf("%+v", got)
	}
}

func TestASignalCountsOnceACommitAndSilentOnesAreThere(t *testing.T) {
	t.Parallel()
	fired := signal.Facts{Hits: []signal.Hit{{Signal: "migration", File: "a"}, {Signal: "migration", File: "b"}}}
	tally := NewTally(1)
	for _, tier := range []policy.Tier{policy.Frontier, policy.Mid} {
		d := at(tier)
		d.Facts = fired
		tally.Add(Replayed{Decision: d})
	}
	s := tally.Summary(About{})
	if diff := cmp.Diff(Signal{"migration", 2, 1}, s.Signals[0]); diff != "" {
		t.Error(diff)
	}
	if len(s.Signals) != len(signal.All()) {
		t.Errorf("%d signals of %d", len(s.Signals), len(signal.All()))
	}
}

func TestOnlyLabelsThatSayAKindAreHeldAgainstTheGuess(t *testing.T) {
	t.Parallel()
	tally := NewTally(1)
	for _, label := range []string{"docs", "feat", ""} {
		d := at(policy.Mid)
		d.Facts.Domain = task.Docs
		tally.Add(Replayed{Label: label, Decision: d})
	}
	s := tally.Summary(About{})
	if s.Labelled != 2 || s.Guesses.Cell(Docs, Docs) != 1 || s.Guesses.Cell(Code, Docs) != 1 {
		t.Errorf("%d labelled, %+v", s.Labelled, s.Guesses)
	}
}

func TestTheSpanIsThatOfTheDates(t *testing.T) {
	t.Parallel()
	tally := NewTally(1)
	for _, day := range []int{5, 9, 2} {
		tally.Add(Replayed{When: time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC), Decision: at(policy.Mid)})
	}
	if s := tally.Summary(About{}); s.Oldest != "2026-03-02" || s.Newest != "2026-03-09" {
		t.Errorf("%s to %s", s.Oldest, s.Newest)
	}
}

func TestAnotherPolicyIsToldByItsMoves(t *testing.T) {
	t.Parallel()
	tally := NewTally(1)
	add := func(sha string, from, to route.Decision, cost, other Spend) {
		tally.Add(Replayed{SHA: sha, Decision: from, Other: &to, Spend: cost, OtherSpend: other})
	}
	mid, top := at(policy.Mid, byDefault), at(policy.Frontier, locks("must-frontier/auth", "a.go"))
	add("1", mid, top, spend(2, 5), spend(5, 5))
	add("2", mid, top, spend(2, 5), Spend{Cost: money.Cost{State: money.Unpriced}})
	add("3", top, mid, spend(9, 9), spend(3, 9))
	add("4", mid, mid, spend(1, 2), spend(1, 2))
	add("5", mid, at(policy.Local), spend(1, 2), Spend{Free: true})
	want := &Comparison{
		Moved: 4, Locked: 2, Unlocked: 1, Cost: 13, OtherCost: 9, Inside: 4, Outside: 1,
		Moves: []Move{
			{policy.Mid, policy.Frontier, 2, 3, 1, []Example{{SHA: "1", File: "a.go", Line: 4, Text: "it is a.go"}}},
			{policy.Mid, policy.Local, 1, -1, 1, []Example{{SHA: "5"}}},
			{policy.Frontier, policy.Mid, 1, -6, 1, []Example{{SHA: "3", File: "a.go", Line: 4, Text: "it is a.go"}}},
		},
	}
	s := tally.Summary(About{Against: "other.yml"})
	if diff := cmp.Diff(want, s.Compared); diff != "" {
		t.Error(diff)
	}
	if s.Compared.Difference() != -4 {
		t.Errorf("difference %d", s.Compared.Difference())
	}
}

func TestWithoutAnotherPolicyNothingIsCompared(t *testing.T) {
	t.Parallel()
	tally := NewTally(1)
	tally.Add(Replayed{Decision: at(policy.Mid)})
	if c := tally.Summary(About{}).Compared; c != nil {
		t.Errorf("%+v", c)
	}
}
