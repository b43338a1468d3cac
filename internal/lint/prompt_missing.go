package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
)

func promptMissing() Rule {
	const text = "tasks:\n  dependency-notes: { prompt: .github/prompts/notes.md, kind: tells, tier: efficient, caught_by: [advisory] }\n"
	return Rule{
		ID:       "prompt-missing",
		Severity: diag.Error,
		Summary:  "a task of the policy's own names a file that is not in the repository",
		Why:      "The prompt and the schema are read at the base commit. A file that is not there stops every run of the task.",
		Fix:      "Correct the path, or add the file in the same pull request.",
		Needs:    []Need{NeedsTree},
		Bad:      Example{Text: minimal(text), World: World{Tree: &Tree{Paths: []string{".github/prompts/dependency-notes.md"}}}},
		Good:     Example{Text: minimal(text), World: World{Tree: &Tree{Paths: []string{".github/prompts/notes.md"}}}},
		Policy: func(p Policy, w World) []Hit {
			var hits []Hit
			for _, row := range p.File.Tasks {
				if row.Custom == nil || !p.owns(row.Pos) {
					continue
				}
				for _, key := range []string{"prompt", "schema"} {
					if n := p.under("tasks", row.ID, key); n != nil && !slices.Contains(w.Tree.Paths, n.Text) {
						hits = append(hits, p.onValue(n, "no file %.60q is here, and %.60s cannot run without it: correct the path, or add the file", n.Text, row.ID))
					}
				}
			}
			return hits
		},
	}
}
