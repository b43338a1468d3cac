package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
)

func annotationMissing() Rule {
	return Rule{
		ID:       "annotation-missing",
		Severity: diag.Note,
		Summary:  "the brief carries no annotation",
		Why:      "Without scope, domain and ambiguity in its author's words, the work is placed by what can be measured alone, and what is not known is not small.",
		Fix:      "Add [scope: …] [domain: …] [ambiguity: …] to the brief.",
		Bad:      Example{Text: "Fix the typo \"recieve\" in docs/setup.md.\n"},
		Good:     Example{Text: "Fix the typo \"recieve\" in docs/setup.md. [scope: single-file] [domain: docs] [ambiguity: low]\n"},
		Brief: func(b Brief, _ World) []Hit {
			found, _ := task.FindAnnotation(b.Text)
			if !found.Empty() || !b.Annotation.Empty() {
				return nil
			}
			return []Hit{{Pos: b.At(1, 1), Message: "no annotation: add [scope: …] [domain: …] [ambiguity: …]"}}
		},
	}
}
