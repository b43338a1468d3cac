package dispatch

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

// writes keeps the whole files that its verifier may edit.
func writes(seen *map[string]string) task.Task {
	t := tell()
	t.ID, t.Kind, t.NeedsFiles = "docs", task.Writes, true
	verify := t.Verify
	t.Verify = func(in task.Input, answer []byte) (task.Output, []task.Problem) {
		*seen = in.Head
		return verify(in, answer)
	}
	return t
}

func TestOnlyFilesThatWereShownMayBeEdited(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1))
	d.Scanner = marking{}
	in := task.Input{
		Change: change.Change{Files: []change.File{textFile("a.go", "x")}},
		Head: map[string]string{
			"a.go": "package a\n", "bom.cs": "\ufeffclass A {}\n", "secret.go": "p := \"hunter2\"\n", "hunter2.go": "package a\n",
			"bidi.go": "// \u202e\n", ".env": "A=1\n", "huge.go": strings.Repeat("x", 200_000), "after.go": "package after\n",
		},
		HeadOrder: []string{"a.go", "bom.cs", "secret.go", "hunter2.go", "bidi.go", ".env", "huge.go", "after.go"},
	}
	var seen map[string]string
	r := d.Run(context.Background(), writes(&seen), efficient(), in)
	if r.Status != Clean {
		t.Fatal(r.Reason)
	}
	want := map[string]string{"a.go": "package a\n", "bom.cs": "\ufeffclass A {}\n", "after.go": "package after\n"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("the verifier got (-want +got):\n%s", diff)
	}
	prompt := s.asked[0].Prompt
	for _, must := range []string{"path: a.go\npackage a\n", "path: bom.cs\nclass A {}\n", "path: after.go\n"} {
		if !strings.Contains(prompt, must) {
			t.Errorf("the prompt lacks %q", must)
		}
	}
	for _, never := range []string{"hunter2", "\u202e", "A=1", "xxxxx"} {
		if strings.Contains(prompt, never) {
			t.Errorf("the prompt holds %q", never)
		}
	}
	var left []string
	for _, l := range r.LeftOut {
		left = append(left, l.Path+": "+l.Why)
	}
	if diff := cmp.Diff([]string{
		"secret.go: may not be edited: it holds what looks like a secret", "hunter2.go: may not be edited: its name holds what looks like a secret",
		"bidi.go: may not be edited: it holds hidden characters", ".env: may not be edited: it holds secrets by its name",
		"huge.go: may not be edited: the prompt's bound was reached",
	}, left); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
}

func TestWholeFilesLeaveRoomForTheDiff(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1))
	in := task.Input{Change: change.Change{Files: []change.File{textFile("a.go", "the line that changed")}}, Head: map[string]string{}}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		in.Head[name+".go"] = strings.Repeat("y", 60_000)
		in.HeadOrder = append(in.HeadOrder, name+".go")
	}
	var seen map[string]string
	d.Run(context.Background(), writes(&seen), efficient(), in)
	if len(seen) == 0 || len(seen) == 6 || !strings.Contains(s.asked[0].Prompt, "the line that changed") {
		t.Errorf("%d of 6 files were shown, or the diff was not", len(seen))
	}
}

func TestATaskThatOnlyReadsIsShownNoWholeFiles(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1))
	in := oneFile()
	in.Head, in.HeadOrder = map[string]string{"a.go": "whole text"}, []string{"a.go"}
	d.Run(context.Background(), tell(), efficient(), in)
	if strings.Contains(s.asked[0].Prompt, "whole text") {
		t.Error("a whole file was sent")
	}
}
