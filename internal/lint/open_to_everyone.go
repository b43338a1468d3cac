package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
)

func openToEveryone() Rule {
	return Rule{
		ID:       "open-to-everyone",
		Severity: diag.Warning,
		Summary:  "the action's own question, who is asking, is turned off",
		Why: "These actions refuse whoever may not write to the repository. A * lets everybody in. In February 2026 one such line, and the title of an issue, ended with a stolen release token and about 4,000 installations of a stranger's package. " +
			"An environment counts as a question of its own, though whether somebody has to approve cannot be seen from here.",
		Fix:  "Take the input out, or name the accounts that may. Where strangers must be served, give the job no secret but the key and no permission to write.",
		Bad:  Example{Text: exampleOpen("          allowed_non_write_users: \"*\"\n")},
		Good: Example{Text: exampleOpen("          allowed_non_write_users: helpful-person\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			var hits []Hit
			for _, c := range f.byHand() {
				input, value := letsEveryoneIn(c)
				open := f.unguarded(c)
				if value == nil || len(open) == 0 {
					continue
				}
				who := "everybody"
				if strings.Contains(input, "bots") {
					who = "every GitHub app, also a stranger's, "
				}
				hits = append(hits, Hit{Pos: value.Pos, End: f.Span(value), As: f.harm(c), Message: fmt.Sprintf(
					"%s: * lets %s start this on %s, with your key: name who may", input, strings.TrimSpace(who), eventNames(open))})
			}
			return once(hits)
		},
	}
}

// harm is an error where more than a label or a comment is at stake: the words
// of strangers stand in the prompt, or the job may change the repository, or
// does not say what it may.
func (f Workflow) harm(c workflow.Call) diag.Severity {
	h, writes := f.mayWrite(c)
	silent := c.Job.Permissions == nil && f.File.Permissions == nil
	if silent || writes && h.As > diag.Note || len(f.strangers(c)) > 0 {
		return diag.Error
	}
	return diag.Warning
}

func exampleOpen(with string) string {
	return `name: triage
on:
  issues:
    types: [opened]
permissions: { contents: read, issues: write }
concurrency: triage-${{ github.event.issue.number }}
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@0123456789012345678901234567890123456789 # v1
        with:
          anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}
          github_token: ${{ secrets.GITHUB_TOKEN }}
          claude_args: --model claude-haiku-5-5 --max-turns 5
          prompt: Label issue ${{ github.event.issue.number }}.
` + with
}
