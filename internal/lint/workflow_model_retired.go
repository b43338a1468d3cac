package lint

import (
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/workflow"
)

// endsSoon is how many days ahead the end of a model is reported.
const endsSoon = 60

// modelsOfGitHubEnd is the day on which GitHub Models were retired.
const modelsOfGitHubEnd = "2026-07-30"

func workflowModelRetired() Rule {
	return Rule{
		ID:       "workflow-model-retired",
		Severity: diag.Warning,
		Summary:  "a workflow names a model that no longer answers, or soon will not",
		Why: "Calls of a retired model fail, and many steps that call one swallow the failure: the run is green and nothing was done. " +
			"A model that an action takes by itself is told with the day as of which the action was read. What may be overridden, by a variable of the repository or an input, is a warning. " +
			"GitHub Models, which actions/ai-inference asked before v3, answer 410 since " + modelsOfGitHubEnd + ".",
		Fix:      "Name the model that its vendor gives as the next one, and look at what it costs.",
		Bad:      Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-sonnet-4-20250514 --max-turns 5\n")},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")},
		Workflow: retiredCalls,
	}
}

func retiredCalls(f Workflow, w World) []Hit {
	var hits []Hit
	for _, c := range f.calls(w) {
		if d, ok := defaultOf(c); ok {
			hits = append(hits, f.retiredDefault(c, d, w)...)
		}
		if asksGitHubModels(c) && w.Today >= modelsOfGitHubEnd {
			hits = append(hits, Hit{
				Pos: c.Pos, End: c.End, As: diag.Error,
				Message: fmt.Sprintf("%s asks GitHub Models, which were retired on %s: take v3 of actions/ai-inference, which asks Copilot, or another agent", c.Agent.ID, modelsOfGitHubEnd),
			})
		}
	}
	for c := range f.modelled(w) {
		if asksGitHubModels(c) && w.Today >= modelsOfGitHubEnd {
			continue
		}
		if m, ok := w.calledOf(c); ok && m.facts.Retired != "" && !m.resold {
			hits = append(hits, f.retired(c, m, w)...)
		}
	}
	return hits
}

// retiredDefault speaks of the model that an action takes by itself. It is no
// error: the action may have moved on since it was read.
func (f Workflow) retiredDefault(c workflow.Call, d actionDefault, w World) []Hit {
	m, ok := ModelOf(d.Provider, d.Model)
	if !ok || !m.Ended(w.Today) || f.namedInFile(c, w) {
		return nil
	}
	unless := ""
	if w.Tree == nil && len(c.Agent.Config) > 0 {
		unless = fmt.Sprintf(" (unless %s names one)", c.Agent.Config[0])
	}
	return []Hit{{Pos: c.Pos, End: c.End, Message: fmt.Sprintf(
		"%s is given no model%s, and its own, %s when it was read as of %s, no longer answers since %s: name one, or take a newer version",
		c.Name(), unless, d.Model, d.Read, m.Retired)}}
}

// asksGitHubModels says that a call goes to an address that is no more.
func asksGitHubModels(c workflow.Call) bool {
	switch c.Agent.ID {
	case "gh-models":
		return true
	case "ai-inference":
		major := c.Major()
		return (major == 1 || major == 2) && workflow.Value(c.Step.With, "endpoint") == nil
	}
	return false
}

func (f Workflow) retired(c workflow.Call, m calledModel, w World) []Hit {
	next := "take a newer one"
	if m.facts.Successor != "" {
		next = "take " + m.facts.Successor + ", which its vendor names"
	} else if newest := newestInFamily(m.facts, w); newest != "" {
		next = "take " + newest + ", the newest of its family"
	}
	var h Hit
	switch {
	case m.facts.Ended(w.Today):
		h = f.onModel(c, fmt.Sprintf("%s no longer answers since %s: %s", m.id, m.facts.Retired, next))
		if c.Model.When == "" {
			h.As = diag.Error
		}
	case endsWithin(w.Today, m.facts.Retired):
		h = f.onModel(c, fmt.Sprintf("%s no longer answers from %s on: %s", m.id, m.facts.Retired, next))
	default:
		return nil
	}
	if replaces(c, m, m.facts.Successor, w) {
		h.Edits = f.rename(c, m, m.facts.Successor)
	}
	return []Hit{h}
}

// replaces says whether a model may stand in the place of another one without
// anybody looking: not a cheaper one under a review, not a frontier one under a
// routine task, and where the task is not known none of a lower class.
func replaces(c workflow.Call, m calledModel, id string, w World) bool {
	c.Model = &workflow.Named{Text: id}
	next, ok := w.calledOf(c)
	switch class := next.facts.Class; {
	case !ok || !next.known:
		return false
	case isCritical(c.Task):
		return class == 0 || class == policy.Frontier || m.facts.Class != 0 && class >= m.facts.Class
	case c.Task != "":
		return class != policy.Frontier
	default:
		return class == 0 || class >= m.facts.Class
	}
}

// endsWithin says that a day lies at most endsSoon days ahead.
func endsWithin(today, day string) bool {
	from, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return false
	}
	end, err := time.Parse(time.DateOnly, day)
	return err == nil && end.Sub(from) <= endsSoon*24*time.Hour
}

// newestInFamily gives the last of a family that still answers, "" where there
// is no other.
func newestInFamily(m Model, w World) string {
	newest := ""
	for _, other := range Models() {
		if m.Family != "" && other.Family == m.Family && other.Provider == m.Provider && !other.Ended(w.Today) && other.ID != m.ID {
			newest = other.ID
		}
	}
	return newest
}
