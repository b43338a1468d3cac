package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func tableRowTooWide() Rule {
	return Rule{
		ID:       "table-row-too-wide",
		Severity: diag.Warning,
		Summary:  "a row that lowers admits work that has to stay frontier",
		Why: "A row below default: takes everything up to what it names. Work that is unclear is frontier whatever a row says; what lets people in, what changes " +
			"stored data and what reaches over several services is where a mistake is dear, and a brief about it has no diff yet that a must-frontier entry could hit. " +
			"A row whose shape leaves what the code does as it is may admit them.",
		Fix:    "Say medium and multi-file at most, list the domains that are meant, and give security, schema and cross-service a row of their own at frontier.",
		Bad:    Example{Text: minimal("table:\n  - when: { scope: cross-service, domain: [docs, security], ambiguity: high }\n    tier: efficient\n")},
		Good:   Example{Text: minimal("table:\n  - when: { scope: multi-file, domain: [docs], ambiguity: medium }\n    tier: efficient\n")},
		Policy: wideRows,
	}
}

func wideRows(p Policy, _ World) []Hit {
	var hits []Hit
	for _, row := range p.File.Table {
		if row.Tier >= p.File.Default || !p.owns(row.Pos) {
			continue
		}
		when := child(p.nodeAt(row.Pos), "when")
		hits = append(hits, highAmbiguity(p, row, when)...)
		if !harmless(row.Shapes) {
			hits = append(append(hits, wideScope(p, row, when)...), wideDomains(p, row, when)...)
		}
	}
	return hits
}

// harmless says that every shape leaves what the code does as it is.
func harmless(shapes []signal.Shape) bool {
	same := []signal.Shape{signal.CommentsOnly, signal.FormattingOnly, signal.ImportsReordered, signal.RenameOnly}
	return len(shapes) > 0 && !slices.ContainsFunc(shapes, func(s signal.Shape) bool { return !slices.Contains(same, s) })
}

// highAmbiguity finds the word that counts for nothing: the decision raises
// such work in any policy, so that medium says the same.
func highAmbiguity(p Policy, row policy.Row, when *yamltree.Node) []Hit {
	n := child(when, "ambiguity")
	if row.Ambiguity != task.High || n == nil {
		return nil
	}
	h := p.onValue(n, "work of high ambiguity stays frontier and never goes %s, whatever a row says: say medium here", row.Tier)
	h.Edits = p.instead(n, "medium")
	return []Hit{h}
}

func wideScope(p Policy, row policy.Row, when *yamltree.Node) []Hit {
	n := child(when, "scope")
	if row.Scope != task.CrossService || n == nil {
		return nil
	}
	if by := raisedBy(p.File, row, ""); by != "" {
		return []Hit{p.onValue(n, "%s keeps work over several services frontier, and this row says %s for it: say multi-file here", by, row.Tier)}
	}
	return []Hit{p.onValue(n, "this row takes work over several services to %s, where no one part shows what breaks: say multi-file, and give { scope: cross-service } a row at frontier", row.Tier)}
}

// wideDomains finds the domains that a row names, or lets in by naming none.
func wideDomains(p Policy, row policy.Row, when *yamltree.Node) []Hit {
	if len(row.Domains) == 0 {
		return openDomains(p, row, when)
	}
	var hits []Hit
	for _, item := range child(when, "domain").Items {
		d := task.Domain(item.Text)
		if !slices.Contains(dearDomains(), d) {
			continue
		}
		if by := raisedBy(p.File, row, d); by != "" {
			hits = append(hits, p.onValue(item, "%s keeps %s frontier, and this row says %s for it: take it out", by, d, row.Tier))
			continue
		}
		hits = append(hits, p.onValue(item, "this row takes work on %s to %s: take it out, and give { domain: [%s] } a row at frontier", d, row.Tier, d))
	}
	return hits
}

func dearDomains() []task.Domain { return []task.Domain{task.Security, task.Schema} }

// openDomains finds a row that names no domain, and so lets in those that
// nothing in the policy speaks of. A row that asks for a shape is narrow by it.
func openDomains(p Policy, row policy.Row, when *yamltree.Node) []Hit {
	if len(row.Shapes) > 0 || when == nil {
		return nil
	}
	var open []string
	for _, d := range dearDomains() {
		if raisedBy(p.File, row, d) == "" && !spokenOf(p.File.MustFrontier, d) {
			open = append(open, string(d))
		}
	}
	if len(open) == 0 {
		return nil
	}
	return []Hit{{Pos: when.Pos, Message: fmt.Sprintf("this row names no domain, so it takes work on %s to %s too: list the domains that are meant, or give { domain: [%s] } a row at frontier",
		strings.Join(open, " and "), row.Tier, strings.Join(open, ", "))}}
}

// spokenOf says that an entry is about a domain, by whatever it goes.
func spokenOf(entries []policy.MustFrontier, d task.Domain) bool {
	return slices.ContainsFunc(subjects(), func(s subject) bool {
		return slices.Contains(s.domains, d) && slices.ContainsFunc(entries, s.spokenOf)
	})
}

// raisedBy names what keeps all work frontier that a row lowers and that is in
// a domain, or, without one, over several services; "" for nothing that is
// sure to.
func raisedBy(f *policy.File, row policy.Row, d task.Domain) string {
	for _, e := range f.MustFrontier {
		if d != "" && slices.Contains(e.Domains, d) {
			return fmt.Sprintf("the must_frontier entry %s", e.ID)
		}
	}
	for _, placing := range f.Placings() {
		for _, other := range placing.Table {
			if other.Tier == policy.Frontier && other.Ambiguity == 0 && raises(other, row, d) {
				return "the row at " + lineOf(other.Pos, row.Pos)
			}
		}
	}
	return ""
}

// lineOf names a place beside another one.
func lineOf(pos, beside diag.Position) string {
	if pos.File == beside.File {
		return fmt.Sprintf("line %d", pos.Line)
	}
	return fmt.Sprintf("%s:%d", pos.File, pos.Line)
}

// raises says that a row at frontier is met by all work that a row lowers and
// that is in a domain, or over several services.
func raises(other, row policy.Row, d task.Domain) bool {
	if d != "" {
		return other.Scope == 0 && (len(other.Domains) == 0 || slices.Contains(other.Domains, d))
	}
	within := len(row.Domains) > 0 && !slices.ContainsFunc(row.Domains, func(d task.Domain) bool { return !slices.Contains(other.Domains, d) })
	return len(other.Domains) == 0 || within
}
