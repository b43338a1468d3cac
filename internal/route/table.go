package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// described is what rows of the table are held against. The founded parts are
// those that files or trusted words found: only they make a lowering row fit.
type described struct {
	domains      []task.Domain
	scope        task.Scope
	ambiguity    task.Ambiguity
	shapes       []signal.Shape
	foundDomains bool
	foundScope   bool
}

func describe(f signal.Facts) described {
	return described{
		domains: f.Domains, scope: f.Scope, ambiguity: f.Ambiguity, shapes: f.Shapes,
		foundDomains: len(f.Founded.Domains) > 0, foundScope: f.Founded.Scope != 0,
	}
}

// placeByTable gives one reason for the base (the lowest lowering row that
// fits everything, else default:) and one for each row that raises. More facts
// make fewer rows lower and more rows raise, so the place never sinks.
//
// A policy that extends another one has the tables of both. Each places by
// itself, and the highest place counts.
func placeByTable(in Input) []Reason {
	var reasons []Reason
	for _, p := range in.Policy.Placings() {
		reasons = append(reasons, base(in.Facts, p, describe(in.Facts)))
		for _, row := range p.Table {
			if row.Tier >= p.Default && raisesTo(row, describe(in.Facts)) {
				reasons = append(reasons, Reason{Rule: "table", Tier: row.Tier, Policy: row.Pos, Text: rowText(row)})
			}
		}
	}
	return append(reasons, differs(in)...)
}

func base(f signal.Facts, p policy.Placing, d described) Reason {
	best := Reason{Rule: "default", Tier: p.Default, Text: fmt.Sprintf("no table row%s fits all that is known (%s): default, %s", of(p), known(f), p.Default)}
	for _, row := range p.Table {
		if row.Tier < best.Tier && lowers(row, d) {
			best = Reason{Rule: "table", Tier: row.Tier, Policy: row.Pos, Text: rowText(row)}
		}
	}
	return best
}

// of names the file of a placing that is not the policy's own.
func of(p policy.Placing) string {
	if p.Name == "" {
		return ""
	}
	return " of " + p.Name
}

// lowers says that a row fits everything. A condition that the row does not
// name restricts nothing; a fact that nobody trusted has found fits no
// condition, and an empty set of domains fits no lowering row at all. Of the
// shapes that a row lists the whole change must have one.
func lowers(row policy.Row, d described) bool {
	if !d.foundDomains || row.Scope != 0 && (!d.foundScope || d.scope > row.Scope) {
		return false
	}
	if row.Ambiguity != 0 && d.ambiguity > row.Ambiguity {
		return false
	}
	if len(row.Shapes) > 0 && !slices.ContainsFunc(row.Shapes, func(s signal.Shape) bool { return slices.Contains(d.shapes, s) }) {
		return false
	}
	return len(row.Domains) == 0 || !slices.ContainsFunc(d.domains, func(domain task.Domain) bool { return !slices.Contains(row.Domains, domain) })
}

// raisesTo says that each condition of a row is met by something.
func raisesTo(row policy.Row, d described) bool {
	if row.Scope != 0 && d.scope < row.Scope || row.Ambiguity != 0 && d.ambiguity < row.Ambiguity {
		return false
	}
	return len(row.Domains) == 0 || slices.ContainsFunc(d.domains, func(domain task.Domain) bool { return slices.Contains(row.Domains, domain) })
}

// tableTier is the whole place, as one tier.
func tableTier(in Input, d described) policy.Tier {
	var tier policy.Tier
	for _, p := range in.Policy.Placings() {
		tier = max(tier, base(in.Facts, p, d).Tier)
		for _, row := range p.Table {
			if row.Tier >= p.Default && raisesTo(row, d) {
				tier = max(tier, row.Tier)
			}
		}
	}
	return tier
}

// differs shows where declared and inferred annotation disagree. Both stand in
// the facts already, so the place is at least the higher of the two: this
// reason explains it, and cannot go above it.
func differs(in Input) []Reason {
	declared, inferred := in.Facts.Declared, in.Facts.Inferred
	parts := differing(declared, inferred)
	if len(parts) == 0 {
		return nil
	}
	d, i := describe(in.Facts), describe(in.Facts)
	if len(declared.Domains) > 0 && len(inferred.Domains) > 0 {
		d.domains, i.domains = declared.Domains, inferred.Domains
	}
	if declared.Scope != 0 && inferred.Scope != 0 {
		d.scope, i.scope = declared.Scope, inferred.Scope
	}
	if declared.Ambiguity != 0 && inferred.Ambiguity != 0 {
		d.ambiguity, i.ambiguity = declared.Ambiguity, inferred.Ambiguity
	}
	return []Reason{{
		Rule: "annotation-differs", Tier: max(tableTier(in, d), tableTier(in, i)),
		Text: "declared and inferred differ (" + strings.Join(parts, "; ") + "): the higher place counts",
	}}
}

func differing(a, b task.Annotation) []string {
	var parts []string
	if a.Scope != 0 && b.Scope != 0 && a.Scope != b.Scope {
		parts = append(parts, fmt.Sprintf("scope %s, %s", a.Scope, b.Scope))
	}
	if len(a.Domains) > 0 && len(b.Domains) > 0 && !slices.Equal(a.Domains, b.Domains) {
		parts = append(parts, fmt.Sprintf("domain %s, %s", domainWords(a.Domains), domainWords(b.Domains)))
	}
	if a.Ambiguity != 0 && b.Ambiguity != 0 && a.Ambiguity != b.Ambiguity {
		parts = append(parts, fmt.Sprintf("ambiguity %s, %s", a.Ambiguity, b.Ambiguity))
	}
	return parts
}
