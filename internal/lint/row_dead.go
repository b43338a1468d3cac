package lint

import (
	"math"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// works gives every piece of work that can tell the rows of a table apart: all
// sets of domains, every scope and ambiguity, and each shape that a row names,
// alone or none. Leaving out more loses nothing: domains that the same rows
// name stand for each other; of several shapes, a row that decides does so for
// one of them alone; a scope that nobody trusted found lowers no more than an
// unknown one, and raises no more than a founded one. The first rest of them
// have one set of domains, the next rest the next one.
func works(table []policy.Row) (list []route.Work, rest int) {
	domains := apart(len(task.Domains()), table, func(row policy.Row) route.Set { return route.DomainSet(row.Domains) })
	shapes := append(apart(len(signal.Shapes()), table, func(row policy.Row) route.Set { return route.ShapeSet(row.Shapes) }), 0)
	for _, set := range subsets(domains) {
		for scope := range task.CrossService + 1 {
			for ambiguity := task.Low; ambiguity <= task.High; ambiguity++ {
				for _, shape := range shapes {
					list = append(list, route.Work{
						Domains: set, Scope: scope, Ambiguity: ambiguity, Shapes: shape, FoundDomains: set != 0, FoundScope: scope != 0,
					})
				}
			}
		}
	}
	return list, len(list) >> len(domains)
}

// apart gives one value, as a set, for each group of values that the same rows
// name.
func apart(values int, table []policy.Row, of func(policy.Row) route.Set) []route.Set {
	var ones []route.Set
	seen := map[string]bool{}
	column := make([]byte, len(table))
	for v := range values {
		one := route.Set(1) << v
		for i, row := range table {
			column[i] = '0'
			if of(row)&one != 0 {
				column[i] = '1'
			}
		}
		if !seen[string(column)] {
			seen[string(column)] = true
			ones = append(ones, one)
		}
	}
	return ones
}

func subsets(ones []route.Set) []route.Set {
	sets := []route.Set{0}
	for _, one := range ones {
		for _, set := range sets[:len(sets):len(sets)] {
			sets = append(sets, set|one)
		}
	}
	return sets
}

// standing counts, for one piece of work, the rows that fit it, by side and
// tier.
type standing struct{ lower, raise [policy.Frontier + 1]uint16 }

// base is the lowest tier of the rows that lower, or the default.
func (s *standing) base(standard policy.Tier) policy.Tier {
	for t := policy.Local; t < standard; t++ {
		if s.lower[t] > 0 {
			return t
		}
	}
	return standard
}

// raised is the highest tier of the rows that raise, 0 where none does.
func (s *standing) raised() policy.Tier {
	for t := policy.Frontier; t > 0; t-- {
		if s.raise[t] > 0 {
			return t
		}
	}
	return 0
}

// deadRows holds a table with and without each row.
type deadRows struct {
	table      []policy.Row
	standard   policy.Tier
	works      []route.Work
	rest       int // how many works have one set of domains
	conditions []route.Condition
	fits       [][]uint16 // by row: the works that it fits
	stand      []standing // by work, of the rows that are left
	dead       []bool
}

// findDead says which rows change the place of no piece of work. Of rows that
// make each other needless the later ones are dead, and without all of the
// dead ones the table is still the same.
func findDead(table []policy.Row, standard policy.Tier) deadRows {
	d := deadRows{table: table, standard: standard, fits: make([][]uint16, len(table)), dead: make([]bool, len(table))}
	d.works, d.rest = works(table)
	d.stand = make([]standing, len(d.works))
	if len(d.works) > math.MaxUint16 {
		return d // there are at most 128·4·3·10
	}
	for i, row := range table {
		d.conditions = append(d.conditions, route.ConditionOf(row, standard))
		d.fits[i] = d.fitting(d.conditions[i])
		for _, at := range d.fits[i] {
			d.count(int(at), i, 1)
		}
	}
	for i := len(table) - 1; i >= 0; i-- {
		if d.matters(i) {
			continue
		}
		d.dead[i] = true
		for _, at := range d.fits[i] {
			d.count(int(at), i, ^uint16(0))
		}
	}
	return d
}

// fitting gives the works that a row fits. What it asks of domains and of the
// rest are asked once each.
func (d *deadRows) fitting(c route.Condition) []uint16 {
	var rest []uint16
	for at := range d.rest {
		if c.FitsRest(d.works[at]) {
			rest = append(rest, uint16(at))
		}
	}
	list := make([]uint16, 0, len(d.works)/d.rest*len(rest))
	for from := 0; from < len(d.works); from += d.rest {
		if !c.FitsDomains(d.works[from]) {
			continue
		}
		for _, at := range rest {
			list = append(list, uint16(from)+at)
		}
	}
	return list
}

// count adds to how many rows like one fit a work; ^0 takes one off.
func (d *deadRows) count(at, row int, n uint16) {
	t := d.table[row].Tier
	if t < d.standard {
		d.stand[at].lower[t] += n
	} else {
		d.stand[at].raise[t] += n
	}
}

// matters says that some work would stand elsewhere without the row.
func (d *deadRows) matters(i int) bool {
	tier := d.table[i].Tier
	for _, at := range d.fits[i] {
		s := d.stand[at]
		if tier < d.standard {
			s.lower[tier]--
		} else {
			s.raise[tier]--
		}
		base, raised := s.base(d.standard), s.raised()
		if tier < base && raised < base || tier >= d.standard && tier > max(base, raised) {
			return true
		}
	}
	return false
}
