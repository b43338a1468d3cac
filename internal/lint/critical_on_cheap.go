package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

func criticalOnCheap() Rule {
	return Rule{
		ID:       "critical-on-cheap",
		Severity: diag.Warning,
		Summary:  "a review or a security scan is pinned to a model below frontier",
		Why: "Nothing stands behind a reviewer: what it does not see is merged. The price of a review is small beside that of a hole. " +
			"The task is told from the action, from names and from the prompt. An efficient model is an error. " +
			"Where a matrix has a frontier model too, the others are its second readers and no finding.",
		Fix:  "Name a frontier model, and save on the tasks whose bad outputs are caught.",
		Bad:  Example{Text: exampleReview("claude-haiku-5-5")},
		Good: Example{Text: exampleReview("claude-opus-5-5")},
		Workflow: func(f Workflow, w World) []Hit {
			var hits []Hit
			file := w.rules()
			for c := range f.modelled(w) {
				m, ok := w.calledOf(c)
				if !ok || !isCritical(c.Task) || m.facts.Class == 0 || m.facts.Class == policy.Frontier || w.besideFrontier(c) {
					continue
				}
				advice := "take one of tier frontier"
				if id := fromPool(file, policy.Frontier, m.provider); id != "" && !m.resold {
					advice = "take " + id
				}
				h := f.onModel(c, fmt.Sprintf("nobody catches what a %s misses, and %s is a model of class %s: %s", c.Task, m.id, m.facts.Class, advice))
				if m.facts.Class == policy.Efficient && c.Model.When == "" {
					h.As = diag.Error
				}
				hits = append(hits, h)
			}
			return hits
		},
	}
}

// exampleReview gives a small workflow that scans with a model.
func exampleReview(model string) string {
	return `name: security
on: pull_request
permissions: { contents: read, pull-requests: write }
concurrency: security-${{ github.ref }}
jobs:
  scan:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: anthropics/claude-code-security-review@0123456789012345678901234567890123456789 # main
        with:
          claude-api-key: ${{ secrets.ANTHROPIC_API_KEY }}
          claude-model: ` + model + "\n"
}
