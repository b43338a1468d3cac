package change

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTotalsThatAgreeGiveNoReason(t *testing.T) {
	t.Parallel()
	picture := File{Path: "logo.png", Status: Added, Withheld: true}
	files := []File{{Path: "a", Additions: 3, Deletions: 1}, picture}
	if reasons := CheckTotals(files, 2, 3, 1); len(reasons) != 0 {
		t.Errorf("got %q", reasons)
	}
}

// The case of github.com/orgs/community/discussions/213491: after about
// 20,000 lines, rows come back with zeros and without a patch.
func TestRowsHiddenBehindALargeFileAreNoticed(t *testing.T) {
	t.Parallel()
	files := []File{
		{Path: "generated.txt", Status: Added, Additions: 20000},
		{Path: "auth/login.go", Status: Modified, Withheld: true},
		{Path: "auth/token.go", Status: Modified, Withheld: true},
	}
	got := CheckTotals(files, 3, 20007, 2)
	want := []string{
		"the files add up to +20000 −0 lines, the pull request has +20007 −2",
		"2 files came with neither counts nor a patch",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEachKindOfMissingRowHasAReason(t *testing.T) {
	t.Parallel()
	many := make([]File, 3000)
	tests := []struct {
		name                         string
		files                        []File
		changed, additions, deletion int
		want                         string
	}{
		{"a file that is not listed", []File{{}}, 2, 0, 0, "1 files were listed, the pull request has 2"},
		{"a file too many", []File{{}, {}}, 1, 0, 0, "2 files were listed, the pull request has 1"},
		{"the end of the list", many, 3000, 0, 0, "3000 files were listed, which is where the list ends (3000)"},
		{"fewer deletions", []File{{}}, 1, 0, 1, "the files add up to +0 −0 lines, the pull request has +0 −1"},
		{"totals that are not known", []File{{}}, 1, -1, 0, "the totals of the pull request are not known"},
	}
	for _, test := range tests {
		if got := CheckTotals(test.files, test.changed, test.additions, test.deletion); !slices.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestTotalsAreSumsOverTheRows(t *testing.T) {
	t.Parallel()
	c := Change{Files: []File{{Additions: 1, Deletions: 2}, {Additions: 3}}}
	if n, a, d := c.Totals(); n != 2 || a != 4 || d != 2 {
		t.Errorf("got %d files, +%d −%d", n, a, d)
	}
}

func sample(t *testing.T) File {
	t.Helper()
	return mustParse(t, modified("x", "@@ -10,3 +10,4 @@\n a\n-b\n+c\n+d\n e\n@@ -30,2 +31 @@\n f\n-g\n"))[0]
}

func TestHasLineWantsBothLinesInOneHunk(t *testing.T) {
	t.Parallel()
	f := sample(t)
	tests := []struct {
		line, endLine int
		want          bool
	}{
		{10, 10, true},
		{10, 13, true},
		{11, 0, true},
		{13, 13, true},
		{31, 31, true},
		{31, 0, true},
		{9, 9, false},
		{9, 10, false},
		{13, 14, false},
		{14, 0, false},
		{10, 31, false},
		{32, 0, false},
		{12, 11, false},
		{0, 0, false},
		{0, 10, false},
		{-1, -1, false},
		{10, -1, false},
	}
	for _, test := range tests {
		if got := f.HasLine(test.line, test.endLine); got != test.want {
			t.Errorf("HasLine(%d, %d) = %t", test.line, test.endLine, got)
		}
	}
	gone := mustParse(t, "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")[0]
	if gone.HasLine(1, 0) || gone.HasLine(0, 0) {
		t.Error("a removed file has lines at the head")
	}
}

// HasLine computes with ranges; the lines themselves must agree with it.
func TestHasLineAgreesWithTheLinesShown(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		if strings.Contains(name, "err_") {
			continue
		}
		for _, f := range mustParse(t, text) {
			shown := map[int]bool{}
			for line := range f.Lines() {
				shown[line.NewLine] = line.NewLine > 0
			}
			for n := range 1300 {
				if f.HasLine(n, n) != shown[n] {
					t.Fatalf("%s: %s line %d", name, f.Path, n)
				}
			}
		}
	}
}

func TestAddedAndRemovedGiveTheirLinesAlone(t *testing.T) {
	t.Parallel()
	f := sample(t)
	wantAdded := []Line{{Op: Add, Text: "c", NewLine: 11}, {Op: Add, Text: "d", NewLine: 12}}
	wantRemoved := []Line{{Op: Delete, Text: "b", OldLine: 11}, {Op: Delete, Text: "g", OldLine: 31}}
	if diff := cmp.Diff(wantAdded, slices.Collect(f.Added())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(wantRemoved, slices.Collect(f.Removed())); diff != "" {
		t.Error(diff)
	}
	for line := range f.Added() {
		if line.Text != "c" {
			t.Error("the iterator goes on after its reader stopped")
		}
		break
	}
}

func TestFileFindsTheRowAtTheHead(t *testing.T) {
	t.Parallel()
	c := Change{Files: []File{
		{Path: "link", Status: Removed},
		{Path: "link", Status: Added},
		{Path: "new", OldPath: "old", Status: Renamed},
		{Path: "gone", Status: Removed},
	}}
	for path, want := range map[string]Status{"link": Added, "new": Renamed, "gone": Removed} {
		if f, ok := c.File(path); !ok || f.Status != want {
			t.Errorf("%s: %v %t", path, f.Status, ok)
		}
	}
	if _, ok := c.File("old"); ok {
		t.Error("a path that was renamed away is found")
	}
}

func TestValidPath(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"a", "a/b.go", ".github/workflows/ci.yml", "...", "a..b/c..", "`x`", "a|b\n::error::.md", "\xff", " ", "-rf", "名.go"} {
		if !ValidPath(path) {
			t.Errorf("%q is refused", path)
		}
	}
	for _, path := range []string{"", "/", "/etc/passwd", "..", "../x", "a/../b", "a/..", ".", "./a", "a//b", "a/", "a\x00b", `..\x`, `a\..\b`, `\\host\x`, "C:/x", `c:\x`} {
		if ValidPath(path) {
			t.Errorf("%q is allowed", path)
		}
	}
}
