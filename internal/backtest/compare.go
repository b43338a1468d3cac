package backtest

import (
	"cmp"
	"slices"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// Comparison is what another policy would change. The amounts are over the
// commits whose cost is known by both.
type Comparison struct {
	Moved           int
	Cost, OtherCost money.Nano
	Inside          int
	Outside         int // commits whose cost is not known by one of the two
	Locked          int // locked by the other and not by this one
	Unlocked        int // the other way round
	Moves           []Move
}

// Difference is what the other policy costs more; it may be negative.
func (c Comparison) Difference() money.Nano { return c.OtherCost - c.Cost }

// Move is the commits that the other policy places on another tier.
type Move struct {
	From, To policy.Tier
	Commits  int
	// Difference is what they cost more at To, over the Inside of them whose
	// cost is known by both.
	Difference money.Nano
	Inside     int
	Examples   []Example
}

type comparing struct {
	Comparison
	moves map[[2]policy.Tier]*Move
}

func (t *Tally) compare(r Replayed) {
	if r.Other == nil {
		return
	}
	if t.compared == nil {
		t.compared = &comparing{moves: map[[2]policy.Tier]*Move{}}
	}
	c := t.compared
	c.locks(r.Decision.Locked, r.Other.Locked)
	difference, known := c.spend(r)
	if r.Other.Tier == r.Decision.Tier {
		return
	}
	c.Moved++
	key := [2]policy.Tier{r.Decision.Tier, r.Other.Tier}
	m := c.moves[key]
	if m == nil {
		m = &Move{From: key[0], To: key[1]}
		c.moves[key] = m
	}
	m.Commits++
	m.Difference += difference
	if known {
		m.Inside++
	}
	if len(m.Examples) < t.examples {
		m.Examples = append(m.Examples, exampleOf(r, causeOf(r)))
	}
}

func (c *comparing) locks(before, after bool) {
	switch {
	case after && !before:
		c.Locked++
	case before && !after:
		c.Unlocked++
	}
}

// spend adds both costs, and gives what the other one costs more, where that
// is known.
func (c *comparing) spend(r Replayed) (money.Nano, bool) {
	cost, known := r.Spend.comparable()
	other, alsoKnown := r.OtherSpend.comparable()
	if !known || !alsoKnown {
		c.Outside++
		return 0, false
	}
	c.Inside++
	c.Cost += cost
	c.OtherCost += other
	return other - cost, true
}

// causeOf gives the reason that makes the difference: one at the higher of
// the two tiers.
func causeOf(r Replayed) route.Reason {
	higher := r.Decision
	if r.Other.Tier > r.Decision.Tier {
		higher = *r.Other
	}
	for _, reason := range higher.Reasons {
		if reason.Decisive {
			return reason
		}
	}
	return route.Reason{}
}

func (c *comparing) summary() *Comparison {
	if c == nil {
		return nil
	}
	sum := c.Comparison
	for _, m := range c.moves {
		sum.Moves = append(sum.Moves, *m)
	}
	slices.SortFunc(sum.Moves, func(a, b Move) int {
		return cmp.Or(cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return &sum
}
