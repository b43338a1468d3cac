package task

import (
	"strings"
	"testing"
)

const customSchema = `{"type": "object", "additionalProperties": false, "required": ["notes"], "properties": {"notes": {"type": "array", "items": {"type": "string"}}}}`

func custom() CustomSpec {
	return CustomSpec{ID: "dependency-notes", Kind: Tells, Prompt: "Say what changed in the dependencies.", Failures: []string{"misleading"}}
}

func TestACustomTaskOfMarkdown(t *testing.T) {
	t.Parallel()
	task, err := NewCustom(custom())
	if err != nil {
		t.Fatal(err)
	}
	if task.Schema != nil || task.Local != nil || task.Judges() || !strings.HasPrefix(task.Instructions, "Say what") || !strings.Contains(task.Instructions, dataRules) {
		t.Errorf("%+v", task)
	}
	if len(task.Failures) != 2 || !task.Failures[0].Verified || task.Failures[1].Verified || task.Failures[1].CaughtBy[0] != CatcherAdvisory {
		t.Errorf("%+v", task.Failures)
	}
	out, problems := task.Verify(Input{}, []byte("\n- `a` 1.2\n"))
	expect(t, out, problems)
	for answer, want := range map[string]string{
		"":                                 "broken-form",
		"<!-- nothing to see -->":          "broken-form",
		"\u200b\u200b":                     "broken-form",
		"\xff":                             "broken-form",
		"ghp_" + strings.Repeat("aB3", 12): "secret",
		strings.Repeat("x", maxMarkdown+1): "broken-form",
	} {
		out, problems := task.Verify(Input{}, []byte(answer))
		expect(t, out, problems, want)
	}
}

func TestACustomTaskWithASchema(t *testing.T) {
	t.Parallel()
	spec := custom()
	spec.Schema = []byte(customSchema)
	task, err := NewCustom(spec)
	if err != nil {
		t.Fatal(err)
	}
	out, problems := task.Verify(Input{}, []byte("```json\n{\"notes\": [\"a ``` b\"]}\n```"))
	expect(t, out, problems)
	if !strings.HasPrefix(out.Markdown, "````text\n") {
		t.Errorf("a fence in the answer can end the block: %q", out.Markdown)
	}
	for answer, want := range map[string]string{
		`{"notes": [1]}`:                         "broken-form",
		`{"notes": [], "x": 1}`:                  "broken-form",
		`{}`:                                     "broken-form",
		`{"notes": ["AKIAABCDEFGHIJKLMNOP"]}`:    "secret",
		`notes`:                                  "broken-form",
		`{"notes": [], "notes": ["the second"]}`: "broken-form",
	} {
		out, problems := task.Verify(Input{}, []byte(answer))
		expect(t, out, problems, want)
	}
}

func TestDeclaredFailuresOfAWritingTaskAreNotCaughtByAdvice(t *testing.T) {
	t.Parallel()
	spec := custom()
	spec.Kind, spec.Failures = Writes, []string{"broken-form", "misleading", "misleading"}
	task, err := NewCustom(spec)
	if err != nil {
		t.Fatal(err)
	}
	if len(task.Failures) != 2 || task.Failures[1].CaughtBy[0] != CatcherRequiredReview {
		t.Errorf("%+v", task.Failures)
	}
}

func judging() CustomSpec {
	return CustomSpec{ID: "licence-gate", Kind: Judges, Prompt: "Look for code under another licence."}
}

// A gate reads findings, so a task that judges gives them, whatever its policy
// says of the form.
func TestACustomTaskThatJudgesGivesFindings(t *testing.T) {
	t.Parallel()
	in := shop(t)
	own := judging()
	own.Schema = []byte(strings.Replace(reviewSchema, `"summary": {`, `"licence": {"type": "string"}, "summary": {`, 1))
	open := judging()
	open.Schema = []byte(`{"type": "object", "required": ["summary", "findings"], "properties": {"summary": {"type": "string"}, "findings": {"type": "array", "items": {"type": "object",
		"required": ["path", "line", "severity", "title", "body"], "properties": {"path": {"type": "string"}, "line": {"type": "integer"}, "severity": {"type": "string", "enum": ["low", "critical"]},
		"title": {"type": "string"}, "body": {"type": "string"}}}}}}`)
	const found = `{"path": "go.mod", "line": 7, "severity": "critical", "title": "t", "body": "b", "end_line": null, "suggestion": null}`
	for name, test := range map[string]struct {
		spec   CustomSpec
		answer string
		want   []string
	}{
		"without a schema":          {judging(), `{"summary": "s", "findings": [` + found + `]}`, nil},
		"with one of its own":       {own, `{"summary": "s", "licence": "MIT", "findings": [` + found + `]}`, nil},
		"with one that is open":     {open, `{"summary": "s", "more": 1, "findings": [{"path": "go.mod", "line": 7, "severity": "critical", "Severity": "info", "title": "t", "body": "b"}]}`, nil},
		"markdown":                  {judging(), "All is well.", []string{"broken-form"}},
		"of another change":         {judging(), `{"summary": "s", "findings": [` + strings.Replace(found, "go.mod", "x.go", 1) + `]}`, []string{"pointing-nowhere"}},
		"of another change, open":   {open, `{"summary": "s", "findings": [` + strings.Replace(found, "go.mod", "x.go", 1) + `]}`, []string{"pointing-nowhere"}},
		"a severity not in it":      {open, `{"summary": "s", "findings": [` + strings.Replace(found, "critical", "high", 1) + `]}`, []string{"broken-form"}},
		"a summary that is missing": {open, `{"findings": []}`, []string{"broken-form"}},
		"a secret":                  {judging(), `{"summary": "AKIAABCDEFGHIJKLMNOP", "findings": []}`, []string{"secret"}},
	} {
		task, err := NewCustom(test.spec)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := resolveSchema(task.Schema); err != nil || !strings.Contains(task.Instructions, placeRule) || !strings.Contains(task.Instructions, jsonRule) {
			t.Errorf("%s: schema %v, instructions %q", name, err, task.Instructions)
		}
		out, problems := task.Verify(in, []byte(test.answer))
		expect(t, out, problems, test.want...)
		if test.want == nil && (len(out.Findings) != 1 || out.Findings[0].Severity != Critical || out.Markdown != "s\n") {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

func TestSchemasWithoutAVerdictAreRefusedForATaskThatJudges(t *testing.T) {
	t.Parallel()
	for want, schema := range map[string]string{
		`must require "summary"`:              strings.Replace(reviewSchema, `["summary", "findings"]`, `["findings"]`, 1),
		`must require "findings"`:             customSchema,
		`must require "severity" of every`:    strings.Replace(reviewSchema, `"end_line", "severity",`, `"end_line",`, 1),
		`"line" of a finding as integer`:      strings.Replace(reviewSchema, `"line": {"type": "integer"`, `"line": {"type": "string"`, 1),
		`"severity" as an enum of info, low,`: strings.Replace(reviewSchema, `"enum": ["info",`, `"enum": ["blocker",`, 1),
	} {
		spec := judging()
		spec.Schema = []byte(schema)
		if _, err := NewCustom(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
		spec.Kind = Tells
		if _, err := NewCustom(spec); err != nil {
			t.Errorf("a task that tells is refused: %v", err)
		}
	}
}

func TestCustomTasksThatAreRefused(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*CustomSpec){
		"task id":                 func(s *CustomSpec) { s.ID = "Dependency Notes" },
		"a built-in task":         func(s *CustomSpec) { s.ID = "changelog" },
		"expected one of judges":  func(s *CustomSpec) { s.Kind = "advises" },
		"the prompt is empty":     func(s *CustomSpec) { s.Prompt = " \n" },
		"the prompt has":          func(s *CustomSpec) { s.Prompt = strings.Repeat("x", maxPrompt+1) },
		"the prompt is not UTF-8": func(s *CustomSpec) { s.Prompt = "\xff" },
		"failure \"Bad Words\"":   func(s *CustomSpec) { s.Failures = []string{"Bad Words"} },
		"read schema":             func(s *CustomSpec) { s.Schema = []byte(`{"type": `) },
		"the root has no":         func(s *CustomSpec) { s.Schema = []byte(`{"type": "array"}`) },
		"read schema: the schema": nil,
	} {
		if spoil == nil {
			continue
		}
		spec := custom()
		spoil(&spec)
		if _, err := NewCustom(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	spec := CustomSpec{Schema: []byte("x")}
	if _, err := NewCustom(spec); err == nil || strings.Count(err.Error(), "\n") < 3 {
		t.Errorf("not every mistake at once: %v", err)
	}
}

// A schema that leads back to itself without a step into the value would make
// the check of any answer run until the stack is full.
func TestSchemasThatWouldNeverEndAreRefused(t *testing.T) {
	t.Parallel()
	for name, schema := range map[string]string{
		"to the root":          `{"type": "object", "$ref": "#"}`,
		"to itself":            `{"type": "object", "$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}`,
		"in a ring":            `{"type": "object", "allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}}`,
		"below a property":     `{"type": "object", "properties": {"x": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"oneOf": [{"$ref": "#/$defs/a"}]}}}`,
		"elsewhere":            `{"type": "object", "$ref": "https://example.com/schema.json"}`,
		"to what is not":       `{"type": "object", "$ref": "#/$defs/none"}`,
		"by another name":      `{"type": "object", "properties": {"x": {"$id": "y", "$ref": "#/$defs/a"}}, "$defs": {"a": {}}}`,
		"at run time":          `{"type": "object", "$dynamicRef": "#x"}`,
		"a pattern too hard":   `{"type": "object", "properties": {"x": {"type": "string", "pattern": "("}}}`,
		"a value of no type":   `{"type": "thing"}`,
		"nothing":              `null`,
		"too much":             `{"type": "object", "description": "` + strings.Repeat("x", maxSchema) + `"}`,
		"a keyword twice":      `{"type": "object", "type": "object"}`,
		"a hole in the middle": `{"type": "object", "properties": {"x": null}}`,
	} {
		spec := custom()
		spec.Schema = []byte(schema)
		task, err := NewCustom(spec)
		if err == nil {
			out, problems := task.Verify(Input{}, []byte(`{"x": "y"}`))
			t.Errorf("%s: taken, and gives %v, %v", name, out, problems)
		}
	}
	spec := custom()
	spec.Schema = []byte(`{"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}, "$defs": {"node": {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}}}`)
	task, err := NewCustom(spec)
	if err != nil {
		t.Fatalf("a tree is no ring: %v", err)
	}
	out, problems := task.Verify(Input{}, []byte(`{"children": [{"children": [{}]}]}`))
	expect(t, out, problems)
}

func FuzzSchema(f *testing.F) {
	f.Add([]byte(customSchema), []byte(`{"notes": []}`))
	f.Add([]byte(`{"type": "object", "$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{}]}}}`), []byte(`{}`))
	f.Fuzz(func(t *testing.T, schema, answer []byte) {
		spec := custom()
		spec.Schema = schema
		task, err := NewCustom(spec)
		if err != nil || schema == nil {
			return
		}
		if out, problems := task.Verify(Input{}, answer); len(problems) == 0 && out.Markdown == "" {
			t.Error("neither released nor refused")
		}
	})
}

func FuzzAnswers(f *testing.F) {
	for _, task := range All() {
		f.Add(task.Schema)
	}
	f.Add([]byte(`{"entries":[{"section":"Added","text":"The client retries.","breaking":false,"sources":["1a2b3c4"]}]}`))
	f.Add([]byte(`{"summary":"x","findings":[{"path":"go.mod","line":7,"end_line":null,"severity":"low","title":"t","body":"b","suggestion":null}]}`))
	in := shop(f)
	in.Log = logFiles(f)["go_test.log"]
	f.Fuzz(func(t *testing.T, answer []byte) {
		for _, task := range All() {
			out, problems := task.Verify(in, answer)
			if len(problems) > 0 && (out.Markdown != "" || out.Findings != nil) || len(problems) == 0 && out.Markdown == "" {
				t.Errorf("%s: %v and %v", task.ID, out, problems)
			}
			for _, found := range out.Findings {
				file, ok := in.Change.File(found.Path)
				whole := found.Line == 0 && found.EndLine == 0 && found.Suggestion == ""
				if !ok || !whole && !file.HasLine(found.Line, found.EndLine) {
					t.Errorf("a finding points elsewhere: %+v", found)
				}
			}
		}
	})
}
