package backtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func below(here, above money.Nano, to policy.Tier) Spend {
	return Spend{Cost: usd(here), Baseline: usd(above), Above: usd(above), UpTier: to}
}

func TestEachPlaceHasItsBreakEven(t *testing.T) {
	t.Parallel()
	tally := NewTally(1)
	tally.Add(Replayed{Decision: at(policy.Efficient), Spend: below(1, 10, policy.Mid)})
	tally.Add(Replayed{Decision: at(policy.Efficient), Spend: below(3, 10, policy.Mid)})
	tally.Add(Replayed{Decision: at(policy.Efficient), Spend: Spend{Cost: usd(9), Above: money.Cost{State: money.Unpriced}, UpTier: policy.Mid}})
	tally.Add(Replayed{Decision: at(policy.Mid), Spend: below(12, 10, policy.Frontier)})
	tally.Add(Replayed{Decision: at(policy.Frontier), Spend: spend(7, 7)})
	tally.Add(Replayed{Decision: at(policy.Local), Spend: Spend{Free: true}})
	var got []Escalating
	for _, tier := range tally.Summary(About{}).Tiers {
		got = append(got, tier.Escalating)
	}
	want := []Escalating{{}, {To: policy.Mid, Commits: 2, Here: 4, Above: 20}, {To: policy.Frontier, Commits: 1, Here: 12, Above: 10}, {}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for i, tenths := range map[int]int64{1: 800, 2: -200} {
		if share, ok := want[i].BreakEven(); !ok || share != tenths {
			t.Errorf("%+v: %d, %v", want[i], share, ok)
		}
	}
	if _, ok := (Escalating{}).BreakEven(); ok {
		t.Error("nothing is known, and a share is told")
	}
}
