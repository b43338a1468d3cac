package money

import (
	"math/big"
	"strings"
	"testing"
)

func TestNumbersOfOtherProgramsAreRounded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want Nano
	}{
		{"0", 0},
		{"-0", 0},
		{"0.95", 950_000_000},
		{"1.4e-05", 14_000},
		{"1E+2", 100_000_000_000},
		{"0.0000000005", 0},
		{"0.0000000015", 2},
		{"0.0000000025", 2},
		{"0.00000000250001", 3},
		{"1e-40", 0},
		{"-0.25", -250_000_000},
		{"9e-10", 1},
		{"5e-10", 0},
		{"0.00014475", 144_750},
	} {
		if got, err := ReadNano(tt.in); err != nil || got != tt.want {
			t.Errorf("%s: %d, %v; want %d", tt.in, got, err, tt.want)
		}
	}
	for _, in := range []string{"", "-", "1.", ".5", "01", "1e", "1e999999999", "1e41", "NaN", "1_0", "0x1p-2", "1e30", "+1", strings.Repeat("9", 41), "null", `"1"`} {
		if got, err := ReadNano(in); err == nil {
			t.Errorf("%q reads as %d", in, got)
		}
	}
	if got, err := ReadPicoOfToken("2.5e-07"); err != nil || got != 250_000 {
		t.Errorf("a price of a token: %d, %v", got, err)
	}
	if got, err := ReadPico("0.003625"); err != nil || got != 3_625 {
		t.Errorf("a price of a million: %d, %v", got, err)
	}
	if _, err := ReadPico("-1"); err == nil {
		t.Error("a price below zero is read")
	}
}

// FuzzReadNano holds the reader against exact fractions.
func FuzzReadNano(f *testing.F) {
	for _, s := range []string{"0", "1.4e-05", "0.0000000025", "-3.75e2", "1e40", "00", "1e-40"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ReadNano(s)
		if err != nil {
			return
		}
		exact, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("%q was read and is no number", s)
		}
		off := exact.Mul(exact, big.NewRat(1_000_000_000, 1)).Sub(exact, big.NewRat(int64(got), 1))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Errorf("%q reads as %d", s, got)
		}
	})
}
