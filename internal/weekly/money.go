package weekly

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
)

const nanoDollar = 1_000_000_000

// sum adds amounts without a bound: whole dollars, and the rest of one in
// nano-dollars, both of one sign.
type sum struct{ whole, nano int64 }

func (s *sum) add(n money.Nano) {
	s.whole += int64(n) / nanoDollar
	s.nano += int64(n) % nanoDollar
	s.whole += s.nano / nanoDollar
	s.nano %= nanoDollar
	switch {
	case s.whole > 0 && s.nano < 0:
		s.whole, s.nano = s.whole-1, s.nano+nanoDollar
	case s.whole < 0 && s.nano > 0:
		s.whole, s.nano = s.whole+1, s.nano-nanoDollar
	}
}

// text is the sum as a plain decimal, as money.Nano gives it.
func (s *sum) text() string {
	sign := ""
	if s.whole < 0 || s.nano < 0 {
		sign = "-"
	}
	tail := strings.TrimRight(fmt.Sprintf("%09d", max(s.nano, -s.nano)), "0")
	if tail == "" {
		return fmt.Sprintf("%s%d", sign, max(s.whole, -s.whole))
	}
	return fmt.Sprintf("%s%d.%s", sign, max(s.whole, -s.whole), tail)
}

func (s *sum) float() float64 { return float64(s.whole) + float64(s.nano)/nanoDollar }

// mean is the sum over so many, to the nearest nano-dollar; unknown for none.
func (s *sum) mean(n int) string {
	if n == 0 {
		return string(ledger.AmountUnknown)
	}
	all := big.NewInt(s.whole)
	all.Mul(all, big.NewInt(nanoDollar)).Add(all, big.NewInt(s.nano))
	twice, by := all.Lsh(all, 1), big.NewInt(2*int64(n))
	half := big.NewInt(int64(n))
	if twice.Sign() < 0 {
		half.Neg(half)
	}
	return money.Nano(twice.Add(twice, half).Quo(twice, by).Int64()).Decimal()
}

// median needs its amounts in order; unknown for none.
func median(sorted []int64) string {
	if len(sorted) == 0 {
		return string(ledger.AmountUnknown)
	}
	low, high := sorted[(len(sorted)-1)/2], sorted[len(sorted)/2]
	return money.Nano(low + (high-low)/2).Decimal() // costs are not below 0: no overflow
}

// percentile is the least amount that so many hundredths do not exceed.
func percentile(sorted []int64, hundredths int) string {
	if len(sorted) == 0 {
		return string(ledger.AmountUnknown)
	}
	rank := (len(sorted)*hundredths + 99) / 100
	return money.Nano(sorted[max(rank, 1)-1]).Decimal()
}

// spread is the mean of amounts with its 95 % interval, in nano-dollars. With
// fewer than two there is no interval.
func spread(sorted []int64) (mean, low, high float64, ok bool) {
	for _, n := range sorted {
		mean += float64(n) / float64(len(sorted))
	}
	if len(sorted) < 2 {
		return mean, 0, 0, false
	}
	squares := 0.0
	for _, n := range sorted {
		squares += (float64(n) - mean) * (float64(n) - mean)
	}
	const z = 1.959964
	half := z * math.Sqrt(squares/float64(len(sorted)-1)/float64(len(sorted)))
	return mean, max(0, mean-half), mean + half, true
}

func nano(f float64) string {
	if f >= math.MaxInt64 {
		return money.Nano(math.MaxInt64).Decimal()
	}
	return money.Nano(math.Round(f)).Decimal()
}

func share(hits, of int) Share {
	s := Share{Hits: hits, Of: of}
	s.Low, s.High = ledger.Wilson(hits, of)
	if of > 0 {
		s.Share = four(float64(hits) / float64(of))
	}
	s.Low, s.High = four(s.Low), four(s.High)
	return s
}

// four rounds to four places, so that the same numbers give the same bytes.
func four(f float64) float64 { return math.Round(f*10_000) / 10_000 }

func part(of, whole sum) float64 {
	if whole.float() == 0 {
		return 0
	}
	return four(of.float() / whole.float())
}

func middle(values []float64) float64 {
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}
