package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func secretsOnForkEvents() Rule {
	return Rule{
		ID:       "secrets-on-fork-events",
		Severity: diag.Error,
		Summary:  "anybody can start a step that holds a key",
		Why: "Runs of issue_comment, issues, pull_request_target and workflow_run hold the repository's secrets, whoever raised the event. A stranger then spends your money, and their words stand beside your key. " +
			"An environment counts as a question, though whether somebody has to approve cannot be seen from here.",
		Fix:  "Ask who it was before the step runs: author_association in if:, a label that only a maintainer sets, or an environment with reviewers.",
		Bad:  Example{Text: exampleTriage("")},
		Good: Example{Text: exampleTriage("    if: contains(fromJSON('[\"OWNER\", \"MEMBER\", \"COLLABORATOR\"]'), github.event.comment.author_association)\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			var hits []Hit
			for _, c := range f.byHand() {
				open := f.unguarded(c)
				secrets := f.secrets(c)
				if len(open) == 0 || len(secrets) == 0 || asksWhoActs(c) {
					continue
				}
				hits = append(hits, Hit{Pos: secrets[0].pos, End: secrets[0].end, Message: fmt.Sprintf(
					"%s is in reach of whoever raises %s: let if: ask for author_association, a label or an environment first",
					secrets[0].text, eventNames(open))})
			}
			return once(hits)
		},
	}
}

// exampleTriage gives a workflow on comments, with lines in its job.
func exampleTriage(job string) string {
	return `name: answer
on: issue_comment
permissions: { contents: read }
concurrency: answer-${{ github.event.issue.number }}
jobs:
  answer:
` + job + `    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-base-action@0123456789012345678901234567890123456789 # v1
        with:
          anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}
          model: claude-haiku-5-5
          max_turns: 5
          prompt_file: .github/prompts/answer.md
`
}

var secretIn = lazily(`(?i)\bsecrets\.[a-z_][a-z0-9_]*|\bsecrets\[[^\]]*\]`)

// secrets gives the secrets that a call can read, its own step's first. The
// job's own token is none: what it may do stands under permissions:.
func (f Workflow) secrets(c workflow.Call) []place {
	var list []place
	for _, entries := range [][]yamltree.Entry{c.Step.With, c.Step.Env, c.Job.Env, f.File.Env} {
		for _, e := range entries {
			list = append(list, f.secretsOf(e.Value)...)
		}
	}
	return list
}

func (f Workflow) secretsOf(n *yamltree.Node) []place {
	return remember(f.memory, func(m *memory) map[*yamltree.Node][]place { return m.secrets }, n, func() []place {
		return slices.DeleteFunc(f.pieces(n, secretIn()), func(p place) bool { return strings.EqualFold(p.text, "secrets.GITHUB_TOKEN") })
	})
}

// once drops hits at a place that has one: what an anchor repeats is read
// more than once and stands in one place.
func once(hits []Hit) []Hit {
	var kept []Hit
	seen := map[diag.Position]bool{}
	for _, h := range hits {
		if !seen[h.Pos] {
			kept = append(kept, h)
		}
		seen[h.Pos] = true
	}
	return kept
}
