package pipeline

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/provider"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/task"
)

func publishedWork(t *testing.T) *Work {
	t.Helper()
	file, err := policy.Default(Known())
	if err != nil {
		t.Fatal(err)
	}
	return &Work{
		Repository: "acme/widgets", PullNumber: 7, HasChange: true, Policy: file, PolicyDigest: "d",
		Change: change.Change{Base: "1", Head: "2", Files: []change.File{{Path: "a.go", Status: change.Modified}}},
	}
}

// fileOf writes a result file with one task and reads it back.
func fileOf(t *testing.T, head report.ResultHead) report.ParsedResult {
	t.Helper()
	var out strings.Builder
	s := report.Session{Results: []dispatch.Result{{Task: task.Task{ID: "changelog"}, Status: dispatch.Clean}}}
	if _, err := report.ResultFile(&out, head, s, same); err != nil {
		t.Fatal(err)
	}
	file, err := report.ParseResult([]byte(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// Every field of a result's head must be the one that is found here, but for
// the list of keys, which only a run can know.
func TestEveryFieldOfTheHeadMustFit(t *testing.T) {
	t.Parallel()
	w, s := publishedWork(t), Settings{Tasks: []string{"changelog"}}
	o := Origin{RunID: "4711", Attempt: 1, Workflow: "review", Event: "pull_request", Version: "v1"}
	m := Models{Clients: map[string]dispatch.Completer{"anthropic": nowhere{}}}
	head, err := w.ResultHead(o, m)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.sameWork(fileOf(t, head), s, o, m); err != nil {
		t.Fatalf("its own file is refused: %v", err)
	}
	for i := range reflect.TypeFor[report.ResultHead]().NumField() {
		name := reflect.TypeFor[report.ResultHead]().Field(i).Name
		if name == "Available" {
			continue
		}
		other := head
		switch field := reflect.ValueOf(&other).Elem().Field(i); field.Kind() {
		case reflect.String:
			field.SetString(field.String() + "0")
		default:
			field.SetInt(field.Int() + 1)
		}
		err := w.sameWork(fileOf(t, other), s, o, m)
		var wrong *UnfitResultError
		if !errors.As(err, &wrong) {
			t.Errorf("another %s: error %v", name, err)
		}
	}
	if err := w.sameWork(fileOf(t, head), Settings{Tasks: []string{"code-review", "changelog"}}, o, m); err == nil {
		t.Error("a task is missing, and nobody says so")
	}
}

// A digest covers all that a model or a verifier may have seen.
func TestAnotherChangeHasAnotherDigest(t *testing.T) {
	t.Parallel()
	w := publishedWork(t)
	before, err := w.changeDigest()
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		change func(c *change.Change)
	}{
		{"a line", func(c *change.Change) { c.Files[0].Hunks = []change.Hunk{{Lines: []change.Line{{Text: "x"}}}} }},
		{"a commit", func(c *change.Change) { c.Commits = []change.Commit{{Subject: "x"}} }},
		{"what is missing", func(c *change.Change) { c.Incomplete = []string{"cut"} }},
		{"a path", func(c *change.Change) { c.Files[0].Path = "b.go" }},
	}
	for _, c := range cases {
		other := publishedWork(t)
		c.change(&other.Change)
		if after, err := other.changeDigest(); err != nil || after == before {
			t.Errorf("%s: the digest is the same, %v", c.name, err)
		}
	}
}

// Whoever publishes can call nobody: every client refuses.
func TestPublishHasNoClientThatCalls(t *testing.T) {
	t.Parallel()
	w := publishedWork(t)
	m, err := keyless(w, []string{"anthropic"})
	if err != nil || len(m.Clients) != 1 {
		t.Fatalf("%d clients, %v", len(m.Clients), err)
	}
	for name, c := range m.Clients {
		if _, err := c.Complete(context.Background(), provider.Request{}); err == nil {
			t.Errorf("the client of %s answered", name)
		}
	}
	if m, err := keyless(w, nil); err != nil || len(m.Clients) != 0 {
		t.Errorf("without a key there, %d clients here, %v", len(m.Clients), err)
	}
	if _, err := keyless(w, []string{"zebra"}); err == nil {
		t.Error("a provider that the policy does not name was taken")
	}
}

// Nothing of a file is shown where the work itself was refused.
func TestPublishRefusesWhatWasNotRead(t *testing.T) {
	t.Parallel()
	w := publishedWork(t)
	w.Refused = "the head moved"
	_, err := w.Publish(context.Background(), report.ParsedResult{}, Settings{}, Origin{}, Edge{})
	var wrong *UnfitResultError
	if !errors.As(err, &wrong) || !strings.Contains(err.Error(), "the head moved") {
		t.Errorf("error %v", err)
	}
}
