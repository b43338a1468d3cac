package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func noConcurrency() Rule {
	return Rule{
		ID:       "no-concurrency",
		Severity: diag.Warning,
		Summary:  "runs that call a model are not held to one at a time",
		Why:      "Ten pushes in ten minutes are ten runs side by side. Each pays for a model whose answer is out of date before it is there.",
		Fix:      "Give the workflow, or the job, a concurrency group a pull request, and cancel what is out of date.",
		Bad:      Example{Text: strings.Replace(exampleWorkflow("          prompt: Write the changelog entry.\n"), "concurrency: changelog-${{ github.ref }}\n", "", 1)},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			if f.File.Action || f.File.Concurrency != nil {
				return nil
			}
			for _, c := range f.byHand() {
				if c.Job.Concurrency != nil {
					continue
				}
				if bursts := f.reaching(c, func(t workflow.Trigger) bool { return comesInBursts(t) && !f.onlyWhenAsked(c, t.Event) }); len(bursts) > 0 {
					return []Hit{f.unbounded(c, bursts)}
				}
			}
			return nil
		},
	}
}

func (f Workflow) unbounded(c workflow.Call, bursts []workflow.Trigger) Hit {
	first := bursts[0]
	h := Hit{
		Pos: first.Pos, End: f.endOf(first.Pos, first.Event),
		Message: fmt.Sprintf("every %s starts %s anew beside the runs before it: add a concurrency group", first.Event, c.Agent.ID),
	}
	// A group over comments would let any remark cancel the run that another
	// one asked for: that takes a person.
	if !slices.ContainsFunc(f.File.On, func(t workflow.Trigger) bool { return isRemark(t.Event) }) {
		h.Edits = f.addGroup()
	}
	return h
}

// comesInBursts says whether a trigger may fire many times for one piece of
// work.
func comesInBursts(t workflow.Trigger) bool {
	types := typesOf(t)
	switch t.Event {
	case "pull_request", "pull_request_target":
		return len(types) == 0 || slices.Contains(types, "synchronize") || slices.Contains(types, "edited")
	case "push":
		return t.Node == nil || wordsAt(t.Node, "tags") == nil || wordsAt(t.Node, "branches") != nil
	default:
		return isRemark(t.Event)
	}
}

func isRemark(event string) bool {
	return slices.Contains([]string{"discussion_comment", "issue_comment", "pull_request_review", "pull_request_review_comment"}, event)
}

var asksByName = lazily(`(?:comment|review)\.body|'labeled'|label\.name|author_association|github\.actor`)

// onlyWhenAsked says whether remarks start a call only where one calls for it:
// by a condition, or because the action waits to be mentioned.
func (f Workflow) onlyWhenAsked(c workflow.Call, event string) bool {
	if !isRemark(event) {
		return false
	}
	waits := c.Agent.ID == "claude-code-action" && asksWhoActs(c) && workflow.Value(c.Step.With, "prompt") == nil
	return waits || slices.ContainsFunc(f.conditions(c), func(text string) bool { return has(text, asksByName, resultOf) })
}

// addGroup puts a group above jobs: and the comments that belong to it.
func (f Workflow) addGroup() []Edit {
	i := slices.IndexFunc(f.File.Root.Entries, func(e yamltree.Entry) bool { return e.Key == "jobs" })
	if i < 0 || f.File.Root.Style == yamltree.Flow {
		return nil
	}
	line := f.File.Root.Entries[i].Pos.Line
	for line > 1 && strings.HasPrefix(f.Line(line-1), "#") {
		line--
	}
	lines := []string{"concurrency:", "  group: ${{ github.workflow }}-${{ " + f.subject() + " }}", "  cancel-in-progress: " + f.cancels()}
	if strings.TrimSpace(f.Line(line-1)) == "" {
		lines = append(lines, "")
	}
	text := strings.Join(lines, f.newline()) + f.newline()
	return []Edit{{Start: f.At(line, 1), End: f.At(line, 1), Text: text}}
}

// subject is what the runs of one group are about. github.ref is the base's
// own for pull_request_target, and so no group a pull request.
func (f Workflow) subject() string {
	if f.File.Triggered("pull_request") != nil || f.File.Triggered("pull_request_target") != nil {
		return "github.event.pull_request.number || github.ref"
	}
	return "github.ref"
}

// cancels is true for pull requests, where a newer run replaces an older one;
// each push to a branch is a piece of work of its own.
func (f Workflow) cancels() string {
	switch pushed := f.File.Triggered("push") != nil; {
	case pushed && f.subject() == "github.ref":
		return "false"
	case pushed:
		return "${{ github.event_name != 'push' }}"
	default:
		return "true"
	}
}
