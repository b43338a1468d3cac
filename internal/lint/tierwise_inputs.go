package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func tierwiseInputs() Rule {
	return Rule{
		ID:       "tierwise-inputs",
		Severity: diag.Error,
		Summary:  "a step of tierwise itself has an input that cannot work",
		Why: "GitHub passes an input that an action does not have with a warning in the log, so that fail_on: high guards nothing. " +
			"A word that the action does not know stops it, on the first pull request and not here. What is computed is not judged.",
		Fix:      "Correct the input; action.yml says what each one takes.",
		Bad:      Example{Text: exampleStep("          fail_on: high\n")},
		Good:     Example{Text: exampleStep("          fail-on: high\n")},
		Workflow: wrongInputs,
	}
}

func wrongInputs(f Workflow, w World) []Hit {
	var hits []Hit
	for _, c := range f.calls(w) {
		if c.Agent.ID != "tierwise" {
			continue
		}
		hits = append(hits, f.inputsOf(c, w, true)...)
	}
	return hits
}

func (f Workflow) inputsOf(c workflow.Call, w World, edits bool) []Hit {
	i := ownInputs{f: f, c: c, w: w, edits: edits}
	i.names()
	i.words()
	i.tasks()
	i.modes()
	i.gate()
	return i.hits
}

// ownInputs collects what is wrong with the inputs of one step.
type ownInputs struct {
	f     Workflow
	c     workflow.Call
	w     World
	edits bool
	hits  []Hit
}

// value gives an input as the action sees it. It is not plain where it is
// computed.
func (i *ownInputs) value(name string) (n *yamltree.Node, text string, plain bool) {
	n = workflow.Value(i.c.Step.With, name)
	if n == nil {
		return nil, "", true
	}
	return n, strings.TrimSpace(n.Text), !strings.Contains(n.Text, "${{")
}

func (i *ownInputs) onValue(n *yamltree.Node, format string, args ...any) {
	i.hits = append(i.hits, Hit{Pos: n.Pos, End: i.f.Span(n), Message: fmt.Sprintf(format, args...)})
}

func (i *ownInputs) onStep(format string, args ...any) {
	i.hits = append(i.hits, Hit{Pos: i.c.Pos, End: i.c.End, Message: fmt.Sprintf(format, args...)})
}

// names finds inputs that the action does not have.
func (i *ownInputs) names() {
	for _, e := range i.c.Step.With {
		if slices.Contains(tierwiseInputNames(), e.Key) {
			continue
		}
		h := Hit{Pos: e.Pos, End: e.Pos.Col + len(e.Key), Message: fmt.Sprintf("tierwise has no input %.60q, and GitHub only warns: take it out", e.Key)}
		near := strings.ReplaceAll(strings.ToLower(e.Key), "_", "-")
		if !slices.Contains(tierwiseInputNames(), near) {
			near = policy.Nearest(near, tierwiseInputNames())
		}
		if near != "" {
			h.Message = fmt.Sprintf("tierwise has no input %.60q, and GitHub only warns: did you mean %s?", e.Key, near)
		}
		if i.edits && near == strings.ReplaceAll(e.Key, "_", "-") && i.better(e.Key, near) {
			h.Edits = i.f.instead(e.Pos, e.Pos.Col, h.End, near)
		}
		i.hits = append(i.hits, h)
	}
}

// better says that with another name of an input less is wrong: an input that
// is read at last may itself be wrong.
func (i *ownInputs) better(name, instead string) bool {
	if workflow.Value(i.c.Step.With, instead) != nil {
		return false
	}
	step, call := *i.c.Step, i.c
	step.With = slices.Clone(step.With)
	for k := range step.With {
		if step.With[k].Key == name {
			step.With[k].Key = instead
		}
	}
	call.Step = &step
	return len(i.f.inputsOf(call, i.w, false)) < len(i.f.inputsOf(i.c, i.w, false))
}

// words holds inputs to the words that they take.
func (i *ownInputs) words() {
	for _, in := range tierwiseWords() {
		n, text, plain := i.value(in.name)
		if n == nil || text == "" || !plain || slices.Contains(in.words, text) {
			continue
		}
		i.onValue(n, "%s %.60q is none of %s: the step stops", in.name, text, strings.Join(in.words, ", "))
	}
}

// tasks finds tasks that neither the catalogue nor the policy has.
func (i *ownInputs) tasks() {
	n, text, plain := i.value("task")
	if n == nil || !plain {
		return
	}
	var known []string
	for _, t := range task.All() {
		known = append(known, t.ID)
	}
	if i.w.Policy != nil {
		for _, t := range i.w.Policy.Tasks {
			known = append(known, t.ID)
		}
	}
	own, _, _ := i.value("policy")
	for _, id := range taskList(text) {
		near := policy.Nearest(id, known)
		switch {
		case slices.Contains(known, id):
		case near != "":
			i.onValue(n, "no task %.60q is known: did you mean %s?", id, near)
		case i.w.Policy != nil && own == nil:
			i.onValue(n, "no task %.60q is known: give it a row with a prompt in the policy", id)
		}
	}
}

func taskList(text string) []string {
	var ids []string
	for _, id := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// modes finds inputs that do not go with the mode.
func (i *ownInputs) modes() {
	_, mode, plain := i.value("mode")
	if !plain {
		return
	}
	if n, text, plain := i.value("task"); (mode == "" || mode == "run" || mode == "publish") && plain && text == "" {
		if n == nil {
			i.onStep("mode %s needs an input task, for example task: changelog", orRun(mode))
		} else {
			i.onValue(n, "mode %s needs a task, for example task: changelog", orRun(mode))
		}
	}
	switch mode {
	case "publish":
		i.publish()
	case "report":
		if !i.has("ledger") {
			i.onStep("mode report needs a ledger to read, for example ledger: \"artifact:\"")
		}
	case "", "run", "route":
		for _, name := range []string{"result-file", "result-digest"} {
			if n, text, _ := i.value(name); n != nil && text != "" {
				i.onValue(n, "%s belongs to mode publish, and mode is %s: the step stops", name, orRun(mode))
			}
		}
	}
	if (mode == "route") && i.has("fail-on") {
		n, text, plain := i.value("fail-on")
		if plain && text != "none" {
			i.onValue(n, "mode route calls no model and finds nothing: fail-on %.20q never fails", text)
		}
	}
}

func orRun(mode string) string {
	if mode == "" {
		return "run"
	}
	return mode
}

func (i *ownInputs) has(name string) bool {
	n, text, _ := i.value(name)
	return n != nil && text != ""
}

func (i *ownInputs) publish() {
	for _, name := range []string{"result-file", "result-digest"} {
		if !i.has(name) {
			i.onStep("mode publish needs %s, an output of the job that runs the tasks", name)
		}
	}
	for _, name := range []string{"anthropic-api-key", "openai-api-key", "gemini-api-key", "ledger"} {
		if n, _, _ := i.value(name); i.has(name) {
			i.onValue(n, "mode publish takes no %s: the step stops", name)
		}
	}
}

// gate finds a fail-on that no task of the step can ever reach: only tasks
// that judge have findings.
func (i *ownInputs) gate() {
	n, text, plain := i.value("fail-on")
	_, tasks, plainTasks := i.value("task")
	_, mode, plainMode := i.value("mode")
	if _, err := task.ParseSeverity(text); n == nil || !plain || !plainTasks || !plainMode || err != nil || mode == "route" {
		return
	}
	ids := taskList(tasks)
	for _, id := range ids {
		if t, ok := task.Find(id); !ok || t.Kind == task.Judges {
			return
		}
	}
	if len(ids) > 0 {
		i.onValue(n, "fail-on %s waits for findings, and no task here (%s) has any: take error, or none", text, strings.Join(ids, ", "))
	}
}

// exampleStep gives a small workflow with a step of tierwise.
func exampleStep(with string) string {
	return `name: review
on: pull_request
permissions: { contents: read, pull-requests: read }
concurrency: review-${{ github.ref }}
jobs:
  review:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: tierwise/tierwise@0123456789012345678901234567890123456789 # v1
        with:
          task: code-review
          anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }}
` + with
}
