package main

import (
	"math/rand/v2"
	"slices"
)

// rounds is how often chance is asked, by the protocol.
const rounds = 1000

// interval is the middle 95 % of what chance gave.
type interval struct{ low, high float64 }

// bootstrap draws the tasks anew, with both models' outcomes together, and
// gives the intervals of the lifts of ways, all on the same draws.
func (e ends) bootstrap(random *rand.Rand, ways ...way) []interval {
	idx := make([]int, len(e.dear))
	lifts := make([][]float64, len(ways))
	for range rounds {
		for i := range idx {
			idx[i] = random.IntN(len(idx))
		}
		for k, w := range ways {
			if s := e.score(w, idx); s.LiftKnown {
				lifts[k] = append(lifts[k], s.Lift)
			}
		}
	}
	found := make([]interval, len(ways))
	for k := range ways {
		found[k] = middle(lifts[k])
	}
	return found
}

// null permutes the policy's own tiers over the tasks: what it would reach if
// it knew how many tasks to send down, and not which. The share says how often
// that was at least as good.
func (p pair) null(e ends, random *rand.Rand) (lifts interval, asGood float64) {
	idx := all(len(p.rows))
	real := e.score(p.routed(), idx)
	shuffled := p
	shuffled.tiers = slices.Clone(p.tiers)
	var found []float64
	n := 0
	for range rounds {
		random.Shuffle(len(shuffled.tiers), func(i, j int) {
			shuffled.tiers[i], shuffled.tiers[j] = shuffled.tiers[j], shuffled.tiers[i]
		})
		s := e.score(shuffled.routed(), idx)
		found = append(found, s.Lift)
		if s.Lift >= real.Lift {
			n++
		}
	}
	return middle(found), float64(n) / rounds
}

func middle(values []float64) interval {
	if len(values) == 0 {
		return interval{}
	}
	slices.Sort(values)
	at := func(q float64) float64 { return values[int(q*float64(len(values)-1))] }
	return interval{at(0.025), at(0.975)}
}

// median is of at least one value.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}
