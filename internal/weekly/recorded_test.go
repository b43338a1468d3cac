package weekly

import (
	"encoding/hex"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// recorded is the nth run with the log of another program, on so many models.
func recorded(n, models int) ledger.Fact {
	f := fact(4 * n)
	f.ID[15] = 7
	f.Status, f.Agent, f.Observed, f.Attempts = string(dispatch.RecordedOnly), "claude-code", true, models
	f.Used, f.Model, f.Cost, f.Saved = policy.Efficient, "claude-haiku-4-5", dollars(900_000_000), money.Cost{State: money.Unknown}
	f.First, f.Next, f.Refusals = ledger.Step{}, ledger.Step{}, 0
	return f
}

// ours is the nth run of the same task and model that this program did.
func ours(n int) ledger.Fact {
	f := fact(8*n + 4)
	f.Task, f.Used, f.Next, f.Refusals = recorded(0, 1).Task, policy.Efficient, ledger.Step{}, 0
	return f
}

func TestWhatAnotherProgramDidHasARowOfItsOwnAndNoSuccess(t *testing.T) {
	t.Parallel()
	n := counted([]ledger.Fact{ours(0), ours(1), recorded(0, 1), recorded(1, 1), recorded(2, 1)}, nil)
	type row struct {
		Recorded          bool
		Records, Hits, Of int
		Mean              string
	}
	var got []row
	for _, m := range n.ModelCosts {
		got = append(got, row{m.Recorded, m.Records, m.Success.Hits, m.Success.Of, m.Mean})
	}
	want := []row{{false, 2, 2, 2, "0.016"}, {true, 3, 0, 0, "0.9"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestALogOfSeveralModelsIsNoOneModelsCost(t *testing.T) {
	t.Parallel()
	n := counted([]ledger.Fact{recorded(0, 2), recorded(1, 1)}, nil)
	if len(n.ModelCosts) != 1 || n.ModelCosts[0].Records != 1 || n.Spend.Cost != "1.8" {
		t.Errorf("%+v, spend %s", n.ModelCosts, n.Spend.Cost)
	}
	several := ours(0) // attempts of our own have their steps
	several.Attempts = 2
	if n := counted([]ledger.Fact{several}, nil); len(n.ModelCosts) != 1 {
		t.Errorf("ours: %+v", n.ModelCosts)
	}
}

func TestAnotherProgramsCostIsNotComparedWithOurs(t *testing.T) {
	t.Parallel()
	options := week()
	options.Price = func(_, model string) (in, out money.Pico, ok bool) {
		if model == "dear" {
			return 5, 25, true
		}
		return 1, 5, true
	}
	for name, theirs := range map[string]func(n int) ledger.Fact{
		"": func(n int) ledger.Fact { return recorded(n, 1) },
		"anthropic/dear": func(n int) ledger.Fact {
			f := ours(100 + n)
			f.Cost, f.First.Cost = dollars(900_000_000), dollars(900_000_000)
			return f
		},
	} {
		s := New(options)
		for n := range ledger.LeastForBreakEven {
			f := ours(n)
			f.Model, f.First.Model = "dear", "dear"
			s.Add(f)
			s.Add(theirs(n))
		}
		costs := s.Numbers().ModelCosts
		if len(costs) != 2 || costs[1].DearerThan != name {
			t.Errorf("%q: %+v", name, costs)
		}
	}
}

func TestWhatNothingRoutedIsNoRoutingEfficiency(t *testing.T) {
	t.Parallel()
	observed := ours(1)
	observed.Observed = true
	logged := recorded(0, 1)
	logged.Observed = false // its status alone says so
	var flags []ledger.Flag
	for _, f := range []ledger.Fact{ours(0), observed, logged} {
		flags = append(flags, flagOf(f, ledger.Cheaper, "1", monday().Add(time.Hour)))
	}
	facts := []ledger.Fact{ours(0), observed, logged, recorded(1, 1)}
	n := counted(facts, flags)
	e := n.Efficiency
	if e.Right.Of != 1 || e.Coverage.Hits != 1 || e.Coverage.Of != 1 || n.Placement.Efficient.Of != 1 || e.LeftOut != 3 || e.ReviewedUSD != "0.016" {
		t.Errorf("%+v %+v", e, n.Placement)
	}
	if want := facts[3]; len(n.Sample) != 1 || n.Sample[0].Record != hex.EncodeToString(want.ID[:]) || n.Gaps.FlagsAstray != 0 {
		t.Errorf("sample %+v, %d flags astray", n.Sample, n.Gaps.FlagsAstray)
	}
}

func TestWhatPeopleSayOfObservedRunsStillSuggests(t *testing.T) {
	t.Parallel()
	var facts []ledger.Fact
	var flags []ledger.Flag
	for n := range LeastToSuggest {
		f := ours(n)
		f.Observed = true
		facts, flags = append(facts, f), append(flags, flagOf(f, ledger.Frontier, "1", monday().Add(time.Hour)))
	}
	if n := counted(facts, flags); len(n.Suggestions) != 1 || n.Suggestions[0].Kind != "raise" || n.Efficiency.Right.Of != 0 {
		t.Errorf("%+v %+v", n.Suggestions, n.Efficiency)
	}
}

func TestTheBaselineStandsBesideTheCostOfTheSameRuns(t *testing.T) {
	t.Parallel()
	alone := ours(1)
	alone.Cost, alone.Saved, alone.Baseline = dollars(5_000_000_000), money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}
	n := counted([]ledger.Fact{ours(0), alone}, nil)
	for name, total := range map[string]Total{"spend": n.Spend, "tier": n.ByTier[0].Total, "task": n.ByTask[0].Total} {
		if total.Cost != "5.016" || total.Compared != 1 || total.ComparedCost != "0.016" || total.Baseline != "0.08" || total.Saved != "0.064" {
			t.Errorf("%s: %+v", name, total)
		}
	}
	none := counted([]ledger.Fact{alone}, nil).Spend
	if none.Compared != 0 || none.ComparedCost != "0" {
		t.Errorf("nothing to compare: %+v", none)
	}
	var one, other tally
	for n, f := range []ledger.Fact{ours(0), ours(1), alone} {
		r := newRow(f, 0)
		[]*tally{&one, &other, &other}[n].add(&r)
	}
	one.merge(&other)
	if got := one.total(); got.ComparedCost != "0.032" || got.Compared != 2 {
		t.Errorf("merged: %+v", got)
	}
}
