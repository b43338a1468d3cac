package lint

import (
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
)

func fullOutputShown() Rule {
	return Rule{
		ID:       "full-output-shown",
		Severity: diag.Warning,
		Summary:  "everything that the model's tools read is printed into the log",
		Why:      "The log of a public repository is public. Tool results hold files, environment variables and answers of other services, and the platform masks only what it knows as a secret, letter by letter.",
		Fix:      "Set show_full_output to false, or leave it out; turn it on for one run by hand.",
		Bad:      Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          show_full_output: true\n")},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          show_full_output: false\n")},
		Workflow: func(f Workflow, w World) []Hit {
			if w.Platform != nil && !w.Platform.Public {
				return nil
			}
			var hits []Hit
			for _, c := range f.byHand() {
				n := workflow.Value(c.Step.With, "show_full_output")
				if n == nil || !strings.EqualFold(n.Text, "true") {
					continue
				}
				h := Hit{Pos: n.Pos, End: f.Span(n), Message: "show_full_output prints every tool result into the log, keys in files included: set it to false"}
				if h.End > 0 && !f.remarked(n.Pos.Line) {
					h.Edits = []Edit{{Start: h.Pos, End: f.At(h.Pos.Line, h.End), Text: "false"}}
				}
				hits = append(hits, h)
			}
			return once(hits)
		},
	}
}

// remarked says whether a comment on a line, or alone on the one above, may
// give the reason for what stands there.
func (f Workflow) remarked(line int) bool {
	return strings.Contains(f.Line(line), " #") || strings.HasPrefix(strings.TrimSpace(f.Line(line-1)), "#")
}
