package task

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// judgeRule stands below the prompt of a custom task that judges: what a
// finding is, and what its severity means to a gate.
const judgeRule = `Answer in the form of a review: "summary" says what you looked at and your verdict, in two to five sentences; "findings" lists what stands against the change, and is empty where nothing does. Every finding must hold:
` + placeRule + `
- "title": one line of at most 120 characters that names the fault. "body": what goes wrong, when, and what to do. "suggestion": code that replaces exactly the lines from "line" to "end_line", or null.
- No link that the change does not have. Commands stand in backticks; the reader is never told to run, approve or merge anything.

` + severityRule

// judges turns a custom task into one whose findings gate: in the form of a
// review, or in a schema of its own that contains this form.
func (t Task) judges(prompt string, form *jsonschema.Resolved) Task {
	t.Instructions = strings.TrimSpace(prompt) + "\n\n" + dataRules + "\n\n" + judgeRule + "\n\n" + jsonRule
	if form == nil {
		t.Schema = []byte(reviewSchema)
	}
	t.Verify = func(in Input, answer []byte) (Output, []Problem) { return verifyVerdict(in, form, answer) }
	return t
}

// verifyVerdict checks an answer against the schema of its task, then its
// summary and findings as those of a review. What else the schema asks for is
// not shown.
func verifyVerdict(in Input, form *jsonschema.Resolved, answer []byte) (Output, []Problem) {
	body, problems := jsonBody(answer)
	if problems != nil {
		return Output{}, problems
	}
	if secretForm().Match(body) {
		return Output{}, []Problem{problem("secret", "the answer holds what looks like a secret")}
	}
	if form != nil {
		if err := conforms(form, body); err != nil {
			return Output{}, brokenForm("the answer does not have the form of the schema: %v", err)
		}
		var err error
		if body, err = reviewPart(body); err != nil {
			return Output{}, brokenForm("the answer has no review in it: %v", err)
		}
	}
	return verifyReview(in, body)
}

// reviewPart keeps the fields of a review, by their exact names: a decoder
// would take "Severity" for "severity" too. An optional field that is not
// there is null, as the form of a review wants it.
func reviewPart(body []byte) ([]byte, error) {
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		return nil, err
	}
	var rows []map[string]json.RawMessage
	if err := json.Unmarshal(whole["findings"], &rows); err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	findings := make([]map[string]json.RawMessage, len(rows))
	for i, row := range rows {
		findings[i] = map[string]json.RawMessage{"end_line": nil, "suggestion": nil}
		for _, field := range findingFields() {
			if value, ok := row[field.name]; ok {
				findings[i][field.name] = value
			}
		}
	}
	return json.Marshal(map[string]any{"summary": whole["summary"], "findings": findings})
}

type findingField struct {
	name     string
	kind     string // of JSON
	optional bool   // may be null or left out
}

func findingFields() []findingField {
	return []findingField{
		{"path", "string", false},
		{"line", "integer", false},
		{"end_line", "integer", true},
		{"severity", "string", false},
		{"title", "string", false},
		{"body", "string", false},
		{"suggestion", "string", true},
	}
}

// checkVerdict says what a schema of a task that judges lacks: without
// findings that have a severity, nothing could gate, and the verdict of such
// a task would always be good.
func checkVerdict(root *jsonschema.Schema) error {
	var errs []error
	lacks := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("check schema: a task that judges "+format, args...))
	}
	if s := root.Properties["summary"]; !slices.Contains(root.Required, "summary") || s == nil || s.Type != "string" {
		lacks(`must require "summary", a string`)
	}
	list := root.Properties["findings"]
	if !slices.Contains(root.Required, "findings") || list == nil || list.Type != "array" || list.Items == nil || list.Items.Type != "object" {
		lacks(`must require "findings", an array of objects`)
		return errors.Join(errs...)
	}
	for _, field := range findingFields() {
		s := list.Items.Properties[field.name]
		switch {
		case field.optional && s == nil:
		case s == nil || !field.optional && !slices.Contains(list.Items.Required, field.name):
			lacks("must require %q of every finding", field.name)
		case s.Type != field.kind && (!field.optional || !slices.Contains(s.Types, field.kind)):
			lacks("must have %q of a finding as %s", field.name, field.kind)
		}
	}
	if s := list.Items.Properties["severity"]; s != nil && !severityEnum(s.Enum) {
		lacks(`must have "severity" as an enum of %s`, strings.Join(severityWords(), ", "))
	}
	return errors.Join(errs...)
}

func severityEnum(words []any) bool {
	for _, w := range words {
		if text, ok := w.(string); !ok || !slices.Contains(severityWords(), text) {
			return false
		}
	}
	return len(words) > 0
}
