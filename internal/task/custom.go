package task

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/jsonschema-go/jsonschema"
)

// CustomSpec is what a policy says of a task of its own. Prompt and Schema
// are the texts of the files at the base commit; without a Schema the answer
// is markdown, or a review where the task judges. The Schema of a task that
// judges must require "summary" and "findings" as a review has them: they are
// what its verdict is made of. Failures are the declared ways to be bad.
type CustomSpec struct {
	ID           string
	Kind         Kind
	Prompt       string
	Schema       []byte
	Failures     []string
	CriticalPath bool
}

// Bounds of a custom task: bytes of its prompt and of a markdown answer.
const (
	maxPrompt   = 64 << 10
	maxMarkdown = 256 << 10
)

var taskID = lazily(`^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$`)

// NewCustom makes a task of a policy's description. What is wrong with the
// description is an error; all of it at once.
func NewCustom(spec CustomSpec) (Task, error) {
	form, err := spec.check()
	if err != nil {
		return Task{}, err
	}
	t := Task{
		ID:           spec.ID,
		Summary:      "A task of this repository's policy.",
		Why:          "The policy says what it is for, who would catch a bad output, and where it goes.",
		Kind:         spec.Kind,
		CriticalPath: spec.CriticalPath,
		NeedsChange:  true,
		Failures:     spec.failures(),
		Schema:       spec.Schema,
		Unseen:       "Whether what it says is right: its verifier proves the form, and that it holds no secret and no address from nowhere, nothing else.",
		Instructions: strings.TrimSpace(spec.Prompt) + "\n\n" + dataRules + "\n\n" + markdownRule + spec.orderRule(),
		Verify:       spec.verifyMarkdown,
	}
	switch {
	case spec.Kind == Judges:
		t = t.judges(spec.Prompt, form)
	case form != nil:
		t.Instructions = strings.TrimSpace(spec.Prompt) + "\n\n" + dataRules + "\n\n" + jsonRule + spec.orderRule()
		t.Verify = func(in Input, answer []byte) (Output, []Problem) { return spec.verifyForm(in, form, answer) }
	}
	return t, nil
}

const markdownRule = `Answer in plain GitHub markdown: no HTML, no image, no link that the data does not have. Answer with the result alone, without a sentence about yourself or this task.`

func (spec CustomSpec) check() (*jsonschema.Resolved, error) {
	var errs []error
	if !taskID().MatchString(spec.ID) {
		errs = append(errs, fmt.Errorf("task id %.60q, expected lower-case words joined by hyphens", spec.ID))
	}
	if _, taken := Find(spec.ID); taken {
		errs = append(errs, fmt.Errorf("task id %q is that of a built-in task", spec.ID))
	}
	if !slices.Contains([]Kind{Judges, Writes, Tells}, spec.Kind) {
		errs = append(errs, fmt.Errorf("kind %.60q, expected one of judges, writes, tells", string(spec.Kind)))
	}
	switch prompt := strings.TrimSpace(spec.Prompt); {
	case prompt == "":
		errs = append(errs, errors.New("the prompt is empty"))
	case len(prompt) > maxPrompt:
		errs = append(errs, fmt.Errorf("the prompt has %d bytes, more than %d", len(prompt), maxPrompt))
	case !utf8.ValidString(prompt):
		errs = append(errs, errors.New("the prompt is not UTF-8"))
	}
	for _, f := range spec.Failures {
		if !taskID().MatchString(f) {
			errs = append(errs, fmt.Errorf("failure %.60q, expected lower-case words joined by hyphens", f))
		}
	}
	form, err := spec.form()
	return form, errors.Join(append(errs, err)...)
}

// form prepares the schema; nil where the answer is markdown. Vendors take an
// object at the root and nothing else.
func (spec CustomSpec) form() (*jsonschema.Resolved, error) {
	if spec.Schema == nil {
		return nil, nil
	}
	form, err := resolveSchema(spec.Schema)
	if err != nil {
		return nil, err
	}
	if form.Schema().Type != "object" {
		return nil, errors.New(`check schema: the root has no "type": "object", which the vendors require`)
	}
	if spec.Kind == Judges {
		return form, checkVerdict(form.Schema())
	}
	return form, nil
}

// failures are those declared, and the one that the verifier proves away.
func (spec CustomSpec) failures() []Failure {
	catchers := []Catcher{CatcherRequiredReview, CatcherRequiredChecks}
	if spec.Kind == Tells {
		catchers = append([]Catcher{CatcherAdvisory}, catchers...)
	}
	all := []Failure{{ID: "broken-form", Verified: true}}
	for _, id := range spec.Failures {
		if !slices.ContainsFunc(all, func(f Failure) bool { return f.ID == id }) {
			all = append(all, Failure{ID: id, CaughtBy: catchers})
		}
	}
	return all
}
