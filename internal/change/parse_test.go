package change

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func mustParse(t testing.TB, text string) []File {
	t.Helper()
	files, err := Parse(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return files
}

func TestInputWithoutTextIsAChangeOfNoFiles(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", " \n\t\n", "\r\n"} {
		if files, err := Parse(strings.NewReader(text)); err != nil || len(files) != 0 {
			t.Errorf("%q: %d files, %v", text, len(files), err)
		}
	}
}

func TestAReaderThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	if _, err := Parse(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestMalformedTextIsRefused(t *testing.T) {
	t.Parallel()
	const hunk = "@@ -1 +1 @@\n-a\n+b\n"
	tests := map[string]string{
		"a number of lines that overflows":             modified("x", "@@ -1,99999999999999999999 +1 @@\n-a\n+b\n"),
		"a start that overflows with its lines":        modified("x", "@@ -2147483647,2 +1 @@\n-a\n-b\n+b\n"),
		"a negative start":                             modified("x", "@@ --1 +1 @@\n-a\n+b\n"),
		"a signed count":                               modified("x", "@@ -1,+1 +1 @@\n-a\n+b\n"),
		"line 0 with lines":                            modified("x", "@@ -0,1 +1 @@\n-a\n+b\n"),
		"a header without an end":                      modified("x", "@@ -1 +1\n-a\n+b\n"),
		"a hunk of context alone":                      modified("x", "@@ -1 +1 @@\n a\n"),
		"a hunk of nothing":                            modified("x", "@@ -0,0 +0,0 @@\n"),
		"hunks that overlap":                           modified("x", "@@ -1,2 +1,2 @@\n-a\n+b\n c\n@@ -2 +2 @@\n-c\n+d\n"),
		"hunks out of order":                           modified("x", "@@ -9 +9 @@\n-a\n+b\n@@ -1 +1 @@\n-c\n+d\n"),
		"a line after the file's last":                 modified("x", "@@ -1,2 +1,2 @@\n-a\n+b\n\\ No newline at end of file\n c\n"),
		"a marker before any line":                     modified("x", "@@ -1 +1 @@\n\\ No newline at end of file\n-a\n+b\n"),
		"two markers in a row":                         modified("x", "@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n\\ No newline at end of file\n"),
		"a hunk after the file's last line":            modified("x", "@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n@@ -5 +5 @@\n-c\n+d\n"),
		"a marker of another kind":                     modified("x", "@@ -1 +1 @@\n-a\n+b\n\\ short\n"),
		"an unknown operator":                          modified("x", "@@ -1 +1 @@\n*a\n+b\n"),
		"old lines in an added file":                   "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n" + hunk,
		"new lines in a removed file":                  "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n" + hunk,
		"an added file with an old side":               "diff --git a/x b/x\nnew file mode 100644\n--- a/x\n+++ b/x\n" + hunk,
		"no side at all":                               "diff --git a/x b/x\n--- /dev/null\n+++ /dev/null\n" + hunk,
		"added and removed at once":                    "diff --git a/x b/x\nnew file mode 100644\ndeleted file mode 100644\n",
		"a second line of one kind":                    "diff --git a/x b/x\nold mode 100644\nold mode 100755\nnew mode 100755\n",
		"one mode of two":                              "diff --git a/x b/x\nold mode 100644\n",
		"a mode that is none":                          "diff --git a/x b/x\nold mode 100644\nnew mode 7\n",
		"an index line that is none":                   "diff --git a/x b/x\nindex nothing\n" + "--- a/x\n+++ b/x\n" + hunk,
		"a similarity that is none":                    "diff --git a/x b/y\nsimilarity index high\nrename from x\nrename to y\n",
		"a carriage return in the header":              "diff --git a/x b/x\nold mode 100644\r\nnew mode 100755\r\n",
		"a carriage return in a marker":                "diff --git a/x b/x\n--- a/x\r\n+++ b/x\r\n" + hunk,
		"half a rename":                                "diff --git a/x b/y\nsimilarity index 100%\nrename from x\n",
		"a rename that the first line does not name":   "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to z\n",
		"a rename without prefixes that look like one": "diff --git a/x b/y\nsimilarity index 100%\nrename from a/x\nrename to b/y\n",
		"markers that name another file":               "diff --git a/x b/x\n--- a/y\n+++ b/y\n" + hunk,
		"markers that contradict a rename":             "diff --git a/x b/y\nrename from x\nrename to y\n--- a/x\n+++ b/x\n" + hunk,
		"a new marker alone":                           "diff --git a/x b/x\n+++ b/x\n" + hunk,
		"an old marker alone":                          "diff --git a/x b/x\n--- a/x\n" + hunk,
		"text between the markers":                     "diff --git a/x b/x\n--- a/x\nindex 1..2\n+++ b/x\n" + hunk,
		"a path that is not named":                     "diff --git \nold mode 100644\nnew mode 100755\n",
		"a prefix and no path":                         "diff --git a/ b/\nold mode 100644\nnew mode 100755\n",
		"an open quote":                                "diff --git \"a/x b/x\nold mode 100644\nnew mode 100755\n",
		"an unknown escape":                            "diff --git \"a/\\x41\" \"b/\\x41\"\nold mode 100644\nnew mode 100755\n",
		"an escape over a byte":                        "diff --git \"a/\\777\" \"b/\\777\"\nold mode 100644\nnew mode 100755\n",
		"text after a quoted path":                     "diff --git \"a/x\" \"b/x\" y\nold mode 100644\nnew mode 100755\n",
		"paths that cannot be told apart":              "diff --git a/x b/y b/z\nold mode 100644\nnew mode 100755\n",
		"a binary patch without data":                  "diff --git a/x b/x\nindex 1..2\nGIT binary patch\n",
		"a binary patch cut short":                     "diff --git a/x b/x\nindex 1..2\nGIT binary patch\nliteral 4\nLc${Nk\n",
		"a binary patch with a stray line":             "diff --git a/x b/x\nindex 1..2\nGIT binary patch\nliteral 4\n+smuggled\n\n",
		"a file after a web page":                      "<html>\n" + modified("x", hunk),
		"a submodule log":                              "Submodule lib 82772c2..be5c1f7:\n  > two\n",
		"a context line too many":                      modified("x", hunk) + " \n",
		"a byte order mark":                            "\xef\xbb\xbf" + modified("x", hunk),
	}
	for name, text := range tests {
		if files, err := Parse(strings.NewReader(text)); err == nil || files != nil {
			t.Errorf("%s: got %d files and error %v\n%s", name, len(files), err, text)
		}
	}
}

func TestRowsThatShowNoLineAreWithheldUnlessProvenEmpty(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		withheld   bool
	}{
		{"an empty file by its id", "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n", false},
		{"an empty file by its SHA-256 id", "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..473a0f4\n", false},
		{"a new file without an index line", "diff --git a/x b/x\nnew file mode 100644\n", true},
		{"a mode change", "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", false},
		{"a pure rename", "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n", false},
		{"a rename that is not proven pure", "diff --git a/x b/y\nsimilarity index 99%\nrename from x\nrename to y\n", true},
		{"a rename without a similarity", "diff --git a/x b/y\nrename from x\nrename to y\n", true},
		{"a binary", "diff --git a/x b/x\nindex 1..2 100644\nBinary files a/x and b/x differ\n", true},
	}
	for _, test := range tests {
		files := mustParse(t, test.text)
		if len(files) != 1 || files[0].Withheld != test.withheld {
			t.Errorf("%s: %+v", test.name, files)
		}
	}
}

func TestAMissingLastNewlineIsForgiven(t *testing.T) {
	t.Parallel()
	text := modified("x", "@@ -1 +1 @@\n-a\n+b\n")
	if diff := cmp.Diff(mustParse(t, text), mustParse(t, strings.TrimSuffix(text, "\n"))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(mustParse(t, text), mustParse(t, "\n"+text+"\n\n")); diff != "" {
		t.Error(diff)
	}
}

func TestTwoPathsWithoutARenameCountBoth(t *testing.T) {
	t.Parallel()
	files := mustParse(t, "diff --git a/x b/y\nindex 1..2 100644\n--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n")
	if f := files[0]; f.Status != Renamed || f.OldPath != "x" || f.Path != "y" {
		t.Errorf("got %+v", f)
	}
}

func hostilePaths() []string {
	return []string{
		"a|b\n::error::.md", "`x`", "../../etc/passwd", "/etc/passwd", strings.Repeat("long/", 820) + "x", "\xff\xfe.go",
		`ends in a backslash\`, `"`, " ", "a b/c b/c", "-rf", "@everyone", "<details>", "tab\t", "x\x00y", "b/b/b", "новый файл", "C:\\x",
		"a/dev/null", "\x1b[31m",
	}
}

func TestHostilePathsAreKeptAsTheyAre(t *testing.T) {
	t.Parallel()
	hunk := []Hunk{{OldStart: 1, OldLines: 1, NewStart: 1, NewLines: 1, Lines: []Line{
		{Op: Delete, Text: "a", OldLine: 1}, {Op: Add, Text: "b", NewLine: 1},
	}}}
	for _, path := range hostilePaths() {
		want := []File{
			{Path: path, Status: Modified, Hunks: hunk, Additions: 1, Deletions: 1},
			{Path: path, Status: Modified, OldMode: "100644", NewMode: "100755"},
			{Path: path, Status: Renamed, OldPath: path + "2"},
			{Path: path, Status: Modified, Binary: true, Withheld: true},
			{Path: path, Status: Added, NewMode: "100644"},
			{Path: path, Status: Removed, OldMode: "100644"},
		}
		if diff := cmp.Diff(want, mustParse(t, renderFiles(want))); diff != "" {
			t.Errorf("%.80q (-want +got):\n%s", path, diff)
		}
	}
}

func TestRenderedDiffsParseToTheSameFiles(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		if strings.Contains(name, "err_") {
			continue
		}
		want := mustParse(t, text)
		if diff := cmp.Diff(want, mustParse(t, renderFiles(want))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestPatchIsTheTextThatGitWrote(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		if strings.Contains(name, "err_") || strings.Contains(name, "blank_context") {
			continue
		}
		for _, f := range mustParse(t, text) {
			if !strings.Contains(text, f.Patch()) {
				t.Errorf("%s: the patch of %q is not in the diff:\n%s", name, f.Path, f.Patch())
			}
		}
	}
}

func TestNoLineOfARandomEditIsLost(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 600 {
		var text strings.Builder
		var scripts [][]edit
		for i := range 1 + r.IntN(4) {
			edits := append(randomEdits(r, r.IntN(60)), edit{Add, "last"})
			scripts = append(scripts, edits)
			text.WriteString(modified(fmt.Sprintf("f%d", i), renderEdits(edits, r.IntN(5))))
		}
		files := mustParse(t, text.String())
		if len(files) != len(scripts) {
			t.Fatalf("round %d: %d files of %d", round, len(files), len(scripts))
		}
		for i, f := range files {
			checkLines(t, f, scripts[i])
		}
		if diff := cmp.Diff(files, mustParse(t, renderFiles(files))); diff != "" {
			t.Fatalf("round %d: rendering changed the files:\n%s", round, diff)
		}
	}
}

func checkLines(t *testing.T, f File, edits []edit) {
	t.Helper()
	for _, op := range []Op{Add, Delete} {
		var got []string
		for line := range f.only(op) {
			text := line.Text
			if line.CR {
				text += "\r"
			}
			got = append(got, text)
			if line.NoEOL || line.OldLine+line.NewLine < 1 {
				t.Fatalf("line has a wrong end or number: %+v", line)
			}
		}
		if diff := cmp.Diff(textsOf(edits, op), got); diff != "" {
			t.Fatalf("lines of %c (-want +got):\n%s", op, diff)
		}
	}
	added, removed := len(textsOf(edits, Add)), len(textsOf(edits, Delete))
	if f.Additions != added || f.Deletions != removed {
		t.Fatalf("counts +%d −%d, want +%d −%d", f.Additions, f.Deletions, added, removed)
	}
}

// A diff that is cut anywhere must not pass as a smaller one, except where
// the cut falls between two hunks or files: no reader of the text can see
// that, which is why CheckTotals exists.
func TestACutDiffIsNeverAShorterOne(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		if strings.Contains(name, "err_") || len(text) > 4000 {
			continue
		}
		whole := mustParse(t, text)
		lines := strings.SplitAfter(text, "\n")
		cut := ""
		for _, line := range lines[:len(lines)-1] {
			cut += line
			files, err := Parse(strings.NewReader(cut))
			if err != nil {
				continue
			}
			for i, f := range files {
				if diff := cmp.Diff(whole[i], f); diff != "" && !f.Withheld && !cutBetweenHunks(whole[i], f) {
					t.Errorf("%s cut after %q passes (-whole +cut):\n%s", name, line, diff)
				}
			}
		}
	}
}

// cutBetweenHunks says that cut shows whole hunks of whole, from the first on.
func cutBetweenHunks(whole, cut File) bool {
	return strings.HasPrefix(whole.Patch(), cut.Patch())
}

func TestParsingTwiceGivesTheSame(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		a, errA := Parse(strings.NewReader(text))
		b, errB := Parse(strings.NewReader(text))
		if diff := cmp.Diff(a, b); diff != "" || fmt.Sprint(errA) != fmt.Sprint(errB) {
			t.Errorf("%s: %s %v %v", name, diff, errA, errB)
		}
	}
}
