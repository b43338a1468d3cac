package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

func describe(f signal.Facts) Work {
	return Work{
		Domains: DomainSet(f.Domains), Scope: f.Scope, Ambiguity: f.Ambiguity, Shapes: ShapeSet(f.Shapes),
		FoundDomains: len(f.Founded.Domains) > 0, FoundScope: f.Founded.Scope != 0,
	}
}

// placeByTable gives one reason for the base (the lowest lowering row that
// fits everything, else default:) and one for each row that raises. More facts
// make fewer rows lower and more rows raise, so the place never sinks.
func placeByTable(in Input) []Reason {
	work := describe(in.Facts)
	reasons := []Reason{base(in, work)}
	for _, row := range in.Policy.Table {
		if c := ConditionOf(row, in.Policy.Default); !c.Lowers && c.Fits(work) {
			reasons = append(reasons, Reason{Rule: "table", Tier: row.Tier, Policy: row.Pos, Text: rowText(row)})
		}
	}
	return append(reasons, differs(in)...)
}

func base(in Input, w Work) Reason {
	best := Reason{Rule: "default", Tier: in.Policy.Default, Text: fmt.Sprintf("no table row fits all that is known (%s): default, %s", known(in.Facts), in.Policy.Default)}
	for _, row := range in.Policy.Table {
		if row.Tier < best.Tier && ConditionOf(row, in.Policy.Default).Fits(w) {
			best = Reason{Rule: "table", Tier: row.Tier, Policy: row.Pos, Text: rowText(row)}
		}
	}
	return best
}

// tableTier is the whole place, as one tier.
func tableTier(in Input, w Work) policy.Tier {
	tier := base(in, w).Tier
	for _, row := range in.Policy.Table {
		if c := ConditionOf(row, in.Policy.Default); !c.Lowers && c.Fits(w) {
			tier = max(tier, row.Tier)
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
		d.Domains, i.Domains = DomainSet(declared.Domains), DomainSet(inferred.Domains)
	}
	if declared.Scope != 0 && inferred.Scope != 0 {
		d.Scope, i.Scope = declared.Scope, inferred.Scope
	}
	if declared.Ambiguity != 0 && inferred.Ambiguity != 0 {
		d.Ambiguity, i.Ambiguity = declared.Ambiguity, inferred.Ambiguity
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
