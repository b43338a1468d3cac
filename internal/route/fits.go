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

// Fits says whether the row counts for the work, in its own direction: a row
// that lowers must fit everything, and one that raises is met by something.
func (c Condition) Fits(w Work) bool { return c.FitsDomains(w) && c.FitsRest(w) }

// FitsDomains is the part of Fits that asks about the domains alone. An empty
// set of domains, or one that nobody trusted has found, fits no row that
// lowers.
func (c Condition) FitsDomains(w Work) bool {
	if c.Lowers {
		return w.FoundDomains && (c.domains == 0 || w.Domains&^c.domains == 0)
	}
	return c.domains == 0 || w.Domains&c.domains != 0
}

// FitsRest is the part of Fits that asks about all but the domains. A
// condition that the row does not name restricts nothing; a scope that nobody
// trusted has found fits no row that lowers by scope. Of the shapes that a row
// lists the whole change must have one.
func (c Condition) FitsRest(w Work) bool {
	if !c.Lowers {
		return (c.scope == 0 || w.Scope >= c.scope) && (c.ambiguity == 0 || w.Ambiguity >= c.ambiguity)
	}
	return (c.scope == 0 || w.FoundScope && w.Scope <= c.scope) && (c.ambiguity == 0 || w.Ambiguity <= c.ambiguity) &&
		(c.shapes == 0 || c.shapes&w.Shapes != 0)
}
