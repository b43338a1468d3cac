package task

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// maxWrongPercent is how many of a hundred verdicts of a verifier may be
// wrong, on either side.
const maxWrongPercent = 5

// minVerdicts is how many good and how many bad outputs measure a verifier.
const minVerdicts = 40

// judgedInput is a line of inputs.jsonl: a change, or a log.
type judgedInput struct {
	Name    string          `json:"name"`
	Title   string          `json:"title"`
	Body    string          `json:"body"`
	Pull    int             `json:"pull"`
	Commits []judgedCommit  `json:"commits"`
	Diff    string          `json:"diff"`
	Log     string          `json:"log"`
	Prompt  string          `json:"prompt"`
	Schema  json.RawMessage `json:"schema"`
}

type judgedCommit struct {
	SHA     string `json:"sha"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
	Parents int    `json:"parents"`
}

// judgedAnswer is a line of good.jsonl and bad.jsonl: an answer as a value, or
// as the text itself. HeldOut marks those that were written before the
// verifiers were tuned, and were not looked at while they were.
type judgedAnswer struct {
	Name    string          `json:"name"`
	Input   string          `json:"input"`
	Answer  json.RawMessage `json:"answer"`
	Why     string          `json:"why"`
	HeldOut bool            `json:"held_out"`
}

func (v judgedAnswer) text() []byte {
	var text string
	if json.Unmarshal(v.Answer, &text) == nil {
		return []byte(text)
	}
	return v.Answer
}

// judgedLines reads a file. Secrets stand in it with a dot inside, so that
// whoever scans this repository finds none.
func judgedLines[T any](t *testing.T, task, file string) []T {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/verdicts", task, file+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	for line := range bytes.Lines(bytes.ReplaceAll(data, []byte("·"), nil)) {
		var one T
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatalf("%s/%s: %v", task, file, err)
		}
		all = append(all, one)
	}
	return all
}

func (in judgedInput) input(t *testing.T) Input {
	t.Helper()
	files, err := change.Parse(strings.NewReader(in.Diff))
	if err != nil {
		t.Fatalf("%s: %v", in.Name, err)
	}
	made := Input{
		Title: in.Title, Body: in.Body, PullNumber: in.Pull, Log: []byte(in.Log), Change: change.Change{Files: files},
		Repository: "example/project", Today: "2026-11-24",
	}
	for _, c := range in.Commits {
		made.Change.Commits = append(made.Change.Commits, change.Commit{SHA: c.SHA, Subject: c.Subject, Body: c.Body, Author: "ada", Parents: c.Parents})
	}
	return made
}

// judgedTask gives the verifier of a folder's name.
func judgedTask(t *testing.T, name string, in judgedInput) Task {
	t.Helper()
	if task, ok := Find(name); ok {
		return task
	}
	task, err := NewCustom(CustomSpec{ID: name, Kind: Tells, Prompt: in.Prompt, Schema: in.Schema})
	if err != nil {
		t.Fatal(err)
	}
	return task
}

// tally counts the answers of one file and those that were judged wrongly.
type tally struct {
	all, wrong, held, heldWrong int
	lines                       []string
}

func (c tally) String() string {
	return fmt.Sprintf("%2d of %2d %5.1f %% (%d of %d held out)", c.wrong, c.all, 100*float64(c.wrong)/float64(c.all), c.heldWrong, c.held)
}

// judged runs a verifier over a file. An answer is caught where it is refused,
// or where a finding that is wrong is left out and counted.
func judged(t *testing.T, name, file string, inputs map[string]judgedInput) tally {
	t.Helper()
	var c tally
	for _, v := range judgedLines[judgedAnswer](t, name, file) {
		in, ok := inputs[v.Input]
		if !ok {
			t.Fatalf("%s/%s/%s: there is no input %q", name, file, v.Name, v.Input)
		}
		out, problems := judgedTask(t, name, in).Verify(in.input(t), v.text())
		caught := len(problems) > 0 || out.Dropped > 0
		wrong := caught == (file == "good")
		c.all++
		if v.HeldOut {
			c.held++
		}
		if !wrong {
			continue
		}
		c.wrong++
		if v.HeldOut {
			c.heldWrong++
		}
		c.lines = append(c.lines, fmt.Sprintf("%s/%s/%s (%s, held out %v): %v", name, file, v.Name, v.Why, v.HeldOut, problems))
	}
	return c
}

// TestVerdicts measures every verifier on good and on deliberately broken
// outputs; make verifiers prints what it finds.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	table := fmt.Sprintf("\n%-16s %-38s %s\n", "verifier", "false rejects", "false accepts")
	for _, name := range []string{"changelog", "code-review", "custom-markdown", "custom-schema", "failure-summary", "pr-summary", "release-notes", "security-scan"} {
		inputs := map[string]judgedInput{}
		for _, in := range judgedLines[judgedInput](t, name, "inputs") {
			inputs[in.Name] = in
		}
		good, bad := judged(t, name, "good", inputs), judged(t, name, "bad", inputs)
		table += fmt.Sprintf("%-16s %-38s %s\n", name, good, bad)
		inReadme(t, name, good, bad)
		for _, line := range append(good.lines, bad.lines...) {
			t.Log(line)
		}
		for _, c := range []tally{good, bad} {
			if c.all < minVerdicts || 4*c.held < c.all-4*5 {
				t.Errorf("%s: %d outputs, %d held out: too few to measure", name, c.all, c.held)
			}
			if 100*c.wrong > maxWrongPercent*c.all {
				t.Errorf("%s: more than %d %% are judged wrongly: %v", name, maxWrongPercent, c)
			}
		}
	}
	t.Log(table)
}

// inReadme checks that the README states what was measured.
func inReadme(t *testing.T, name string, good, bad tally) {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	title := map[string]string{"custom-markdown": "your own, in markdown", "custom-schema": "your own, with a schema"}[name]
	if title == "" {
		title = "`" + name + "`"
	}
	row := fmt.Sprintf("| %s | %d of %d | %d of %d |", title, good.wrong, good.all, bad.wrong, bad.all)
	if !bytes.Contains(readme, []byte(row)) {
		t.Errorf("the README lacks the row %q", row)
	}
}
