package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
)

func annotationMissing() Rule {
	return Rule{
		ID:       "annotation-missing",
		Severity: diag.Note,
		Summary:  "the brief carries no annotation",
		Why: "Without scope, domain and ambiguity in its author's words the work is placed by what can be measured alone, and what is not known is not small. " +
			"The suggestion is what the words lead to: whether it is right only their author knows.",
		Fix:  "Add the annotation to the brief, or pass it with --annotation.",
		Bad:  Example{Text: "Fix the typo in the title of docs/setup.md.\n"},
		Good: Example{Text: "Fix the typo in the title of docs/setup.md. [scope: single-file] [domain: docs] [ambiguity: low]\n"},
		Brief: func(b Brief, _ World) []Hit {
			_, mistakes := task.FindAnnotation(b.Text)
			o := b.outline()
			if !b.declared().Empty() || len(mistakes) > 0 || o.Ambiguity == task.High || len(o.Asks) == 0 {
				return nil // what is vague or malformed has a rule of its own
			}
			pos, end := b.whole()
			return []Hit{{Pos: pos, End: end, Message: fmt.Sprintf("no annotation says how far this reaches; if it is right, add %s", suggestion(o))}}
		},
	}
}
