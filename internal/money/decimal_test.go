package money

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestAmountsAreReadExactlyOrRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want Nano
		bad  bool
	}{
		{in: "0.582", want: 582_000_000},
		{in: "0", want: 0},
		{in: "-0", want: 0},
		{in: "10", want: 10_000_000_000},
		{in: "-1.5", want: -1_500_000_000},
		{in: "0.000000001", want: 1},
		{in: "9223372036.854775807", want: math.MaxInt64},
		{in: "9223372036.854775808", bad: true},
		{in: "0.0000000001", bad: true},
		{in: "", bad: true},
		{in: "-", bad: true},
		{in: "--1", bad: true},
		{in: "+1", bad: true},
		{in: ".5", bad: true},
		{in: "5.", bad: true},
		{in: "1e3", bad: true},
		{in: "1,000", bad: true},
		{in: "010", bad: true},
		{in: "0x10", bad: true},
		{in: " 1", bad: true},
		{in: "1.-5", bad: true},
		{in: "NaN", bad: true},
		{in: "١", bad: true},
	} {
		got, err := ParseNano(tt.in)
		if (err != nil) != tt.bad || got != tt.want {
			t.Errorf("ParseNano(%q) = %d, %v; want %d, bad %v", tt.in, got, err, tt.want, tt.bad)
		}
	}
}

func TestPricesAreReadExactlyOrRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want Pico
		bad  bool
	}{
		{in: "0.003625", want: 3_625},
		{in: "25", want: 25_000_000},
		{in: "22.50", want: 22_500_000},
		{in: "0.0000001", bad: true},
		{in: "-1", bad: true},
		{in: "", bad: true},
	} {
		got, err := ParsePico(tt.in)
		if (err != nil) != tt.bad || got != tt.want {
			t.Errorf("ParsePico(%q) = %d, %v; want %d, bad %v", tt.in, got, err, tt.want, tt.bad)
		}
	}
}

func TestAmountsForPeople(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in      Nano
		dollars string
		decimal string
	}{
		{0, "$0.0000", "0"},
		{582_000_000, "$0.5820", "0.582"},
		{16_000_000, "$0.0160", "0.016"},
		{1_000_000_000, "$1.00", "1"},
		{12_300_000_000, "$12.30", "12.3"},
		{999_940_000, "$0.9999", "0.99994"},
		{999_960_000, "$1.00", "0.99996"},
		{50_000, "$0.00005", "0.00005"}, // a tie goes to the even zero: all its digits instead
		{50_001, "$0.0001", "0.000050001"},
		{150_000, "$0.0002", "0.00015"},
		{1, "$0.000000001", "0.000000001"},
		{21, "$0.000000021", "0.000000021"},
		{-120_000_000, "-$0.1200", "-0.12"},
		{-3_000_000_000, "-$3.00", "-3"},
		{-1, "-$0.000000001", "-0.000000001"},
		{math.MaxInt64, "$9223372036.85", "9223372036.854775807"},
		{math.MinInt64, "-$9223372036.85", "-9223372036.854775808"},
		{1_005_000_000, "$1.00", "1.005"}, // half-even
		{1_015_000_000, "$1.02", "1.015"},
	} {
		if got := tt.in.Dollars(); got != tt.dollars {
			t.Errorf("Nano(%d).Dollars() = %q, want %q", tt.in, got, tt.dollars)
		}
		if got := tt.in.Decimal(); got != tt.decimal {
			t.Errorf("Nano(%d).Decimal() = %q, want %q", tt.in, got, tt.decimal)
		}
	}
}

func TestDecimalIsReadBackAsTheSameAmount(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		n := Nano(rng.Int64() >> rng.IntN(63))
		if rng.IntN(2) == 0 {
			n = -n
		}
		back, err := ParseNano(n.Decimal())
		if err != nil || back != n {
			t.Fatalf("ParseNano(%q) = %d, %v; want %d", n.Decimal(), back, err, n)
		}
	}
}

func TestPercentagesInTenths(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		part, whole Nano
		want        int64
		ok          bool
	}{
		{288_000_000, 870_000_000, 331, true},
		{-435_000_000, 870_000_000, -500, true},
		{0, 870_000_000, 0, true},
		{1, 2000, 0, true},           // 0.05 %: a tie, to even
		{3, 2000, 2, true},           // 0.15 %
		{math.MaxInt64, 1, 0, false}, // does not fit
		{math.MinInt64, math.MaxInt64, -1000, true},
		{1, 0, 0, false},
		{1, -5, 0, false},
	} {
		got, ok := PercentTenths(tt.part, tt.whole)
		if got != tt.want || ok != tt.ok {
			t.Errorf("PercentTenths(%d, %d) = %d, %v; want %d, %v", tt.part, tt.whole, got, ok, tt.want, tt.ok)
		}
	}
}

func FuzzParseNano(f *testing.F) {
	for _, seed := range []string{"0.582", "-1.5", "010", "9223372036.854775807", "1e9", ".", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNano(s)
		if err != nil {
			if n != 0 {
				t.Fatalf("ParseNano(%q) gave %d beside an error", s, n)
			}
			return
		}
		back, err := ParseNano(n.Decimal())
		if err != nil || back != n {
			t.Fatalf("ParseNano(%q) = %d, its decimal %q reads as %d, %v", s, n, n.Decimal(), back, err)
		}
		if n > 0 && (n.Dollars() == "$0.00" || n.Dollars() == "$0.0000") {
			t.Fatalf("%d nano-dollars read as nothing", n)
		}
	})
}
