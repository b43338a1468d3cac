package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

func mustFrontierRepeated() Rule {
	const text = "must_frontier:\n  - { id: auth, why: a wrong check lets people in, paths: [\"src/auth/**\"] }\n  - { id: money, why: money moves, paths: [\"%s/**\"] }\n"
	return Rule{
		ID:       "must-frontier-repeated",
		Severity: diag.Note,
		Summary:  "a pattern stands in two must-frontier entries of the same reach",
		Why:      "The second one changes no decision: each change shows two reasons for one cause, and whoever narrows one of the entries finds that nothing happens.",
		Fix:      "Leave the pattern in the entry whose why: it is.",
		Bad:      Example{Text: minimal(replaced(text, "src/auth"))},
		Good:     Example{Text: minimal(replaced(text, "src/billing"))},
		Policy:   repeatedPatterns,
	}
}

func repeatedPatterns(p Policy, _ World) []Hit {
	var hits []Hit
	for i, e := range p.File.MustFrontier {
		for _, n := range p.items(e.Pos, "paths") {
			for _, earlier := range p.File.MustFrontier[:i] {
				if sameReach(earlier, e) && hasPattern(earlier, n.Text) {
					hits = append(hits, p.onValue(n, "%.60q stands in entry %s at line %d already: leave it where its why fits", n.Text, earlier.ID, earlier.Pos.Line))
					break
				}
			}
		}
	}
	return hits
}

func sameReach(a, b policy.MustFrontier) bool {
	x, y := slices.Clone(a.Tasks), slices.Clone(b.Tasks)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func hasPattern(e policy.MustFrontier, text string) bool {
	for _, g := range e.Paths {
		if g.String() == text {
			return true
		}
	}
	return false
}
