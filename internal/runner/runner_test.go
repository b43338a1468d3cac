package runner

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/testkit/runnerparse"
)

const key = "sk-test-3f9Zq7LmX2"

// world is an environment of a map, with files for outputs and summary.
type world struct {
	env    map[string]string
	stdout bytes.Buffer
	runner *Runner
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{env: map[string]string{
		"GITHUB_ACTIONS": "true", "INPUT_ANTHROPIC-API-KEY": " " + key + "\n",
		"GITHUB_OUTPUT": filepath.Join(dir, "output"), "GITHUB_STEP_SUMMARY": filepath.Join(dir, "summary"),
	}}
	r := New(w.getenv, &w.stdout, rand.NewChaCha8([32]byte{7}), nil)
	w.runner = r.Redacting(sanitize.NewRedactor(r.Secrets()...))
	return w
}

func (w *world) getenv(name string) string { return w.env[name] }

func (w *world) file(t *testing.T, variable string) string {
	t.Helper()
	content, err := os.ReadFile(w.env[variable])
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// hostile are values and lines that try to set more than they may.
func hostile() []string {
	const fixed = "_GitHubActionsFileCommandDelimeter_"
	return []string{
		"", "plain", "a\nb\n", "\n", "\r\n", "a\r\nb", "x=y", "x<<y", "<<", "=", "EOF", fixed,
		"ok\n" + fixed + "\ntier=frontier\napproved=true\nrest<<" + fixed + "\nx",
		"ok\nghadelimiter_\ntier=frontier", "tierwise_\nx=y", "::set-output name=tier::frontier", "##[set-output name=tier]frontier",
		"::add-mask::e", "x\n::stop-commands::t", "a\x00b", "\u2028x=y", "é\xff", strings.Repeat("=<\n", 50),
	}
}

// TestOutputsAreExactlyWhatWasSet reads the file as the runner does, for random
// lists of hostile values.
func TestOutputsAreExactlyWhatWasSet(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 9))
	for range 200 {
		w := newWorld(t)
		var want []runnerparse.Pair
		for i := range 1 + random.IntN(5) {
			var value string
			for range 1 + random.IntN(3) {
				value += hostile()[random.IntN(len(hostile()))]
			}
			name := fmt.Sprintf("out-%d", i)
			if err := w.runner.SetOutput(name, value); err != nil {
				t.Fatal(err)
			}
			want = append(want, runnerparse.Pair{Name: name, Value: value})
		}
		got, err := runnerparse.File(w.file(t, "GITHUB_OUTPUT"))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("error %v (-want +got):\n%s", err, diff)
		}
		if w.stdout.Len() > 0 {
			t.Fatalf("the log has %q", w.stdout.String())
		}
	}
}

func FuzzSetOutput(f *testing.F) {
	for _, v := range hostile() {
		f.Add("name", v)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		w := newWorld(t)
		if strings.Contains(value, key) {
			return
		}
		if err := w.runner.SetOutput(name, value); err != nil {
			if oneLine(name) {
				t.Errorf("%q, %q: %v", name, value, err)
			}
			return
		}
		got, err := runnerparse.File(w.file(t, "GITHUB_OUTPUT"))
		if diff := cmp.Diff([]runnerparse.Pair{{Name: name, Value: value}}, got); err != nil || diff != "" {
			t.Errorf("error %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestSetOutputRefusesWhatCouldSetMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"", "a\nb", "a\rb", "a=b", "a<<b"} {
		if err := w.runner.SetOutput(name, "x"); err == nil {
			t.Errorf("the name %q is taken", name)
		}
	}
	zeros := New(w.getenv, &w.stdout, bytes.NewReader(make([]byte, 16)), nil)
	if err := zeros.SetOutput("a", "x tierwise_"+strings.Repeat("0", 32)); err == nil {
		t.Error("a value with the delimiter is taken")
	}
	if err := zeros.SetOutput("a", "x"); err == nil {
		t.Error("a delimiter was drawn from nothing")
	}
	if _, err := os.Stat(w.env["GITHUB_OUTPUT"]); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}
}

func TestFilesThatCannotBeWrittenAreErrors(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"not set": "", "a folder": t.TempDir(), "below nothing": "/nowhere/at/all"} {
		w := newWorld(t)
		w.env["GITHUB_OUTPUT"], w.env["GITHUB_STEP_SUMMARY"] = path, path
		if err := w.runner.SetOutput("a", "b"); err == nil {
			t.Errorf("%s: SetOutput gave no error", name)
		}
		if err := w.runner.AppendSummary("x"); err == nil {
			t.Errorf("%s: AppendSummary gave no error", name)
		}
	}
}

func TestAppendSummaryAppendsUpToTheLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	half := strings.Repeat("x", maxSummary/2-1)
	for range 2 {
		if err := w.runner.AppendSummary(half); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(w.file(t, "GITHUB_STEP_SUMMARY")); got != maxSummary {
		t.Errorf("the summary holds %d bytes", got)
	}
	if err := w.runner.AppendSummary(""); err == nil || !strings.Contains(err.Error(), "1048577 bytes") {
		t.Errorf("one byte over the limit gave %v", err)
	}
}

// TestTheLogHoldsNoCommandButOurs sends every hostile text through every way
// to the log.
func TestTheLogHoldsNoCommandButOurs(t *testing.T) {
	t.Parallel()
	lines := append(hostile(), " ::error::x", "\u200b::error::x", "#\u200b#[error]x", "\x1b[0m::error::", "a\r##[group]b", "%0A::error::x", "a,title=b:c")
	for _, line := range lines {
		w := newWorld(t)
		w.runner.Log(line)
		if got := runnerparse.Commands(w.stdout.String()); len(got) > 0 {
			t.Errorf("Log(%q) runs %+v", line, got)
		}
		if strings.Count(w.stdout.String(), "\n") != 1 {
			t.Errorf("Log(%q) writes %q", line, w.stdout.String())
		}
		w.stdout.Reset()
		w.runner.Warning(Annotation{Title: line, Message: line, File: line, Line: 3, EndLine: 4})
		got := runnerparse.Commands(w.stdout.String())
		if len(got) != 1 || got[0].Name != "warning" {
			t.Fatalf("Warning(%q) runs %+v", line, got)
		}
		for property := range got[0].Properties {
			if !slices.Contains([]string{"title", "file", "line", "endline"}, property) {
				t.Errorf("Warning(%q) sets %q", line, property)
			}
		}
		if w.runner.Err() != nil {
			t.Errorf("error %v", w.runner.Err())
		}
	}
}

func TestAnnotationsArriveAsMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.runner.Error(Annotation{Title: "a: b, c", Message: "100 %\nof it", File: "a,b:c.go", Line: 3, EndLine: 5})
	w.runner.Notice(Annotation{Message: "no place", Line: 4})
	w.runner.Warning(Annotation{Message: "end before start", File: "a.go", Line: 4, EndLine: 2})
	want := []runnerparse.Command{
		{Name: "error", Properties: map[string]string{"title": "a: b, c", "file": "a,b:c.go", "line": "3", "endline": "5"}, Data: "100 %\nof it"},
		{Name: "notice", Properties: map[string]string{}, Data: "no place"},
		{Name: "warning", Properties: map[string]string{"file": "a.go", "line": "4"}, Data: "end before start"},
	}
	if diff := cmp.Diff(want, runnerparse.Commands(w.stdout.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnnotationsAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var group sync.WaitGroup
	for range 13 {
		group.Go(func() {
			w.runner.Notice(Annotation{Message: strings.Repeat("😀", 3000), Title: strings.Repeat("t", 300)})
		})
		group.Go(func() { w.runner.Error(Annotation{Message: "x"}) })
	}
	group.Wait()
	counts := map[string]int{}
	for _, c := range runnerparse.Commands(w.stdout.String()) {
		counts[c.Name]++
		if n := len(utf16.Encode([]rune(c.Data))); n > maxMessage || c.Name == "notice" && n < maxMessage-1 {
			t.Errorf("a message of %d units was sent", n)
		}
		if n := len(c.Properties["title"]); n > maxTitle+2 {
			t.Errorf("a title of %d bytes was sent", n)
		}
	}
	if diff := cmp.Diff(map[string]int{"notice": 10, "error": 10}, counts); diff != "" || w.runner.Dropped() != 6 {
		t.Errorf("%d dropped (-want +got):\n%s", w.runner.Dropped(), diff)
	}
}

// TestNoSinkHoldsASecret echoes the key everywhere, in forms it may take.
func TestNoSinkHoldsASecret(t *testing.T) {
	t.Parallel()
	for _, form := range []string{key, key[:8] + "\x1b[1m" + key[8:], key[:5] + "\u200b" + key[5:], strings.Repeat("x", 4090) + key, "Bearer " + key} {
		w := newWorld(t)
		text := "401 " + form + " was refused"
		w.runner.Log(text)
		w.runner.Error(Annotation{Title: text, Message: text, File: text})
		if err := errors.Join(w.runner.SetOutput("a", text), w.runner.AppendSummary(text)); err != nil {
			t.Fatal(err)
		}
		for sink, content := range map[string]string{"log": w.stdout.String(), "output": w.file(t, "GITHUB_OUTPUT"), "summary": w.file(t, "GITHUB_STEP_SUMMARY")} {
			if strings.Contains(content, key) || strings.Contains(content, key[8:]) && strings.Contains(content, key[:8]) && !strings.Contains(content, "\x1b") {
				t.Errorf("the %s holds it: %q", sink, content)
			}
		}
	}
}

func TestMaskIsForTheRunnerAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.runner.Mask(key)
	w.runner.Mask("e")
	w.runner.Mask("")
	want := []runnerparse.Command{{Name: "add-mask", Properties: map[string]string{}, Data: key}}
	if diff := cmp.Diff(want, runnerparse.Commands(w.stdout.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.stdout.Reset()
	w.env["GITHUB_ACTIONS"] = ""
	w.runner.Mask(key)
	if w.stdout.Len() > 0 {
		t.Error("outside Actions the key was printed")
	}
}

func TestInputsAndVariables(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env["INPUT_ON-MISSING-KEY"], w.env["TIERWISE_TASK"], w.env["OPENAI_API_KEY"] = " skip\n", " x ", "other-key-1"
	for got, want := range map[string]string{
		w.runner.Input("on-missing-key"): "skip", w.runner.Input("task"): "", w.runner.Env("TIERWISE_TASK"): " x ",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if diff := cmp.Diff([]string{"other-key-1", key}, w.runner.Secrets()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !w.runner.InActions() {
		t.Error("not in Actions")
	}
}

// TestEverySecretInputIsKnown holds the list to action.yml.
func TestEverySecretInputIsKnown(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	inputs, _, _ := strings.Cut(string(text), "\noutputs:")
	var found []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z-]+-(?:key|token)):$`).FindAllStringSubmatch(inputs, -1) {
		if m[1] != "on-missing-key" { // says what to do, and is no secret
			found = append(found, m[1])
		}
	}
	slices.Sort(found)
	if diff := cmp.Diff(secretInputs(), found); diff != "" {
		t.Errorf("(-known +in action.yml):\n%s", diff)
	}
}

func TestUnsetActionsSecretsTriesAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var unset []string
	err := w.runner.UnsetActionsSecrets(func(name string) error {
		unset = append(unset, name)
		if name == "ACTIONS_CACHE_URL" {
			return errors.New("refused")
		}
		return nil
	})
	if diff := cmp.Diff(actionsPowers(), unset); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err == nil || !strings.Contains(err.Error(), "unset ACTIONS_CACHE_URL: refused") {
		t.Errorf("got %v", err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestALogThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*Runner){
		"a line":        func(r *Runner) { r.Log("x") },
		"an annotation": func(r *Runner) { r.Notice(Annotation{Message: "x"}) },
		"a mask":        func(r *Runner) { r.Mask(key) },
	} {
		w := newWorld(t)
		r := New(w.getenv, brokenWriter{}, nil, nil)
		write(r)
		if err := r.Err(); err == nil || !strings.Contains(err.Error(), "broken pipe") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestContextReadsTheRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, value := range map[string]string{
		"EVENT_NAME": "pull_request", "EVENT_PATH": "/e.json", "REPOSITORY": "acme/shop", "REPOSITORY_ID": "7", "SHA": "abc", "REF": "refs/pull/1/merge",
		"RUN_ID": "42", "RUN_ATTEMPT": "2", "JOB": "ai", "ACTION": "review_2", "WORKFLOW": "AI", "WORKFLOW_REF": "acme/shop/.github/workflows/ai.yml@refs/heads/main",
		"WORKFLOW_SHA": "def", "ACTOR": "ann", "TRIGGERING_ACTOR": "bob", "API_URL": "https://api.github.com", "SERVER_URL": "https://github.com", "WORKSPACE": "/w",
	} {
		w.env["GITHUB_"+name] = value
	}
	want := Context{
		EventName: "pull_request", EventPath: "/e.json", Repository: "acme/shop", RepositoryID: 7, SHA: "abc", Ref: "refs/pull/1/merge",
		RunID: 42, RunAttempt: 2, Job: "ai", Step: "review_2", Workflow: "AI", WorkflowRef: "acme/shop/.github/workflows/ai.yml@refs/heads/main", WorkflowSHA: "def",
		Actor: "ann", TriggeringActor: "bob", APIURL: "https://api.github.com", ServerURL: "https://github.com", Workspace: "/w",
	}
	got, err := w.runner.Context()
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}

func TestContextNamesEveryMistake(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env["GITHUB_REPOSITORY"], w.env["GITHUB_RUN_ID"], w.env["GITHUB_RUN_ATTEMPT"] = "acme/../shop", "x", "-1"
	_, err := w.runner.Context()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"GITHUB_EVENT_NAME is not set", "GITHUB_EVENT_PATH is not set", "GITHUB_SHA is not set", "GITHUB_API_URL is not set", "GITHUB_SERVER_URL is not set",
		`GITHUB_REPOSITORY is "acme/../shop", expected owner/name`, `GITHUB_RUN_ID is "x"`, `GITHUB_RUN_ATTEMPT is "-1"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in:\n%v", want, err)
		}
	}
}
