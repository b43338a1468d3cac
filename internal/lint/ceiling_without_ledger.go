package lint

import (
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
)

func ceilingWithoutLedger() Rule {
	step := func(with string) World {
		return World{Workflows: &[]Workflow{exampleUse(with)}}
	}
	text := minimal("budget: { run_usd: 2.00, pull_request_usd: 5.00 }\n")
	return Rule{
		ID:       "ceiling-without-ledger",
		Severity: diag.Error,
		Summary:  "a ceiling over several runs is set, and no workflow keeps what they cost",
		Why:      "What a pull request, a day or a person has cost stands in the ledger alone. Without one each run begins at nothing, and the ceiling never holds.",
		Fix:      "Give the input ledger in the workflow, git:BRANCH or a folder that the runners share, or take the ceiling out.",
		Needs:    []Need{NeedsWorkflows},
		Bad:      Example{Text: text, World: step("task: code-review")},
		Good:     Example{Text: text, World: step("ledger: file:.tierwise")},
		Policy:   ceilingsWithoutLedger,
	}
}

func ceilingsWithoutLedger(p Policy, w World) []Hit {
	uses, kept := ledgerUses(*w.Workflows)
	if uses == 0 || kept {
		return nil
	}
	var hits []Hit
	for _, key := range []string{"pull_request_usd", "day_usd", "actor_day_usd"} {
		n := p.under("budget")
		if child(n, key) == nil {
			continue
		}
		h := p.onKey("budget", "%s needs what earlier runs cost, and no step here that uses tierwise (%d of them) keeps a ledger that a run can read (artifact: is none): the ceiling never holds; give the input ledger, git:BRANCH or file:DIR", key, uses)
		hits = append(hits, p.onEntry(n, key, h))
	}
	return hits
}

// ledgerUses counts the steps that use the program, and says whether one of
// them keeps a ledger.
func ledgerUses(files []Workflow) (uses int, kept bool) {
	for _, f := range files {
		for _, job := range f.File.Jobs {
			for _, step := range job.Steps {
				if with, ok := tierwiseStep(step); ok {
					uses++
					kept = kept || with
				}
			}
		}
	}
	return uses, kept
}

// tierwiseStep tells the action by its name, and the command in a run: line.
func tierwiseStep(s workflow.Step) (ledger, ok bool) {
	if s.Uses != nil {
		action, _, _ := strings.Cut(strings.ToLower(s.Uses.Text), "@")
		parts := strings.Split(action, "/")
		if parts[len(parts)-1] != "tierwise" && !strings.HasSuffix(action, "/tierwise/tierwise") {
			return false, false
		}
		n := workflow.Value(s.With, "ledger")
		return n != nil && holdsCeilings(strings.TrimSpace(n.Text)), true
	}
	if s.Run == nil {
		return false, false
	}
	for line := range strings.Lines(s.Run.Text) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "tierwise" && words[1] == "run" {
			return strings.Contains(s.Run.Text, "--ledger"), true
		}
	}
	return false, false
}

// holdsCeilings says that a later run can read what an address keeps before it
// spends: artifacts are read by the report alone.
func holdsCeilings(ledger string) bool {
	return ledger != "" && !strings.HasPrefix(strings.ToLower(ledger), "artifact:")
}

// exampleUse is a workflow with one step that uses the program.
func exampleUse(with string) Workflow {
	const name = ".github/workflows/ai.yml"
	text := "on: pull_request\njobs:\n  ai:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: tierwise/tierwise@v1\n        with: { " + with + " }\n"
	file, _ := workflow.Parse(name, []byte(text))
	return Workflow{Source: NewSource(name, []byte(text)), File: file}
}
