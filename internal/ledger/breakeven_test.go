package ledger

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// attempted is an attempt at a tier; a refused one has a problem.
func attempted(tier string, cost Amount, refused bool) Attempt {
	a := Attempt{Tier: tier, Model: "m", Cost: cost, Tries: 1, Released: !refused}
	if refused {
		a.Problems = []string{"invented-path"}
	}
	return a
}

// history gives records of changelog: so many that passed at once, and so many
// that were refused and went up.
func history(passed, refused int, low, high Amount) []Record {
	var all []Record
	for i := range passed + refused {
		r := Record{ID: fmt.Sprint(i), Task: "changelog", Status: "clean", Attempts: []Attempt{attempted("efficient", low, i >= passed)}}
		if i >= passed {
			r.Attempts = append(r.Attempts, attempted("mid", high, false))
		}
		all = append(all, r)
	}
	return all
}

func TestEscalatingPaysBelowItsBreakEven(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name    string
		records []Record
		want    BreakEven
		dearer  bool
	}{
		{
			"half of the price: it pays while less than half escalate", history(18, 2, "0.002", "0.004"),
			BreakEven{Records: 20, Escalated: 2, CostFrom: 2_000_000, CostTo: 4_000_000, Share: 0.1, Low: 0.0279, High: 0.301, Bound: 0.5},
			false,
		},
		{
			"so many that starting higher is cheaper", history(4, 16, "0.002", "0.004"),
			BreakEven{Records: 20, Escalated: 16, CostFrom: 2_000_000, CostTo: 4_000_000, Share: 0.8, Low: 0.584, High: 0.9193, Bound: 0.5},
			true,
		},
		{
			"over the break-even, and chance may explain it", history(8, 12, "0.002", "0.004"),
			BreakEven{Records: 20, Escalated: 12, CostFrom: 2_000_000, CostTo: 4_000_000, Share: 0.6, Low: 0.3866, High: 0.7812, Bound: 0.5},
			false,
		},
		{
			"too few to say so", history(0, 9, "0.002", "0.004"),
			BreakEven{Records: 9, Escalated: 9, CostFrom: 2_000_000, CostTo: 4_000_000, Share: 1, Low: 0.7009, High: 1, Bound: 0.5},
			false,
		},
		{
			"ten are enough", history(0, 10, "0.002", "0.004"),
			BreakEven{Records: 10, Escalated: 10, CostFrom: 2_000_000, CostTo: 4_000_000, Share: 1, Low: 0.7225, High: 1, Bound: 0.5},
			true,
		},
		{
			"a lower tier that costs more never pays", history(19, 1, "0.004", "0.002"),
			BreakEven{Records: 20, Escalated: 1, CostFrom: 4_000_000, CostTo: 2_000_000, Share: 0.05, Low: 0.0089, High: 0.2361, Bound: -1},
			true,
		},
	} {
		row.want.Task, row.want.From, row.want.To, row.want.Model = "changelog", policy.Efficient, policy.Mid, "m"
		got := BreakEvens(row.records)
		if diff := cmp.Diff([]BreakEven{row.want}, got, cmpopts.EquateApprox(0, 0.0001)); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
			continue
		}
		if got[0].Dearer() != row.dearer {
			t.Errorf("%s: dearer %v", row.name, got[0].Dearer())
		}
	}
}

// TestTheBreakEvenIsWhereBothCostTheSame holds the formula to the sums.
func TestTheBreakEvenIsWhereBothCostTheSame(t *testing.T) {
	t.Parallel()
	for refused := 1; refused < 40; refused++ {
		b := BreakEvens(history(40-refused, refused, "0.003", "0.01"))[0]
		escalating := float64(b.CostFrom) + b.Share*float64(b.CostTo)
		if got := escalating < float64(b.CostTo); got != (b.Share < b.Bound) && math.Abs(b.Share-b.Bound) > 1e-9 {
			t.Errorf("%d of 40: escalating costs %f, starting higher %d, share %f, break-even %f", refused, escalating, b.CostTo, b.Share, b.Bound)
		}
	}
}

func TestOnlyWhatComparesCounts(t *testing.T) {
	t.Parallel()
	records := history(5, 5, "0.002", "0.004")
	records = append(records, records[0], records[9]) // sent twice
	for i, r := range []Record{
		{Task: "changelog", Status: "clean", Attempts: []Attempt{attempted("efficient", "unknown", false)}},
		{Task: "changelog", Status: "clean", Attempts: []Attempt{attempted("efficient", "0.002", true), attempted("mid", "unpriced", false)}},
		{Task: "changelog", Status: "could-not-run", Attempts: []Attempt{attempted("efficient", "0.002", true)}},
		{Task: "changelog", Status: "clean", Attempts: []Attempt{{Tier: "efficient", Model: "m", Cost: "0"}, attempted("mid", "0.004", false)}}, // a fault, no refusal
		{Task: "changelog", Status: "could-not-run", Attempts: []Attempt{{Tier: "efficient", Model: "m", Cost: "0"}}},
		{Task: "changelog", Observed: true, Status: "clean", Attempts: []Attempt{attempted("efficient", "9", false)}},
		{Task: "code-review", Status: "clean", Attempts: []Attempt{attempted("frontier", "9", true), attempted("frontier", "9", false)}},
		{Task: "docs", Status: "clean", Attempts: []Attempt{attempted("efficient", "0.002", false)}}, // nobody knows what mid costs it
		{Task: "docs", Status: "skipped"},
		{Task: "changelog", Status: "clean", Attempts: []Attempt{attempted("galaxy", "1", false)}},
	} {
		r.ID = fmt.Sprintf("x%d", i)
		records = append(records, r)
	}
	got := BreakEvens(records)
	want := []BreakEven{{
		Task: "changelog", From: policy.Efficient, To: policy.Mid, Model: "m", Records: 10, Escalated: 5, LeftOut: 5,
		CostFrom: 2_000_000, CostTo: 4_000_000, Share: 0.5, Low: 0.2366, High: 0.7634, Bound: 0.5,
	}}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 0.0001)); diff != "" {
		t.Error(diff)
	}
}

// TestAComparisonSpeaksOfOneModel: a policy that asks another model at the
// same tier begins anew.
func TestAComparisonSpeaksOfOneModel(t *testing.T) {
	t.Parallel()
	records := append(history(4, 16, "0.002", "0.004"), history(18, 2, "0.001", "0.004")...)
	for i := 20; i < len(records); i++ {
		records[i].ID += "b"
		records[i].Attempts[0].Model = "later"
	}
	var got []string
	for _, b := range BreakEvens(records) {
		got = append(got, fmt.Sprintf("%s: %d of %d at %d", b.Model, b.Escalated, b.Records, b.CostFrom))
	}
	if diff := cmp.Diff([]string{"later: 2 of 20 at 1000000", "m: 16 of 20 at 2000000"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheLowerTierPaysForAllItsAttempts(t *testing.T) {
	t.Parallel()
	r := Record{ID: "a", Task: "docs", Status: "clean", Attempts: []Attempt{
		attempted("efficient", "0.001", true), attempted("efficient", "0.002", true), attempted("mid", "0.01", true), attempted("frontier", "0.1", false),
	}}
	if b := BreakEvens([]Record{r})[0]; b.CostFrom != 3_000_000 || b.CostTo != 10_000_000 || b.To != policy.Mid {
		t.Errorf("%+v", b)
	}
}

func TestWilson(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		hits, n   int
		low, high float64
	}{{0, 0, 0, 1}, {0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}, {41, 44, 0.8177, 0.9765}} {
		if low, high := Wilson(row.hits, row.n); math.Abs(low-row.low) > 0.001 || math.Abs(high-row.high) > 0.001 {
			t.Errorf("%d of %d: %.4f to %.4f", row.hits, row.n, low, high)
		}
	}
}

func TestNoAmountOfRecordsOverflows(t *testing.T) {
	t.Parallel()
	for _, b := range BreakEvens(history(3, 3, Amount(money.Nano(math.MaxInt64).Decimal()), Amount(money.Nano(math.MaxInt64).Decimal()))) {
		if b.CostTo < 0 || b.CostFrom < 0 {
			t.Errorf("%+v", b)
		}
	}
}
