package policy

import (
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// attested reads what the owners vouch for where the platform hides it. The
// other catchers are this program's own and need nobody's word.
func (r *reader) attested(n *yamltree.Node) []Attestation {
	s := r.section(n, "attested", attestedWords()...)
	var attested []Attestation
	for _, c := range attestedWords() {
		if said := s.get(c); said != nil {
			attested = append(attested, Attestation{Catcher: task.Catcher(c), Text: r.text(said, "attested."+c), Pos: said.Pos})
		}
	}
	return attested
}
