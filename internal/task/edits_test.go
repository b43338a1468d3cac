package task

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
)

func TestEditsLookAtTheFileAsItIs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		edits      []edit
		want       string // "" where problem says why not
		problem    string
	}{
		{"one edit", "a\nb\n", []edit{{"f", "a\n", "x\na\n"}}, "x\na\nb\n", ""},
		{"two edits in any order", "a\nb\nc\n", []edit{{"f", "c", "d"}, {"f", "a", "x"}}, "x\nb\nd\n", ""},
		{"an edit at the end without a newline", "a", []edit{{"f", "a", "a\nb"}}, "a\nb", ""},
		{"newlines of a model in a file of Windows", "a\r\nb\r\n", []edit{{"f", "a\nb\n", "a\nx\nb\n"}}, "a\r\nx\r\nb\r\n", ""},
		{"a file with both line ends is left to the letter", "a\r\nb\n", []edit{{"f", "b\n", "x\nb\n"}}, "a\r\nx\nb\n", ""},
		{"no old text", "a\n", []edit{{"f", "", "x"}}, "", "is empty"},
		{"an old text that is not there", "a\n", []edit{{"f", "b", "x"}}, "", "does not stand in the file"},
		{"an old text that is there twice", "a\na\n", []edit{{"f", "a", "x"}}, "", "more than once"},
		{"twice counts where the places overlap", "aaa\n", []edit{{"f", "aa", "x"}}, "", "more than once"},
		{"nothing changes", "a\n", []edit{{"f", "a", "a"}}, "", "changes nothing"},
		{"two edits that overlap", "abc\n", []edit{{"f", "ab", "x"}, {"f", "bc", "y"}}, "", "touch the same text"},
		{"an edit may not rely on another", "a\n", []edit{{"f", "a", "b"}, {"f", "b", "c"}}, "", "does not stand in the file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, problems := applyEdits("f", tt.text, tt.edits)
			if tt.problem == "" && (len(problems) > 0 || got != tt.want) {
				t.Errorf("got %q and %v, want %q", got, problems, tt.want)
			}
			if tt.problem != "" && (len(problems) != 1 || problems[0].ID != "not-applying" || !strings.Contains(problems[0].Text, tt.problem)) {
				t.Errorf("got %q and %v, want a problem with %q", got, problems, tt.problem)
			}
		})
	}
}

func TestANewFileStandsWhereNothingIs(t *testing.T) {
	t.Parallel()
	in := Input{HeadPaths: []string{"README.md", "docs/a.md", "link"}}
	tests := map[string]string{
		"docs/b.md": "", "Docs/A.md": "exists", "readme.md": "exists", "link/a.md": "would stand in a file", "docs": "is a folder", "new/a.md": "",
	}
	for path, want := range tests {
		if got := notNew(in, path, nil); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := notNew(in, "x.md", []newFile{{Path: "X.md"}}); got != "is given twice" {
		t.Errorf("twice: %q", got)
	}
	if got := notNew(Input{}, "x.md", nil); !strings.Contains(got, "not known") {
		t.Errorf("without a list: %q", got)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	many := strings.Repeat(`{"path":"a","old":"b","new":"c"},`, maxEdits+1)
	files := strings.Repeat(`{"path":"a","content":"c"},`, maxNewFiles+1)
	tests := map[string]string{
		fmt.Sprintf(`{"edits":[%s],"files":[],"notes":"n"}`, strings.TrimSuffix(many, ",")):                        "broken-form",
		fmt.Sprintf(`{"edits":[],"files":[%s],"notes":"n"}`, strings.TrimSuffix(files, ",")):                       "broken-form",
		fmt.Sprintf(`{"edits":[],"files":[],"notes":"%s"}`, strings.Repeat("n", maxNotes+1)):                       "broken-form",
		`{"edits":[],"files":[],"notes":" "}`:                                                                      "broken-form",
		`{"edits":[],"files":[]}`:                                                                                  "broken-form",
		`{"edits":[],"files":[],"notes":"a\u200bb"}`:                                                               "hidden-text",
		`{"edits":[{"path":"a","old":"b","new":"\u202ec"}],"files":[],"notes":"n"}`:                                "hidden-text",
		`{"edits":[],"files":[{"path":"a\u2066","content":"c"}],"notes":"n"}`:                                      "hidden-text",
		fmt.Sprintf(`{"edits":[],"files":[{"path":"a","content":"%s"}],"notes":"n"}`, strings.Repeat("c", 33<<10)): "broken-form",
		`{"edits":[],"files":[],"notes":"n"}`:                                                                      "",
	}
	for answer, want := range tests {
		_, problems := readEdits([]byte(answer))
		got := ""
		if len(problems) > 0 {
			got = problems[0].ID
		}
		if got != want {
			t.Errorf("%.80s: %q, want %q (%v)", answer, got, want, problems)
		}
	}
}

func TestPatchesAreTakenByGit(t *testing.T) {
	t.Parallel()
	tests := map[string]rewrite{
		"in the middle":             {path: "a.go", before: "1\n2\n3\n4\n5\n6\n7\n8\n9\n", after: "1\n2\n3\n4\nx\n5\n6\n7\n8\n9\n"},
		"two hunks":                 {path: "a.go", before: strings.Repeat("a\n", 40), after: "x\n" + strings.Repeat("a\n", 40) + "y\n"},
		"the last line has no end":  {path: "a.go", before: "1\n2", after: "0\n1\n2"},
		"the last line gets an end": {path: "a.go", before: "1\n2", after: "1\n2\n"},
		"line ends of Windows":      {path: "a.cs", before: "1\r\n2\r\n", after: "1\r\nx\r\n2\r\n"},
		"an empty file":             {path: "a.md", before: "", after: "x\n"},
		"a space in the path":       {path: "docs/a b.md", before: "1\n", after: "1\n2\n"},
		"a name of another script":  {path: "docs/größe.md", before: "1\n", after: "1\n2\n"},
		"a new file":                {path: "docs/new page.md", after: "1\n2\n", fresh: true},
		"lines like a diff":         {path: "a.md", before: "--- a/x\n+++ b/x\n@@ -1 +1 @@\n", after: "--- a/x\n+++ b/x\ndiff --git a/y b/y\n@@ -1 +1 @@\n"},
	}
	for name, r := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			patch, files, err := unified([]rewrite{r})
			if err != nil || len(files) != 1 || files[0].Path != r.path {
				t.Fatalf("%v: %+v\n%s", err, files, patch)
			}
			head := map[string]string{}
			if !r.fresh {
				head[r.path] = r.before
			}
			appliesWithGit(t, name, Input{Head: head}, patch)
		})
	}
	if _, _, err := unified([]rewrite{{path: "a", before: "x\n", after: "x\n"}}); err == nil {
		t.Error("a file that does not change was written")
	}
}

// FuzzPatch holds that what is read again of a patch makes the file that the
// edits made.
func FuzzPatch(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nx\nc\n")
	f.Add("", "a")
	f.Add("a\r\n", "a\r\nb")
	f.Fuzz(func(t *testing.T, before, after string) {
		if before == after || strings.Contains(before+after, "\r") && strings.Count(before+after, "\r") != strings.Count(before+after, "\r\n") {
			t.Skip()
		}
		_, files, err := unified([]rewrite{{path: "f", before: before, after: after}})
		if err != nil {
			t.Skip() // refused is no harm
		}
		if got := applied(before, files[0]); got != after {
			t.Errorf("%s", cmp.Diff(after, got))
		}
	})
}

// applied carries a parsed patch out.
func applied(before string, f change.File) string {
	lines := strings.SplitAfter(before, "\n")
	var b strings.Builder
	at := 1
	for _, h := range f.Hunks {
		start := h.OldStart
		if h.OldLines == 0 {
			start++
		}
		for ; at < start; at++ {
			b.WriteString(lines[at-1])
		}
		for _, l := range h.Lines {
			if l.Op != change.Add {
				at++
			}
			if l.Op != change.Delete {
				b.WriteString(l.Text)
				if l.CR {
					b.WriteString("\r")
				}
				if !l.NoEOL {
					b.WriteString("\n")
				}
			}
		}
	}
	for ; at <= len(lines); at++ {
		b.WriteString(lines[at-1])
	}
	return b.String()
}

// FuzzWrittenAnswers holds that no answer breaks a verifier, and that a patch
// is released for a whole answer alone.
func FuzzWrittenAnswers(f *testing.F) {
	inputs := map[string]map[string]Input{"docs": writtenInputs(f, "docs"), "tests": writtenInputs(f, "tests")}
	for _, id := range []string{"docs", "tests"} {
		for _, file := range []string{"good", "bad"} {
			for _, v := range readLines[writtenVerdict](f, "testdata/verdicts/"+id+"/"+file+".jsonl")[:8] {
				f.Add(id == "docs", v.Input, v.answer())
			}
		}
	}
	f.Fuzz(func(t *testing.T, docs bool, name string, answer []byte) {
		id := "tests"
		if docs {
			id = "docs"
		}
		in, ok := inputs[id][name]
		if !ok {
			t.Skip()
		}
		task, _ := Find(id)
		out, problems := task.Verify(in, answer)
		if len(problems) > 0 {
			if out.Patch != "" || out.Markdown != "" {
				t.Errorf("a refused answer gives an output: %+v", out)
			}
			return
		}
		if _, err := change.Parse(strings.NewReader(out.Patch)); err != nil {
			t.Errorf("the patch cannot be read: %v", err)
		}
	})
}
