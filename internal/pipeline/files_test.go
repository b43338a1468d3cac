package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/task"
)

func aSession() report.Session {
	return report.Session{Results: []dispatch.Result{{Task: task.Task{ID: "changelog"}, Status: dispatch.Clean}}}
}

func aRecord() []ledger.Record {
	return []ledger.Record{ledger.FromResult(ledger.Meta{Repository: "acme/widgets", RunID: "1"}, aSession().Results[0])}
}

func aResult(dir string) (string, error) {
	path, _, err := WriteResult(dir, "result.json", report.ResultHead{}, aSession(), same)
	return path, err
}

func same(s string) string { return s }

func TestFilesAreWrittenBelowAFolderThatIgnoresItself(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for range 2 { // a second run finds the folder there
		for _, write := range []func() (string, error){
			func() (string, error) { return WriteRecords(dir, aRecord()) },
			func() (string, error) { return aResult(dir) },
		} {
			path, err := write()
			if err != nil {
				t.Fatal(err)
			}
			if data, err := os.ReadFile(filepath.Join(dir, path)); err != nil || len(data) == 0 {
				t.Errorf("%s: %d bytes, %v", path, len(data), err)
			}
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, FilesDir, ".gitignore")); err != nil || string(data) != "*\n" {
		t.Errorf(".gitignore is %q, %v", data, err)
	}
}

// A change may have put links where our files go. None of them is followed.
func TestNoLinkOfAChangeIsFollowed(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		prepare func(t *testing.T, dir, victim string)
	}{
		{"the folder is a link", func(t *testing.T, dir, victim string) {
			t.Helper()
			link(t, filepath.Dir(victim), filepath.Join(dir, FilesDir))
		}},
		{"the .gitignore is a link", func(t *testing.T, dir, victim string) {
			t.Helper()
			makeDir(t, filepath.Join(dir, FilesDir))
			link(t, victim, filepath.Join(dir, FilesDir, ".gitignore"))
		}},
		{"the result is a link", func(t *testing.T, dir, victim string) {
			t.Helper()
			makeDir(t, filepath.Join(dir, FilesDir))
			link(t, victim, filepath.Join(dir, FilesDir, "result.json"))
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir, victim := t.TempDir(), filepath.Join(t.TempDir(), "victim")
			if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			c.prepare(t, dir, victim)
			// Whether it refuses or replaces the link is not the point here.
			_, recordErr := WriteRecords(dir, aRecord())
			_, resultErr := aResult(dir)
			if data, err := os.ReadFile(victim); err != nil || string(data) != "mine" {
				t.Errorf("the victim is now %q, %v", data, err)
			}
			if names := list(t, filepath.Dir(victim)); names != "victim" {
				t.Errorf("beside the victim there is now %q (%v, %v)", names, recordErr, resultErr)
			}
		})
	}
}

func TestAReadOnlyWorkspaceIsAnErrorThatNamesTheFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FilesDir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteRecords(dir, aRecord()); err == nil || !strings.Contains(err.Error(), FilesDir) {
		t.Errorf("error %v, want one that names %s", err, FilesDir)
	}
}

func TestTheResultIsRedacted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := aSession()
	s.Results[0].Output.Markdown = "hunter2"
	path, _, err := WriteResult(dir, "result.json", report.ResultHead{}, s, func(text string) string { return strings.ReplaceAll(text, "hunter2", "[redacted]") })
	if err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, path)); err != nil || strings.Contains(string(data), "hunter2") {
		t.Errorf("the secret stands in the file, %v", err)
	}
}

func link(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		t.Fatal(err)
	}
}

func makeDir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
