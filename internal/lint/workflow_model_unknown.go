package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
)

func workflowModelUnknown() Rule {
	return Rule{
		ID:       "workflow-model-unknown",
		Severity: diag.Warning,
		Summary:  "a workflow names a model that is not known",
		Why: "A slip in a model's id is found by the first call that fails, on somebody's pull request. " +
			"Ids of clouds and gateways, of models behind another base URL, and other versions of a known model are not judged.",
		Fix:      "Correct the id. Where it is right and newer than this program, say so with a suppression that ends.",
		Bad:      Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5.5 --max-turns 5\n")},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")},
		Workflow: unknownCalls,
	}
}

func unknownCalls(f Workflow, w World) []Hit {
	var hits []Hit
	for c := range f.modelled(w) {
		m, ok := w.calledOf(c)
		if !ok || m.known || m.alias || m.resold || m.provider == "" || c.Agent.ID == "reusable-workflow" || isVersion(m.provider, m.id) {
			continue
		}
		switch near := ModelNear(m.provider, m.id); {
		case near != "":
			hits = append(hits, f.onModel(c, fmt.Sprintf("no model %.60q of %s is known: did you mean %s?", m.id, m.provider, near)))
		case !namedLike(m.provider, m.id):
			hits = append(hits, f.onModel(c, fmt.Sprintf("%s has no models of a name like %.60q: check the id", m.provider, m.id)))
		}
	}
	return hits
}

// isVersion says that an id differs from a known one in its numbers alone: it
// may be an older model, or one that is newer than this program.
func isVersion(provider, id string) bool {
	shape := digits().ReplaceAllString(id, "0")
	for _, m := range models() {
		if m.Provider == provider && digits().ReplaceAllString(m.ID, "0") == shape {
			return true
		}
	}
	return false
}

var digits = lazily(`[0-9]+`)

// namedLike says that an id begins as the vendor's do.
func namedLike(provider, id string) bool {
	begins := map[string]string{"anthropic": "claude", "openai": "gpt o1 o3 o4 chatgpt codex ft: text- davinci computer-use", "gemini": "gemini gemma learnlm imagen"}
	for _, word := range strings.Fields(begins[provider]) {
		if strings.HasPrefix(id, word) {
			return true
		}
	}
	return begins[provider] == ""
}
