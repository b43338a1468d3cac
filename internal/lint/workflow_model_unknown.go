package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
)

func workflowModelUnknown() Rule {
	return Rule{
		ID:       "workflow-model-unknown",
		Severity: diag.Warning,
		Summary:  "a workflow names a model that is not known",
		Why: "A slip in a model's id is found by the first call that fails, on somebody's pull request. " +
			"Ids of clouds and gateways, and of models behind another base URL, are not judged.",
		Fix:  "Correct the id. Where it is right and newer than this program, say so with a suppression that ends.",
		Bad:  Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5.5 --max-turns 5\n")},
		Good: Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")},
		Workflow: func(f Workflow, w World) []Hit {
			var hits []Hit
			for _, c := range f.calls(w) {
				m, ok := w.calledOf(c)
				if !ok || m.known || m.alias || m.resold || m.provider == "" || c.Agent.ID == "reusable-workflow" {
					continue
				}
				advice := "check the id"
				if near := ModelNear(m.provider, m.id); near != "" {
					advice = "did you mean " + near + "?"
				}
				hits = append(hits, f.onModel(c, fmt.Sprintf("no model %.60q of %s is known: %s", m.id, m.provider, advice)))
			}
			return hits
		},
	}
}
