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
		Message: fmt.Sprintf("every %s starts %s anew beside the runs before it: add a concurrency group", first.Event, c.Name()),
	}
	// A group over comments would let any remark cancel the run that another
	// one asked for: that takes a person.
	if !slices.ContainsFunc(f.File.On, func(t workflow.Trigger) bool { return isRemark(t.Event) }) {
		h.Edits = f.grouped(c)
	}
	return h
}

// grouped puts a group around the workflow, or around the job where a run may
// begin that has nothing for it to do: one around the workflow would then
// cancel a run that has. A step that is passed over comes after the cancelling
// either way, and legs of a matrix would cancel each other.
func (f Workflow) grouped(c workflow.Call) []Edit {
	chosen := slices.ContainsFunc(f.File.On, func(t workflow.Trigger) bool {
		return slices.ContainsFunc(typesOf(t), func(s string) bool { return slices.Contains(chosenTypes(), s) })
	})
	conditional := slices.ContainsFunc(f.File.Jobs, func(j workflow.Job) bool { return j.If != nil })
	switch {
	case !chosen && !conditional:
		return f.addGroup()
	case chosen && c.Step.If != nil, c.Job.Node == nil, c.Job.Node.Style == yamltree.Flow, workflow.Value(c.Job.Node.Entries, "strategy") != nil:
		return nil
	}
	indent := strings.Repeat(" ", c.Job.Node.Entries[0].Pos.Col-1)
	lines := f.groupLines(c.Job.ID + "-")
	return f.below(c.Job.Pos.Line, c.Job.Node.Entries[0].Pos, strings.Join(lines, f.newline()+indent))
}

// groupLines gives a group in which a newer run takes the place of an older.
func (f Workflow) groupLines(job string) []string {
	return []string{"concurrency:", "  group: ${{ github.workflow }}-" + job + "${{ " + f.subject() + " }}", "  cancel-in-progress: " + f.cancels()}
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
	waits := c.Agent.ID == "claude-code-action" && asksWhoActs(c) && workflow.Value(c.Step.With, "prompt") == nil ||
		c.Agent.ID == "openhands" && c.Job.Uses != nil
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
	lines := f.groupLines("")
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
