package dispatch

import (
	"slices"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// ladder gives the models to try, in order. A fault of the network or the
// vendor moves to the next entry (same tier first, then dearer); a refusal by
// the verifier moves a tier up. Nothing on it is cheaper than the decided tier.
type ladder struct {
	rest   []policy.Model
	topped bool // frontier had its one more attempt
}

func newLadder(dec route.Decision) *ladder {
	return &ladder{rest: append([]policy.Model{*dec.Model}, dec.Fallbacks...)}
}

func (l *ladder) next() (policy.Model, bool) {
	if len(l.rest) == 0 {
		return policy.Model{}, false
	}
	m := l.rest[0]
	l.rest = l.rest[1:]
	return m, true
}

// escalate leaves the refused tier behind. Frontier has nothing above it and
// gets one more attempt, on the model that answered.
func (l *ladder) escalate(from policy.Model) {
	l.rest = slices.DeleteFunc(slices.Clone(l.rest), func(m policy.Model) bool { return m.Tier <= from.Tier })
	if len(l.rest) == 0 && from.Tier == policy.Frontier && !l.topped {
		l.topped = true
		l.rest = []policy.Model{from}
	}
}
