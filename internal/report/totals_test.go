package report

import (
	"testing"

	"github.com/tierwise/tierwise/internal/money"
)

func TestTheWorkedExampleIsExact(t *testing.T) {
	t.Parallel()
	got := workedExample().totals()
	if got.cost.Nano != 582_000_000 || got.baseline != 870_000_000 || got.saved != 288_000_000 {
		t.Errorf("totals %+v", got)
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		part, whole money.Nano
		want        string
	}{
		{288, 870, "33.1"},
		{-16, 80, "-20.0"},
		{0, 5, "0.0"},
		{1, 2000, "0.0"},
		{3, 2000, "0.2"},
		{-1, 100_000, "0.0"},
		{-5, 1000, "-0.5"},
		{9_000_000_000_000_000_000, 9_000_000_000_000_000_000, "100.0"},
	} {
		got, ok := percent(tc.part, tc.whole)
		if !ok || got != tc.want {
			t.Errorf("percent(%d, %d) = %q, %v; want %q", tc.part, tc.whole, got, ok, tc.want)
		}
	}
	for _, whole := range []money.Nano{0, -3} {
		if got, ok := percent(1, whole); ok {
			t.Errorf("percent of %d = %q", whole, got)
		}
	}
}

func TestThousands(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 123456: "123,456", 1234567: "1,234,567", -1234: "-1,234"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestASmallCostIsNeverShownAsNothing(t *testing.T) {
	t.Parallel()
	for n, want := range map[money.Nano]string{0: "$0", 1: "$0.000000001", 20: "$0.00000002", 16_000_000: "$0.0160"} {
		if got := dollars(n); got != want {
			t.Errorf("dollars(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestOneTryOfUnknownUsageMakesTheSumUnknown(t *testing.T) {
	t.Parallel()
	r := escalatedResult()
	if u := spent(r); !u.Known || u.InputTokens != 2000 || u.OutputTokens != 6000 {
		t.Errorf("both attempts count: %+v", u)
	}
	r.Attempts[0].Tries[0].Usage = money.Usage{}
	if u := spent(r); u.Known {
		t.Errorf("known: %+v", u)
	}
}

func TestPricesAreShownToTheLastPlace(t *testing.T) {
	t.Parallel()
	for p, want := range map[money.Pico]string{5_000_000: "$5", 100_000: "$0.10", 500_000: "$0.50", 4_500_000: "$4.50", 1_125_000: "$1.125", 3_625: "$0.003625", 0: "$0", 25_000_000: "$25"} {
		if got := perMillion(&p); got != want {
			t.Errorf("perMillion(%d) = %q, want %q", p, got, want)
		}
	}
	if got := perMillion(nil); got != "not known" {
		t.Errorf("no rate: %q", got)
	}
}
