package backtest

import (
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// Escalating says up to which share of refused answers it pays to start at a
// tier and go up where its verifier refuses, rather than to start one tier
// higher. A start here costs Here + share × Above, refused answers included,
// and a start there Above: so it pays while share < 1 − Here ÷ Above.
type Escalating struct {
	To          policy.Tier // one tier higher; 0 where nothing stands above
	Commits     int         // with both prices known
	Here, Above money.Nano  // the same tokens at both
}

func (e *Escalating) add(s Spend) {
	if s.UpTier == 0 || s.Cost.State != money.Priced || s.Above.State != money.Priced {
		return
	}
	e.To = max(e.To, s.UpTier)
	e.Commits++
	e.Here += s.Cost.Nano
	e.Above += s.Above.Nano
}

// BreakEven is the share in tenths of a percent; false where it is not known.
// It is not above 0 where a start here is dearer without any refusal.
func (e Escalating) BreakEven() (tenths int64, ok bool) {
	if e.Commits == 0 {
		return 0, false
	}
	return money.PercentTenths(e.Above-e.Here, e.Above)
}
