package change

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse holds the parser against a counter of lines that knows nothing of
// diffs: in a diff that is accepted, every line that begins with "+" is an
// added line or the one marker of a file with hunks.
func FuzzParse(f *testing.F) {
	for _, text := range diffs(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		files, err := Parse(strings.NewReader(text))
		if err != nil {
			if files != nil {
				t.Fatal("files beside an error")
			}
			return
		}
		checkCounts(t, text, files)
		checkPositions(t, files)
		if again := mustParse(t, renderFiles(files)); !cmp.Equal(files, again) {
			t.Fatalf("rendering changed the files:\n%s", cmp.Diff(files, again))
		}
	})
}

func checkCounts(t *testing.T, text string, files []File) {
	t.Helper()
	want := 0
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "+") {
			want++
		}
	}
	_, got, _ := totals(files)
	for _, f := range files {
		if len(f.Hunks) > 0 {
			got++
		}
	}
	if got != want {
		t.Fatalf("%d lines with a plus, %d accounted for", want, got)
	}
}

func checkPositions(t *testing.T, files []File) {
	t.Helper()
	for _, f := range files {
		if f.Path == "" || f.Status == "" {
			t.Fatalf("a row without a path or status: %+v", f)
		}
		for line := range f.Lines() {
			if (line.Op == Delete) != (line.NewLine == 0) || (line.Op == Add) != (line.OldLine == 0) || line.OldLine < 0 || line.NewLine < 0 {
				t.Fatalf("a line has no place: %+v", line)
			}
		}
	}
}

// FuzzParsePatch looks for a row that is accepted with other counts than its
// own.
func FuzzParsePatch(f *testing.F) {
	f.Add("@@ -1 +1 @@\n-a\n+b", "modified", 1, 1)
	f.Add("@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file", "added", 2, 0)
	f.Add("", "renamed", 0, 0)
	f.Fuzz(func(t *testing.T, patch, status string, additions, deletions int) {
		got, err := ParsePatch(Row{
			Path: "p", OldPath: "o", Status: status, Patch: patch, HasPatch: true,
			Additions: additions, Deletions: deletions, Changes: additions + deletions,
		})
		if err != nil {
			return
		}
		if sum := count(got.Hunks); len(got.Hunks) > 0 && (sum.added != additions || sum.removed != deletions) {
			t.Fatalf("counts %+v for +%d −%d", sum, additions, deletions)
		}
		if len(got.Hunks) == 0 && !got.Withheld && additions+deletions > 0 {
			t.Fatal("lines are counted and neither shown nor withheld")
		}
		checkPositions(t, []File{got})
	})
}
