package change

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files")

// fileView is how a golden file shows a row: each line with both its numbers.
type fileView struct {
	Path      string
	OldPath   string `json:",omitempty"`
	Status    Status
	OldMode   string `json:",omitempty"`
	NewMode   string `json:",omitempty"`
	Binary    bool   `json:",omitempty"`
	Withheld  bool   `json:",omitempty"`
	Additions int
	Deletions int
	Hunks     []hunkView `json:",omitempty"`
}

type hunkView struct {
	Header string
	Lines  []string
}

func view(files []File) []fileView {
	views := []fileView{}
	for _, f := range files {
		v := fileView{
			f.Path, f.OldPath, f.Status, f.OldMode, f.NewMode, f.Binary, f.Withheld, f.Additions, f.Deletions, nil,
		}
		for _, h := range f.Hunks {
			hv := hunkView{Header: h.Header()}
			for _, l := range h.Lines {
				hv.Lines = append(hv.Lines, viewLine(l))
			}
			v.Hunks = append(v.Hunks, hv)
		}
		views = append(views, v)
	}
	return views
}

func viewLine(l Line) string {
	s := fmt.Sprintf("%4d %4d %c%s", l.OldLine, l.NewLine, l.Op, l.Text)
	if l.CR {
		s += " [CR]"
	}
	if l.NoEOL {
		s += " [no newline]"
	}
	return s
}

func diffs(t testing.TB) map[string]string {
	t.Helper()
	names, err := filepath.Glob("testdata/diff/*.diff")
	if err != nil || len(names) == 0 {
		t.Fatalf("find test diffs: %d found, %v", len(names), err)
	}
	texts := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	return texts
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestDiffsParseAsTheirGoldenFilesSay(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		stem := strings.TrimSuffix(name, ".diff")
		files, err := Parse(strings.NewReader(text))
		if strings.HasPrefix(filepath.Base(name), "err_") {
			if err == nil || files != nil {
				t.Errorf("%s: want an error and no files, got %d files and %v", name, len(files), err)
				continue
			}
			golden(t, stem+".err", []byte(err.Error()+"\n"))
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := json.MarshalIndent(view(files), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, stem+".json", append(got, '\n'))
	}
}

func TestErrorsNameTheLine(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		if _, err := Parse(strings.NewReader(text)); err != nil && !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: no line in %q", name, err)
		}
	}
}
