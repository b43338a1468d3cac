package lint

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

func policyTestFailing() Rule {
	const text = "tasks:\n  docs: { tier: efficient, caught_by: [verifier, required-review] }\nmust_frontier:\n  - { id: auth, why: a wrong check lets people in, signals: [auth] }\n" +
		"tests:\n  - { paths: [src/auth/login.ts], task: docs, expect: %s }\n"
	return Rule{
		ID:       "policy-test-failing",
		Severity: diag.Error,
		Summary:  "one of the policy's own tests fails",
		Why: "A test says which tier a change must get, in the words of whoever wrote the policy. It runs the same decision as a pull request: " +
			"files with these paths of which no line is shown, catchers as the policy claims them, no label. A failing one means that the policy does not do what it was written for.",
		Fix:    "Change what decided, or the expectation, whichever is wrong.",
		Bad:    Example{Text: minimal(replaced(text, "efficient"))},
		Good:   Example{Text: minimal(replaced(text, "frontier"))},
		Policy: failingTests,
	}
}

func failingTests(p Policy, w World) []Hit {
	var hits []Hit
	for _, test := range p.File.Tests {
		if !p.owns(test.Pos) {
			continue
		}
		d, err := w.runTest(p, test)
		if err == nil && d.Tier == test.Expect {
			continue
		}
		message := fmt.Sprintf("expected %s, got %s: %s", test.Expect, d.Tier, decisive(d))
		if err != nil {
			message = fmt.Sprintf("this test cannot be run: %v", err)
		}
		h := Hit{Pos: test.Pos, Message: message}
		if n := child(p.nodeAt(test.Pos), "expect"); n != nil {
			h.Pos, h.End = n.Pos, p.Span(n)
		}
		hits = append(hits, h)
	}
	return hits
}

// runTest decides a test as route decides a change: the facts of its paths and
// words under this policy, with every catcher assumed that the policy claims.
// Its annotation is trusted, as that of a flag is; its brief is not, as that
// of a pull request is not.
func (w World) runTest(p Policy, test policy.Test) (route.Decision, error) {
	annotation, err := task.ParseAnnotation(test.Annotation)
	if err != nil {
		return route.Decision{}, fmt.Errorf("read annotation: %w", err)
	}
	in := route.Input{Policy: p.File, TaskID: test.Task, Change: touching(test.Paths), Evidence: assumed(), Today: w.Today}
	in.Facts = signal.Measure(signal.Input{
		Change: in.Change, HasChange: len(test.Paths) > 0, Services: p.File.Services, Tree: w.files(), Marks: signal.Marks{PolicyPath: policyPath(p.Name)},
		Brief: task.Brief{Text: test.Brief, Annotation: annotation},
	})
	if row, ok := p.File.Task(test.Task); ok {
		if t, known := w.taskOf(row); known {
			in.Task = &t
		}
	}
	return route.Decide(in), nil
}

// touching is a change of files of which no line is shown, and none is
// withheld.
func touching(paths []string) change.Change {
	var c change.Change
	for _, name := range paths {
		c.Files = append(c.Files, change.File{Path: name, Status: change.Modified})
	}
	return c
}

func (w World) files() []string {
	if w.Tree == nil {
		return nil
	}
	return slices.Clone(w.Tree.Paths)
}

// policyPath gives the path of the policy from the repository's root, as far
// as a name on a command line tells it.
func policyPath(name string) string { return strings.TrimPrefix(path.Clean(name), "./") }

// decisive words what made the tier, the first few causes.
func decisive(d route.Decision) string {
	const shown = 2
	var texts []string
	for _, r := range d.Reasons {
		if text := r.Rule + ", " + r.Text; r.Decisive && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	more := len(texts) - shown
	texts = texts[:min(len(texts), shown)]
	if more > 0 {
		texts = append(texts, counted(more, "more reason"))
	}
	return strings.Join(texts, "; ")
}
