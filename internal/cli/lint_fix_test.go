package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
)

// mendsX proposes to write a y in place of the first letter where that is an x.
func mendsX(f pipeline.LintFile) lint.Report {
	if !bytes.HasPrefix(f.Data, []byte("x")) {
		return lint.Report{}
	}
	at := diag.Position{File: f.Name, Line: 1, Col: 1}
	return lint.Report{Findings: []lint.Finding{{
		Finding: diag.Finding{Position: at, ID: "letter"},
		Edits:   []lint.Edit{{Start: at, End: diag.Position{File: f.Name, Line: 1, Col: 2}, Text: "y"}},
	}}}
}

// TestFixFilesWritesAllOrNothing holds what may go wrong on the disk.
func TestFixFilesWritesAllOrNothing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		// prepare changes the folder, in which x.yml holds "x: 1\n".
		prepare func(t *testing.T, folder string)
		where   func(string) string
		want    string // in the error, "" for none
		after   string // of x.yml
	}{
		{"a plain file", func(*testing.T, string) {}, nil, "", "y: 1\n"},
		{"a file that changed since", func(t *testing.T, folder string) { write(t, filepath.Join(folder, "x.yml"), "x: 2\n") }, nil, "it changed while", "x: 2\n"},
		{"a file that is gone", func(t *testing.T, folder string) {
			if err := os.Remove(filepath.Join(folder, "x.yml")); err != nil {
				t.Fatal(err)
			}
		}, nil, "no such file", ""},
		{"a link", func(t *testing.T, folder string) {
			if err := os.Rename(filepath.Join(folder, "x.yml"), filepath.Join(folder, "other.yml")); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("other.yml", filepath.Join(folder, "x.yml")); err != nil {
				t.Fatal(err)
			}
		}, nil, "no plain file", "x: 1\n"},
		{"no file at all", func(*testing.T, string) {}, func(string) string { return "" }, "no file on the disk", "x: 1\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			name := filepath.Join(folder, "x.yml")
			write(t, name, "x: 1\n")
			tt.prepare(t, folder)
			var out, said bytes.Buffer
			p := Process{Stdout: &out, Stderr: &said, Getenv: func(string) string { return "" }}
			f := &fixing{write: true, check: mendsX, where: tt.where}
			_, err := fixFiles(p, f, []pipeline.LintFile{{Name: name, Data: []byte("x: 1\n")}})
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q", err, tt.want)
			}
			data, _ := os.ReadFile(name) // a file that is gone reads as nothing
			if string(data) != tt.after {
				t.Errorf("the file holds %q, want %q", data, tt.after)
			}
			entries, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if strings.HasPrefix(e.Name(), ".") {
					t.Errorf("%s is left over", e.Name())
				}
			}
		})
	}
}

// TestADiffIsNoCommandOfTheRunner holds a hostile line of a file in Actions.
func TestADiffIsNoCommandOfTheRunner(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := Process{Stdout: &out, Stderr: &out, Getenv: func(string) string { return "true" }}
	f := &fixing{show: true, check: mendsX}
	if _, err := fixFiles(p, f, []pipeline.LintFile{{Name: "x.yml", Data: []byte("x: 1\nz: |\n  ::error::gotcha\n")}}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			t.Errorf("printed the command %q", line)
		}
	}
	if !strings.Contains(out.String(), "+y: 1") || !strings.Contains(out.String(), "gotcha") {
		t.Errorf("printed %q", out.String())
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
