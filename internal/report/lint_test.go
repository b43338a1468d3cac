package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
)

func TestExcerpt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 200)
	tests := []struct {
		name, text  string
		col, end    int
		line, caret string
	}{
		{"a word", "a: word", 4, 8, "a: word", "   ^~~~"},
		{"one letter", "a: w", 4, 5, "a: w", "   ^"},
		{"behind the end", "a:", 3, 4, "a:", "  ^"},
		{"an empty line", "", 1, 2, "", "^"},
		{"tabs before it", "\ta:\tb", 5, 6, "    a:  b", "        ^"},
		{"a tab after letters stops at the next column of four", "ab\tc", 4, 5, "ab  c", "    ^"},
		{"wide letters before it", "名前: b", 9, 10, "名前: b", "      ^"},
		{"wide letters themselves", "a: 名前", 4, 10, "a: 名前", "   ^~~~"},
		{"a mark on a letter takes no column", "e\u0301: b", 6, 7, "e\u0301: b", "   ^"},
		{"a picture", "a: 🚀 b", 9, 10, "a: 🚀 b", "      ^"},
		{"an escape sequence is written out", "a: \x1b[31m b", 4, 5, "a: <U+001B>[31m b", "   ^~~~~~~~"},
		{"a mark that turns the direction is written out", "a\u202e: b", 7, 8, "a<U+202E>: b", "           ^"},
		{"broken UTF-8 is written out", "a: \xff b", 4, 5, "a: <FF> b", "   ^~~~"},
		{"a command of the runner is none", "a: ##[error]x", 4, 9, `a: ##\[error]x`, "   ^~~~~~"},
		{"a long line, early", "a: b" + long, 4, 5, "a: b" + long[:106] + "…", "   ^"},
		{"a long line, late", long + " b", 202, 203, "…" + long[:81] + " b", strings.Repeat(" ", 83) + "^"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			line, caret := excerpt(tt.text, tt.col, tt.end)
			if diff := cmp.Diff([]string{tt.line, tt.caret}, []string{line, caret}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// linted has every kind of thing that a linter can say, with hostile words.
func linted() Linted {
	workflow := "on: push\njobs:\n  a:\n    steps:\n      - uses: \"名/x@v1\" # ##[error]\n      - run: |\r\n\n"
	policy := "version: 1\nowners: []\n"
	at := func(file string, line, col int, s diag.Severity, id, message string) diag.Finding {
		return diag.Finding{Position: diag.Position{File: file, Line: line, Col: col}, Severity: s, ID: id, Message: message}
	}
	r := lint.Report{
		Files: []string{"routing-policy.yml", "sub/::error::x.yml"},
		Findings: []lint.Finding{
			{Finding: at("routing-policy.yml", 2, 9, diag.Warning, "owner-missing", "nobody answers for it"), Edits: []lint.Edit{
				{Start: diag.Position{File: "routing-policy.yml", Line: 2, Col: 9}, End: diag.Position{File: "routing-policy.yml", Line: 2, Col: 11}, Text: "[\"@acme/platform\"]"},
			}},
			{Finding: at("sub/::error::x.yml", 5, 15, diag.Error, "model-not-pinned", "\"名/x\"\n::error::takes ##[group]any <b>@acme/everybody</b> [x](https://evil.example)"), End: 25},
			{Finding: at("sub/::error::x.yml", 7, 1, diag.Note, "model-not-pinned", "at an empty line")},
		},
		Suppressed: []lint.Suppressed{{Finding: lint.Finding{Finding: at("routing-policy.yml", 1, 1, diag.Warning, "owner-missing", "nobody")}, Until: "2027-01-31", Reason: "::warning::why not"}},
		NotExamined: []lint.NotExamined{
			{Rule: "b", File: "x", Need: lint.NeedsTree}, {Rule: "a", File: "x", Need: lint.NeedsTree}, {Rule: "a", File: "y", Need: lint.NeedsTree}, {Rule: "c", File: "x", Need: lint.NeedsLedger},
		},
	}
	return Linted{
		Report: r, Version: "1.2.3", PassedOver: 2, Unread: []string{"workflows beyond the first 100"},
		Sources: []lint.Source{lint.NewSource("routing-policy.yml", []byte(policy)), lint.NewSource("sub/::error::x.yml", []byte(workflow))},
	}
}

// TestLintFormats holds each format to a golden file.
func TestLintFormats(t *testing.T) {
	t.Parallel()
	l := linted()
	for name, render := range map[string]func(*bytes.Buffer) error{
		"lint.txt":    func(b *bytes.Buffer) error { return LintText(b, l, false) },
		"lint.colour": func(b *bytes.Buffer) error { return LintText(b, l, true) },
		"lint.json":   func(b *bytes.Buffer) error { return LintJSON(b, l) },
		"lint.nothing": func(b *bytes.Buffer) error {
			return LintText(b, Linted{Report: lint.Report{Files: []string{"a"}}}, false)
		},
		"lint.none.json": func(b *bytes.Buffer) error { return LintJSON(b, Linted{Version: "1.2.3"}) },
		"lint.sarif": func(b *bytes.Buffer) error {
			data, err := LintSARIF(l)
			b.Write(withoutRules(t, data))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := render(&b); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// withoutRules leaves the rules out of a golden file: they have pages.
func withoutRules(t *testing.T, data []byte) []byte {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	log.Runs[0].Tool.Driver.Rules = nil
	for i := range log.Runs[0].Results {
		log.Runs[0].Results[i].RuleIndex = 0 // it moves with every new rule
	}
	data, err := json.MarshalIndent(log, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

// TestLintSARIFIsValid checks the whole file, rules and all, and that each
// result names its rule by its place.
func TestLintSARIFIsValid(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]Linted{"everything": linted(), "nothing": {}, "briefs": lintedBriefs(), "from a folder": {Report: linted().Report, Folder: "services/a"}} {
		data, err := LintSARIF(l)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkSARIF(sarifForm(t), data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var log sarifLog
		if err := json.Unmarshal(data, &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		if len(run.Results) != len(l.Findings)+len(l.Suppressed) {
			t.Errorf("%s: %d results", name, len(run.Results))
		}
		for _, r := range run.Results {
			if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
				t.Errorf("%s: a result of %s points to the rule %s", name, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
			}
		}
		if run.Invocations[0].Successful != (len(l.Unread) == 0) {
			t.Errorf("%s: a part of it was not read, and it says successful: %t", name, run.Invocations[0].Successful)
		}
	}
}

// lintedBriefs are two briefs, one with a secret.
func lintedBriefs() Linted {
	w := lint.World{Today: lint.ExampleDay, Redact: func(text string) (string, []string) {
		if !strings.Contains(text, "hunter2") {
			return text, nil
		}
		return strings.ReplaceAll(text, "hunter2", "[redacted]"), []string{"password"}
	}}
	var l Linted
	var reports []lint.Report
	for name, text := range map[string]string{"brief": "Tidy the importer", "tasks/a.md": "Some context.\n\n  Tidy — it says hunter2\n"} {
		b := lint.Brief{Source: lint.NewSource(name, []byte(text))}
		reports, l.Sources = append(reports, lint.CheckBrief(b, w)), append(l.Sources, b.Shown(w))
	}
	l.Report = lint.Join(reports...)
	return l
}

// TestABriefIsShownWithACaretAndWithoutItsSecret reads both forms of what a
// person and a program are shown.
func TestABriefIsShownWithACaretAndWithoutItsSecret(t *testing.T) {
	t.Parallel()
	var text bytes.Buffer
	if err := LintText(&text, lintedBriefs(), false); err != nil {
		t.Fatal(err)
	}
	data, err := LintSARIF(lintedBriefs())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n 1 | Tidy the importer\n   | ^~~~\n", "\n 3 |   **** • ** **** *******\n   |   ^~~~\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
	if strings.Contains(text.String()+string(data), "hunter2") {
		t.Errorf("the secret is shown:\n%s\n%s", text.String(), data)
	}
}

// TestLintPathsAreThoseOfTheRepository covers a run in a folder below the root.
func TestLintPathsAreThoseOfTheRepository(t *testing.T) {
	t.Parallel()
	l := Linted{Folder: "services/a"}
	for name, want := range map[string]string{"../../routing-policy.yml": "routing-policy.yml", "x.yml": "services/a/x.yml", "/etc/x.yml": "/etc/x.yml"} {
		if got := l.path(name); got != want {
			t.Errorf("path(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestTheTextOfALinterIsNoCommand reads it as the runner does.
func TestTheTextOfALinterIsNoCommand(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := LintText(&b, linted(), false); err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(b.String()) {
		if text := strings.TrimSpace(l); strings.HasPrefix(text, "::") || strings.Contains(text, "##[") {
			t.Errorf("the runner reads a command in %q", l)
		}
	}
}

func TestLintAnnotations(t *testing.T) {
	t.Parallel()
	l := linted()
	got := LintAnnotations(l, "see elsewhere")
	want := []Annotation{
		{Level: LevelError, Title: "model-not-pinned", File: "sub/::error::x.yml", Line: 5, Col: 15, EndCol: 23, Message: `"名/x" ::error::takes ##\[group]any <b>@acme/everybody</b> [x](https://evil.example)`},
		{Level: LevelWarning, Title: "owner-missing", File: "routing-policy.yml", Line: 2, Col: 9, EndCol: 10, Message: "nobody answers for it"},
		{Level: LevelWarning, Title: "Not examined", Message: "workflows beyond the first 100"},
		{Level: LevelNotice, Title: "model-not-pinned", File: "sub/::error::x.yml", Line: 7, Col: 1, EndCol: 1, Message: "at an empty line"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	l.Findings[0].File = "a\nb"
	for _, a := range LintAnnotations(l, "") {
		if strings.Contains(a.File, "\n") {
			t.Errorf("%q names no file to the runner", a.File)
		}
	}
}

// TestMoreThanTenAnnotationsAreCounted keeps the runner from dropping any in
// silence.
func TestMoreThanTenAnnotationsAreCounted(t *testing.T) {
	t.Parallel()
	l := linted()
	for range 20 {
		l.Findings = append(l.Findings, l.Findings[1])
	}
	got := LintAnnotations(l, "see elsewhere")
	if len(got) != 10+2+1 || got[9].Message != "12 more findings of this level: see elsewhere" {
		t.Errorf("%d annotations, the tenth is %+v", len(got), got[9])
	}
}

// TestTheFormOfTheJSONIsDocumented holds docs/lint.md to every key.
func TestTheFormOfTheJSONIsDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/lint.md")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := LintJSON(&b, linted()); err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`"([a-z_]+)":`).FindAllStringSubmatch(b.String(), -1)
	for _, k := range keys {
		if !strings.Contains(string(page), "`"+k[1]+"`") {
			t.Errorf("docs/lint.md does not name the key %s", k[1])
		}
	}
	if len(keys) < 20 {
		t.Errorf("only %d keys were found", len(keys))
	}
}
