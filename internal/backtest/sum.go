package backtest

import "github.com/tierwise/tierwise/internal/money"

// Sum adds up projected spends. What has no price, and what local code does
// for nothing, stands outside of the amounts and is counted.
type Sum struct {
	Cost, Baseline money.Nano
	Inside         int // commits in the amounts
	Free           int
	Idle           int // does not run, or nothing can run it
	Unpriced       int
}

// Saved is the baseline less the cost; it may be negative.
func (s Sum) Saved() money.Nano { return s.Baseline - s.Cost }

func (s *Sum) add(p Spend) {
	switch {
	case p.Free:
		s.Free++
	case p.Cost.State == "" || p.Cost.State == money.Unknown:
		s.Idle++
	case p.Cost.State != money.Priced || p.Baseline.State != money.Priced:
		s.Unpriced++
	default:
		s.Inside++
		s.Cost += p.Cost.Nano
		s.Baseline += p.Baseline.Nano
	}
}

// comparable says what a dispatch costs, where that is known.
func (p Spend) comparable() (money.Nano, bool) {
	if p.Free {
		return 0, true
	}
	return p.Cost.Nano, p.Cost.State == money.Priced
}
