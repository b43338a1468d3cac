package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
)

func tableRowDead() Rule {
	return Rule{
		ID:       "table-row-dead",
		Severity: diag.Error,
		Summary:  "a row of the table can never count",
		Why: "Somebody wrote the row to place work, and no work is placed by it: other rows decide wherever it fits. " +
			"The table is held, with and without the row, against every set of domains, scope, ambiguity and shape.",
		Fix:  "Take the row out, or narrow the row that covers it.",
		Bad:  Example{Text: minimal("table:\n  - when: { domain: [docs, config], ambiguity: medium }\n    tier: efficient\n  - when: { domain: [docs], ambiguity: low }\n    tier: efficient\n")},
		Good: Example{Text: minimal("table:\n  - when: { domain: [docs, config], ambiguity: low }\n    tier: efficient\n  - when: { domain: [docs], ambiguity: medium }\n    tier: efficient\n")},
		Policy: func(p Policy, _ World) []Hit {
			d := findDead(p.File.Table, p.File.Default)
			var hits []Hit
			for i, row := range p.File.Table {
				if d.dead[i] && p.owns(row.Pos) {
					hits = append(hits, Hit{Pos: row.Pos, Message: fmt.Sprintf("this row can never count: %s; take it out, or narrow what covers it", d.why(i))})
				}
			}
			return hits
		},
	}
}
