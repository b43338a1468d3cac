package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
)

func acceptanceMissing() Rule {
	return Rule{
		ID:       "acceptance-missing",
		Severity: diag.Note,
		Summary:  "the brief does not say how one sees that the work is done",
		Why:      "Where nobody says what done means, a model decides it, and whoever reviews the output holds it against nothing.",
		Fix:      "Add a sentence with should or must, the expected output, or the test that has to pass.",
		Bad:      Example{Text: "Add a retry to the upload client in client/upload.go.\n"},
		Good:     Example{Text: "Add a retry to the upload client in client/upload.go: a 503 should be tried again twice, a 400 never.\n"},
		Brief: func(b Brief, _ World) []Hit {
			o := b.outline()
			behaves := slices.ContainsFunc(o.Domains, func(d task.Domain) bool {
				return d == task.Feature || d == task.Security || d == task.Schema
			})
			if o.Ends || !behaves || len(o.Asks) == 0 || o.Ambiguity == task.High {
				return nil
			}
			at := b.Offset(o.Asks[0].At)
			return []Hit{{Pos: at, End: at.Col + len(o.Asks[0].Verb), Message: "nothing says how one sees that this is done: add what should happen, or the test that has to pass"}}
		},
	}
}
