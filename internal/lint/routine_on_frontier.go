package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func routineOnFrontier() Rule {
	return Rule{
		ID:       "routine-on-frontier",
		Severity: diag.Warning,
		Summary:  "a routine task is pinned to a frontier model",
		Why: "A changelog entry, a summary or a page of documentation is read before it counts, so that a bad one is caught. " +
			"A frontier model for it costs many times as much for the same tokens. The task is told from names and prompt. " +
			"What a run costs is told as an example, at list price: how many tokens it takes cannot be seen here.",
		Fix:      "Name the model that the policy has for such tasks, or let tierwise route the task.",
		Bad:      Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-opus-5-5 --max-turns 5\n")},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")},
		Workflow: dearCalls,
	}
}

func dearCalls(f Workflow, w World) []Hit {
	var hits []Hit
	file := w.rules()
	for c := range f.modelled(w) {
		m, ok := w.calledOf(c)
		if !ok || c.Task == "" || isCritical(c.Task) || m.facts.Class != policy.Frontier {
			continue
		}
		row, ok := rowFor(file, c.Task)
		if !ok || row.Tier == policy.Frontier {
			continue // the policy wants it so, or does not know the task
		}
		tier := max(row.Tier, policy.Efficient)
		id := fromPool(file, tier, m.provider)
		h := f.onModel(c, fmt.Sprintf("%s is a routine task, and %s a frontier model%s", c.Task, m.id, saving(m, tier, id, w)))
		h.Edits = f.rename(c, m, id)
		hits = append(hits, h)
	}
	return hits
}

// saving words what the model of the right tier costs in comparison.
func saving(m calledModel, tier policy.Tier, id string, w World) string {
	dear, ok := m.row(w)
	cheap, has := w.rowOf(m.provider, id)
	if id == "" || m.resold {
		return fmt.Sprintf(": take one of tier %s", tier)
	}
	if !ok || !has {
		return fmt.Sprintf(": take %s", id)
	}
	text := fmt.Sprintf(" at %s a million tokens in / out: %s at %s", listPrice(dear), id, listPrice(cheap))
	if tenths, ok := leastSaving(dear.Rates, cheap.Rates); ok {
		text += fmt.Sprintf(" costs at least %d.%d %% less for the same tokens", tenths/10, tenths%10)
	}
	if cheap.Long != nil {
		text += fmt.Sprintf(", for prompts of up to %s tokens", thousands(cheap.Long.Over))
	}
	text += exampleRun(dear.Rates, cheap.Rates)
	return text
}

// The run that costs are told of: a small pull request and a short answer.
const (
	exampleIn  = 10_000
	exampleOut = 2_000
)

// exampleRun words what one run costs on both, as an example: how many tokens
// a run really takes cannot be seen in a workflow.
func exampleRun(dear, cheap money.Rates) string {
	cost := func(r money.Rates) string {
		return dollars(money.Nano((r.Input*exampleIn + r.Output*exampleOut) / 1000))
	}
	return fmt.Sprintf("; at list price, for %s tokens in and %s out, as an example, %s instead of %s", thousands(exampleIn), thousands(exampleOut), cost(cheap), cost(dear))
}

// leastSaving gives what is saved whatever the share of input and output is,
// in tenths of a percent; not ok where something is dearer.
func leastSaving(dear, cheap money.Rates) (tenths int64, ok bool) {
	in, okIn := money.PercentTenths(money.Nano(dear.Input-cheap.Input), money.Nano(dear.Input))
	out, okOut := money.PercentTenths(money.Nano(dear.Output-cheap.Output), money.Nano(dear.Output))
	tenths = min(in, out)
	return tenths, okIn && okOut && tenths > 0
}
