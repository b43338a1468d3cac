package policy

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// FlagRule says whose hindsight counts, by permission or role.
type FlagRule struct {
	Allow []string // admin, maintain, write
	Pos   diag.Position
}

// flagRule reads who may flag. Without the key it is whoever may write: a flag
// moves no run, it only leads to a suggestion. An empty list is nobody.
func (r *reader) flagRule(n *yamltree.Node) FlagRule {
	if n == nil && r.partial {
		return FlagRule{}
	}
	if n == nil {
		return FlagRule{Allow: permissionWords()}
	}
	s := r.section(n, "flag", "+allow")
	return FlagRule{Allow: r.words(r.optionalList(s.get("allow"), "allow"), "permission", idUnknownValue, permissionWords()), Pos: s.pos}
}

// Permits says whether the flags of somebody with a permission count.
func (f FlagRule) Permits(permission string) bool { return slices.Contains(f.Allow, permission) }

// PermitsAllWriters says that whoever may write may flag. The same people may
// edit what others said.
func (f FlagRule) PermitsAllWriters() bool {
	return !slices.ContainsFunc(permissionWords(), func(word string) bool { return !f.Permits(word) })
}

// flagRule lets count whose flags count by both policies.
func (m *merger) flagRule() FlagRule {
	if m.own.leavesOut("flag") {
		return m.org.Flag
	}
	return FlagRule{Allow: both(m.org.Flag.Allow, m.own.Flag.Allow), Pos: firstPlace(m.own.Flag.Pos, m.org.Flag.Pos)}
}
