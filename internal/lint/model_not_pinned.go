package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
)

func modelNotPinned() Rule {
	return Rule{
		ID:       "model-not-pinned",
		Severity: diag.Warning,
		Summary:  "a step calls a model without naming it",
		Why:      "The default of an action changes without a commit here: what a run costs and how good it is then change too, and nobody reviewed it.",
		Fix:      "Name the model where the action reads it.",
		Bad:      Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n")},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			var hits []Hit
			for _, c := range f.Calls {
				if c.Model == nil {
					hits = append(hits, Hit{Pos: c.Step.Uses.Pos, End: f.Span(c.Step.Uses), Message: fmt.Sprintf("%s takes whatever model is its default today: name one", c.Agent.ID)})
				}
			}
			return hits
		},
	}
}

// exampleWorkflow gives a small workflow with one step that calls a model,
// with lines under its with:.
func exampleWorkflow(with string) string {
	return `name: changelog
on: pull_request
permissions: { contents: read }
concurrency: changelog-${{ github.ref }}
jobs:
  changelog:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@0123456789012345678901234567890123456789 # v1
        with:
          anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}
` + with
}
