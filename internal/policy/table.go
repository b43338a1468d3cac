package policy

import (
	"slices"

	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// defaultTier reads default:, the place of a brief that no row of the table
// fits. It is mid where the key is absent.
func (r *reader) defaultTier(n *yamltree.Node) Tier {
	if t := r.tier(n, "default"); t != 0 {
		return t
	}
	return Mid
}

// table reads the rows that place a brief without a task. A row below standard
// lowers.
func (r *reader) table(n *yamltree.Node, standard Tier) []Row {
	var rows []Row
	for _, item := range r.optionalList(n, "table") {
		row := r.tableRow(item)
		r.shapesLower(row, standard)
		rows = append(rows, row)
	}
	return rows
}

func (r *reader) tableRow(n *yamltree.Node) Row {
	s := r.section(n, "a row of the table", "+when", "+tier")
	conditions := s.get("when")
	when := r.section(conditions, "when", "scope", "domain", "ambiguity", "shape")
	if conditions != nil && conditions.Kind == yamltree.Mapping && len(conditions.Entries) == 0 {
		r.report(conditions.Pos, idNoCondition, "this row has no condition and would fit every brief; use default for that")
	}
	return Row{
		Scope:     r.scope(when.get("scope")),
		Domains:   r.domains(when.get("domain")),
		Ambiguity: r.ambiguity(when.get("ambiguity")),
		Shapes:    r.shapes(when.get("shape")),
		Tier:      r.tier(s.get("tier"), "the table"),
		Pos:       s.pos,
	}
}

// shapes reads shapes of work.
func (r *reader) shapes(n *yamltree.Node) []signal.Shape {
	var shapes []signal.Shape
	for _, word := range r.words(r.list(n, "shape"), "shape", idUnknownShape, shapeWords()) {
		shapes = append(shapes, signal.Shape(word))
	}
	return shapes
}

// shapesLower refuses a shape in a row that does not lower: more diff can only
// take a shape away, so that such a row would raise a small change alone.
func (r *reader) shapesLower(row Row, standard Tier) {
	if len(row.Shapes) > 0 && row.Tier >= standard {
		r.report(row.Pos, idShapeRaises, "a shape may only stand in a row below default (%s), and this one says %s", standard, row.Tier)
	}
}

func (r *reader) scope(n *yamltree.Node) task.Scope {
	return task.Scope(slices.Index(scopeWords(), r.word(n, "scope", idUnknownValue, scopeWords())) + 1)
}

func (r *reader) ambiguity(n *yamltree.Node) task.Ambiguity {
	return task.Ambiguity(slices.Index(ambiguityWords(), r.word(n, "ambiguity", idUnknownValue, ambiguityWords())) + 1)
}
