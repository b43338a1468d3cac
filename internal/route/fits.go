package route

import (
	"slices"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Set is a set of domains or of shapes, a bit each.
type Set uint32

// strange is the bit of what no list names: no row can have it.
const strange Set = 1 << 31

// DomainSet makes a set of domains.
func DomainSet(list []task.Domain) Set { return setOf(list, task.Domains()) }

// ShapeSet makes a set of shapes.
func ShapeSet(list []signal.Shape) Set { return setOf(list, signal.Shapes()) }

func setOf[T comparable](list, all []T) Set {
	var set Set
	for _, v := range list {
		if at := slices.Index(all, v); at >= 0 {
			set |= 1 << at
		} else {
			set |= strange
		}
	}
	return set
}

// Work is what rows of the table are held against. FoundDomains and FoundScope
// say that files or trusted words found them: only that makes a lowering row
// fit.
type Work struct {
	Domains      Set
	Scope        task.Scope
	Ambiguity    task.Ambiguity
	Shapes       Set
	FoundDomains bool
	FoundScope   bool
}

// Condition is when: of a row of the table, with the side on which it stands.
type Condition struct {
	Lowers    bool // its tier is below default:
	domains   Set
	scope     task.Scope
	ambiguity task.Ambiguity
	shapes    Set
}

// ConditionOf reads a row of a table whose default: is standard.
func ConditionOf(row policy.Row, standard policy.Tier) Condition {
	return Condition{
		Lowers: row.Tier < standard, domains: DomainSet(row.Domains), scope: row.Scope, ambiguity: row.Ambiguity, shapes: ShapeSet(row.Shapes),
	}
}

// Fits says whether the row counts for the work, in its own direction.
func (c Condition) Fits(w Work) bool {
	if c.Lowers {
		return c.lowers(w)
	}
	return c.raises(w)
}

// lowers says that a row fits everything. A condition that the row does not
// name restricts nothing; a fact that nobody trusted has found fits no
// condition, and an empty set of domains fits no lowering row at all. Of the
// shapes that a row lists the whole change must have one.
func (c Condition) lowers(w Work) bool {
	switch {
	case !w.FoundDomains, c.scope != 0 && (!w.FoundScope || w.Scope > c.scope):
		return false
	case c.ambiguity != 0 && w.Ambiguity > c.ambiguity, c.shapes != 0 && c.shapes&w.Shapes == 0:
		return false
	}
	return c.domains == 0 || w.Domains&^c.domains == 0
}

// raises says that each condition of a row is met by something.
func (c Condition) raises(w Work) bool {
	if c.scope != 0 && w.Scope < c.scope || c.ambiguity != 0 && w.Ambiguity < c.ambiguity {
		return false
	}
	return c.domains == 0 || c.domains&w.Domains != 0
}
