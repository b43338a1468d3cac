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
	rest    []policy.Model
	topped  bool // frontier had its one more attempt
	frontie []policy.Model
}

func newLadder(dec route.Decision, _ *policy.File) *ladder {
	all := append([]policy.Model{*dec.Model}, dec.Fallbacks...)
	var frontier []policy.Model
	for _, m := range all {
		if m.Tier == policy.Frontier {
			frontier = append(frontier, m)
		}
	}
	return &ladder{rest: all, frontie: frontier}
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
// gets one more attempt, on its first model.
func (l *ladder) escalate(from policy.Tier) {
	l.rest = slices.DeleteFunc(slices.Clone(l.rest), func(m policy.Model) bool { return m.Tier <= from })
	if len(l.rest) == 0 && from == policy.Frontier && !l.topped && len(l.frontie) > 0 {
		l.topped = true
		l.rest = l.frontie[:1]
	}
}
