package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

func patched(id, patch string) dispatch.Result {
	return dispatch.Result{Task: task.Task{ID: id}, Output: task.Output{Patch: patch}}
}

func TestPatchesAreFilesOfTheirOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	results := []dispatch.Result{patched("docs", "one\n"), patched("changelog", ""), patched("tests", "two\n")}
	for range 2 { // a re-run replaces them
		paths, err := WritePatches(dir, "1a", results, same)
		if diff := cmp.Diff([]string{".tierwise/docs-1a.patch", ".tierwise/tests-1a.patch"}, paths); err != nil || diff != "" {
			t.Fatalf("%v\n%s", err, diff)
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, ".tierwise/tests-1a.patch")); err != nil || string(data) != "two\n" {
		t.Errorf("%q, %v", data, err)
	}
	if got := patchName("../../etc/x", "a/b\n"); got != "______etc_x-a_b_.patch" {
		t.Errorf("a name that leads away is %q", got)
	}
}

func TestAPatchWithAKeyIsNotWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hide := func(s string) string { return strings.ReplaceAll(s, "hunter2", "***") }
	paths, err := WritePatches(dir, "1", []dispatch.Result{patched("docs", "+hunter2\n")}, hide)
	if err == nil || len(paths) != 0 || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v, %v", paths, err)
	}
	if names := list(t, dir); names != "" {
		t.Errorf("written: %s", names)
	}
}

func TestAPatchFollowsNoLink(t *testing.T) {
	t.Parallel()
	dir, victim := t.TempDir(), filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	makeDir(t, filepath.Join(dir, FilesDir))
	link(t, victim, filepath.Join(dir, FilesDir, "docs-1.patch"))
	_, writeErr := WritePatches(dir, "1", []dispatch.Result{patched("docs", "x\n")}, same)
	if data, err := os.ReadFile(victim); err != nil || string(data) != "mine" {
		t.Errorf("the victim is now %q, %v (%v)", data, err, writeErr)
	}
}
