package policy

import (
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// attested reads what the owners vouch for where the platform hides it. The
// other catchers are this program's own and need nobody's word.
func (r *reader) attested(n *yamltree.Node) []Attestation {
	catchers := []task.Catcher{task.CatcherRequiredReview, task.CatcherRequiredChecks}
	s := r.section(n, "attested", string(catchers[0]), string(catchers[1]))
	var attested []Attestation
	for _, c := range catchers {
		if said := s.get(string(c)); said != nil {
			attested = append(attested, Attestation{Catcher: c, Text: r.text(said, "attested."+string(c)), Pos: said.Pos})
		}
	}
	return attested
}
