package main

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// dearFrom is the list price, in dollars for a million tokens of output, from
// which a model counts as one that teams send everything to. The cheap model
// of a pair lists at most half of the dear one's. Both are chosen by list
// price alone: what came of the tasks has no say in it.
const dearFrom = 15

// pairs are all of a dear and a cheap model, by name.
func (r recorded) pairs(rows []row, low []bool) []pair {
	var names []string
	for name := range r.prices {
		names = append(names, name)
	}
	slices.Sort(names)
	var found []pair
	for _, dear := range names {
		for _, cheap := range names {
			if r.prices[dear].Output >= dearFrom && 2*r.prices[cheap].Output <= r.prices[dear].Output {
				found = append(found, newPair(rows, low, dear, cheap))
			}
		}
	}
	return found
}

// worthwhile is the share that the cheap model must save, when it does
// everything, for a pair to be scored: below it nobody would route, and the
// lift, which divides by this saving, is noise.
const worthwhile = 0.10

// judged is one pair with every way of working.
type judged struct {
	pair
	routed, allCheap, cascade, both score
	lift                            interval // of routed, by the bootstrap
	null                            interval // of the policy's tiers, shuffled
	asGood                          float64  // share of shuffles at least as good
	cascadeLift                     interval
	swap                            string // the best fixed swap that saves as much, "" none
	swapped                         score
}

// checked are the errors of the cascade's check that the record of outcomes
// was read with before.
func checked() check { return check{falseAccept: 0.25, falseReject: 0.05} }

func (p pair) judge(models []string, seed uint64) judged {
	idx, e, c := all(len(p.rows)), p.ends(), checked()
	routed, cascade := p.routed(), p.cascade(c)
	j := judged{
		pair: p, routed: e.score(routed, idx), allCheap: e.score(e.cheap, idx), cascade: e.score(cascade, idx),
		both: e.score(p.routedCascade(c), idx),
	}
	if j.allCheap.Saved < worthwhile {
		return j
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(p.rows))))
	intervals := e.bootstrap(random, routed, cascade)
	j.lift, j.cascadeLift = intervals[0], intervals[1]
	j.null, j.asGood = p.null(e, random)
	j.swap, j.swapped = p.bestSwap(models, j.routed.Saved)
	return j
}

// bestSwap gives the model that, used for everything, would have lost least
// while saving at least as much. It is chosen in hindsight.
func (p pair) bestSwap(models []string, saved float64) (string, score) {
	type swap struct {
		model string
		score score
	}
	var found []swap
	for _, m := range models {
		other := newPair(p.rows, p.tiers, p.dear, m)
		if m == p.dear || len(other.rows)*10 < len(p.rows)*9 {
			continue
		}
		e := other.ends()
		s := e.score(e.cheap, all(len(other.rows)))
		if s.Saved >= saved {
			found = append(found, swap{m, s})
		}
	}
	if len(found) == 0 {
		return "", score{}
	}
	best := slices.MinFunc(found, func(a, b swap) int {
		return cmp.Or(cmp.Compare(a.score.Lost, b.score.Lost), cmp.Compare(a.model, b.model))
	})
	return best.model, best.score
}
