package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

// parsed gives the files of a diff.
func parsed(t *testing.T, diff string) []change.File {
	t.Helper()
	files, err := change.Parse(strings.NewReader(diff))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

const pageDiff = `diff --git a/page.md b/page.md
--- a/page.md
+++ b/page.md
@@ -1,3 +1,5 @@
 # Page
+one
+two
 three
 four
@@ -20,2 +22,3 @@
 twenty
+more
 end
`

func reviewed(t *testing.T, r dispatch.Result) Session {
	t.Helper()
	s := session(r)
	s.Change = change.Change{Files: parsed(t, pageDiff)}
	return s
}

func TestEachFindingStandsAtItsLines(t *testing.T) {
	t.Parallel()
	r := review()
	r.Output.Findings = []task.Finding{
		{Path: "page.md", Line: 2, EndLine: 3, Severity: task.LowSeverity, Title: "Two lines", Body: "b", Suggestion: "uno\ndos\n"},
		{Path: "page.md", Line: 23, EndLine: 23, Severity: task.HighSeverity, Title: "One line", Body: "b"},
		{Path: "page.md", Line: 5, EndLine: 22, Severity: task.LowSeverity, Title: "Two hunks", Body: "b"},
		{Path: "page.md", Line: 10, EndLine: 10, Severity: task.LowSeverity, Title: "Between them", Body: "b"},
		{Path: "page.md", Severity: task.LowSeverity, Title: "The file", Body: "b"},
		{Path: "other.md", Line: 1, EndLine: 1, Severity: task.LowSeverity, Title: "Elsewhere", Body: "b"},
	}
	all := RemarksOf(reviewed(t, r))
	var got []string
	for _, k := range all.List {
		got = append(got, fmt.Sprintf("%s %s:%d-%d", k.Task, k.Path, k.StartLine, k.Line))
		if taskID, name, ok := ParseMarker(k.Body); !ok || taskID != k.Task || name != k.Fingerprint {
			t.Errorf("marker of %q", k.Body)
		}
	}
	if diff := cmp.Diff([]string{"auth-review page.md:0-23", "auth-review page.md:2-3"}, got); diff != "" || all.Unplaced != 4 {
		t.Errorf("%s%d unplaced", diff, all.Unplaced)
	}
	if !strings.Contains(all.List[1].Body, "```suggestion\nuno\ndos\n```\n") {
		t.Errorf("no suggestion in %q", all.List[1].Body)
	}
}

// patchOf is a patch against the head of pageDiff.
func patchOf(body string) string {
	return "diff --git a/page.md b/page.md\n--- a/page.md\n+++ b/page.md\n" + body
}

func TestAPatchIsSuggestedWhereItsLinesAreShown(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		patch    string
		places   []string
		unplaced int
	}{
		"a line that is replaced":          {patchOf("@@ -1,4 +1,4 @@\n # Page\n one\n-two\n+zwei\n three\n"), []string{"0-3 ```suggestion\nzwei\n```"}, 0},
		"lines with one between them":      {patchOf("@@ -1,4 +1,4 @@\n # Page\n-one\n+eins\n two\n-three\n+drei\n"), []string{"2-4 ```suggestion\neins\ntwo\ndrei\n```"}, 0},
		"a line that is put in":            {patchOf("@@ -2,2 +2,3 @@\n one\n+and a half\n two\n"), []string{"0-2 ```suggestion\none\nand a half\n```"}, 0},
		"a line that is put in at the top": {patchOf("@@ -1,2 +1,3 @@\n+top\n # Page\n one\n"), []string{"0-1 ```suggestion\ntop\n# Page\n```"}, 0},
		"a line that goes":                 {patchOf("@@ -2,3 +2,2 @@\n one\n-two\n three\n"), []string{"0-3 ```suggestion\n```"}, 0},
		"a line that becomes empty":        {patchOf("@@ -2,3 +2,3 @@\n one\n-two\n+\n three\n"), []string{"0-3 ```suggestion\n\n```"}, 0},
		"code with a fence":                {patchOf("@@ -2,3 +2,3 @@\n one\n-two\n+````\n three\n"), []string{"0-3 `````suggestion\n````\n`````"}, 0},
		"two hunks, one of them outside":   {patchOf("@@ -3,1 +3,1 @@\n-two\n+zwei\n@@ -12,1 +12,1 @@\n-twelve\n+zwölf\n"), []string{"0-3 ```suggestion\nzwei\n```"}, 1},
		"lines of two hunks of the diff":   {patchOf("@@ -5,18 +5,1 @@\n-four\n" + strings.Repeat("-x\n", 16) + "-twenty\n+all\n"), nil, 1},
		"another text than the diff has":   {patchOf("@@ -3,1 +3,1 @@\n-too\n+zwei\n"), nil, 1},
		"a new file":                       {"diff --git a/new.md b/new.md\nnew file mode 100644\n--- /dev/null\n+++ b/new.md\n@@ -0,0 +1 @@\n+new\n", nil, 1},
		"the end of a file":                {patchOf("@@ -24,1 +24,1 @@\n-end\n\\ No newline at end of file\n+end\n"), nil, 1},
		"what is no patch":                 {"@@ nonsense", nil, 1},
	} {
		r := answered("docs", haiku, 10, 10, 1, 1)
		r.Output = task.Output{Patch: tc.patch}
		all := RemarksOf(reviewed(t, r))
		var got []string
		for _, k := range all.List {
			_, block, _ := strings.Cut(k.Body, "Suggested by docs.\n\n")
			block, _, _ = strings.Cut(block, "\n\n<sub>")
			got = append(got, fmt.Sprintf("%d-%d %s", k.StartLine, k.Line, block))
		}
		if diff := cmp.Diff(tc.places, got); diff != "" || all.Unplaced != tc.unplaced {
			t.Errorf("%s: %s%d unplaced, want %d", name, diff, all.Unplaced, tc.unplaced)
		}
	}
}

func TestWhatIsPutInStandsWithTheLineThatItIsFor(t *testing.T) {
	t.Parallel()
	context := func(text string) change.Line {
		return change.Line{Op: change.Context, Text: text, OldLine: 1, NewLine: 1}
	}
	added := change.Line{Op: change.Add, Text: "// Date reads a date."}
	for name, tc := range map[string]struct {
		lines    []change.Line
		at       int
		from, to int
	}{
		"after words":                {[]change.Line{context("import x"), added, context("y")}, 1, 0, 1},
		"after a blank":              {[]change.Line{context(" "), added, context("func Date() {")}, 1, 1, 2},
		"after a blank, and at last": {[]change.Line{context(""), added}, 1, 0, 1},
		"at first":                   {[]change.Line{added, context("func Date() {")}, 0, 0, 1},
		"alone":                      {[]change.Line{added}, 0, 0, 0},
	} {
		if from, to := withNeighbour(tc.lines, tc.at, tc.at); from != tc.from || to != tc.to {
			t.Errorf("%s: %d-%d, want %d-%d", name, from, to, tc.from, tc.to)
		}
	}
}

func TestAnotherTextIsAnotherSuggestion(t *testing.T) {
	t.Parallel()
	name := func(line string) string {
		r := answered("docs", haiku, 10, 10, 1, 1)
		r.Output.Patch = patchOf("@@ -3,1 +3,1 @@\n-two\n+" + line + "\n")
		return RemarksOf(reviewed(t, r)).List[0].Fingerprint
	}
	again := name("zwei")
	if name("zwei") == name("deux") || name("zwei") != again {
		t.Error("a suggestion is known by what it says")
	}
}

// Applying a suggestion gives what applying the patch gives, whatever the
// patch does.
func TestASuggestionDoesWhatItsPatchDoes(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(31, 32))
	offered := 0
	for range 2000 {
		before, after, patch := randomEdit(rng)
		r := answered("docs", haiku, 10, 10, 1, 1)
		r.Output.Patch = patch
		s := session(r)
		s.Change = change.Change{Files: parsed(t, "diff --git a/page.md b/page.md\n--- a/page.md\n+++ b/page.md\n@@ -0,0 +1,"+fmt.Sprint(len(before))+" @@\n+"+strings.Join(before, "\n+")+"\n")}
		all := RemarksOf(s)
		if len(all.List)+all.Unplaced != 1 {
			t.Fatalf("%d and %d of %q", len(all.List), all.Unplaced, patch)
		}
		if len(all.List) == 0 {
			continue
		}
		offered++
		if got := applied(before, all.List[0]); !slices.Equal(got, after) {
			t.Fatalf("%q became %q, want %q\n%s\n%s", before, got, after, patch, all.List[0].Body)
		}
	}
	if offered < 1500 {
		t.Errorf("only %d of 2000 patches were suggested", offered)
	}
}

// randomEdit draws a text, what a patch makes of it, and the patch.
func randomEdit(rng *rand.Rand) (before, after []string, patch string) {
	lines := []string{"", "a", "b", "```", "````suggestion", " x", "+", "-- ", "<!-- y -->"}
	var body strings.Builder
	for changed := false; len(before) == 0 || !changed; {
		before, after, changed = nil, nil, false
		body.Reset()
		for range 1 + rng.IntN(8) {
			line := lines[rng.IntN(len(lines))]
			op := " -+   "[rng.IntN(6)]
			if op != '+' {
				before = append(before, line)
			}
			if op != '-' {
				after = append(after, line)
			}
			changed = changed || op != ' '
			fmt.Fprintf(&body, "%c%s\n", op, line)
		}
	}
	start := min(1, len(after))
	return before, after, patchOf(fmt.Sprintf("@@ -1,%d +%d,%d @@\n%s", len(before), start, len(after), body.String()))
}

func applied(lines []string, r Remark) []string {
	_, rest, _ := strings.Cut(r.Body, "suggestion\n")
	fence, _, _ := strings.Cut(strings.TrimLeft(r.Body[strings.Index(r.Body, "\n`"):], "\n"), "suggestion")
	block, _, _ := strings.Cut("\n"+rest, "\n"+fence+"\n")
	var replacement []string
	if block = strings.TrimPrefix(block, "\n"); strings.HasPrefix(rest, fence+"\n") {
		replacement = nil
	} else {
		replacement = strings.Split(block, "\n")
	}
	from := r.StartLine
	if from == 0 {
		from = r.Line
	}
	return slices.Concat(lines[:from-1], replacement, lines[r.Line:])
}

func standing(taskID, name string) Standing {
	return Standing{Body: marker(Remark{Task: taskID, Fingerprint: name}) + "text", State: Open}
}

func TestWhatIsPostedAndWhatIsClosed(t *testing.T) {
	t.Parallel()
	a, b := strings.Repeat("a", 32)+":1", strings.Repeat("b", 32)+":1"
	outdated := func(k Standing) Standing { k.Outdated = true; return k }
	in := func(state State, k Standing) Standing { k.State = state; return k }
	answered := func(k Standing) Standing { k.Answered = true; return k }
	said := []Remark{{Task: "code-review", Fingerprint: a}}
	for name, tc := range map[string]struct {
		said  []Remark
		done  []string
		there []Standing
		want  string // posted held known close kept answered
	}{
		"nothing stands there":                     {said, []string{"code-review"}, nil, "1 0 0 [] 0 0"},
		"it stands there":                          {said, []string{"code-review"}, []Standing{standing("code-review", a)}, "0 0 1 [] 0 0"},
		"it stands there and is outdated":          {said, []string{"code-review"}, []Standing{outdated(standing("code-review", a))}, "0 0 1 [] 0 0"},
		"it stands there and was shut":             {said, []string{"code-review"}, []Standing{in(Shut, outdated(standing("code-review", a)))}, "1 0 0 [] 0 0"},
		"it stands there, shut and anew":           {said, []string{"code-review"}, []Standing{in(Shut, standing("code-review", a)), standing("code-review", a)}, "0 0 1 [] 0 0"},
		"a person settled it":                      {said, []string{"code-review"}, []Standing{in(Settled, standing("code-review", a))}, "0 0 0 [] 0 0"},
		"a person settled another":                 {said, []string{"code-review"}, []Standing{in(Settled, standing("code-review", b))}, "1 0 0 [] 0 0"},
		"it was settled, and stands open beside":   {said, []string{"code-review"}, []Standing{in(Settled, standing("code-review", a)), standing("code-review", a)}, "0 0 1 [] 0 0"},
		"nobody knows whether it is open":          {said, []string{"code-review"}, []Standing{in(StateUnknown, standing("code-review", a))}, "1 0 0 [] 0 0"},
		"another was shut before":                  {said, []string{"code-review"}, []Standing{in(Shut, answered(outdated(standing("code-review", b)))), in(Shut, standing("code-review", b))}, "1 0 0 [] 0 0"},
		"another is gone with its line":            {said, []string{"code-review"}, []Standing{standing("code-review", a), outdated(standing("code-review", b))}, "0 0 1 [1] 0 0"},
		"another is gone and its line is not":      {said, []string{"code-review"}, []Standing{standing("code-review", b)}, "1 0 0 [] 1 0"},
		"another is gone and somebody answered":    {said, []string{"code-review"}, []Standing{answered(outdated(standing("code-review", b)))}, "1 0 0 [] 0 1"},
		"the task was not done whole":              {said, nil, []Standing{outdated(standing("code-review", b))}, "1 0 0 [] 0 0"},
		"it is another task's":                     {said, []string{"code-review"}, []Standing{outdated(standing("security-scan", b))}, "1 0 0 [] 0 0"},
		"a marker that is none":                    {said, []string{"code-review"}, []Standing{{Body: RemarkPrefix + "code-review x -->", Outdated: true}}, "1 0 0 [] 0 0"},
		"nothing is said any more":                 {nil, []string{"code-review"}, []Standing{outdated(standing("code-review", a))}, "0 0 0 [0] 0 0"},
		"more than a reader reads, some of it old": {many(40), []string{"code-review"}, []Standing{{Body: marker(many(40)[0]), State: Open}}, "30 9 1 [] 0 0"},
	} {
		p := Remarks{List: tc.said, Done: tc.done}.Against(tc.there)
		if got := fmt.Sprintf("%d %d %d %v %d %d", len(p.Post), p.Held, p.Known, p.Close, p.Kept, p.Answered); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

func many(n int) []Remark {
	list := make([]Remark, n)
	for i := range list {
		list[i] = Remark{Task: "code-review", Fingerprint: fmt.Sprintf("%032x:1", i)}
	}
	return list
}

// Only what was done whole may close anything.
func TestOnlyAWholeTaskIsDone(t *testing.T) {
	t.Parallel()
	for status, want := range map[dispatch.Status]int{dispatch.Clean: 1, dispatch.Findings: 1, dispatch.Partial: 0, dispatch.CouldNotRun: 0, dispatch.Skipped: 0, "": 0} {
		r := review()
		r.Status, r.Output = status, task.Output{}
		if got := len(RemarksOf(session(r)).Done); got != want {
			t.Errorf("%q: %d done, want %d", status, got, want)
		}
		s := session(r)
		if s.Interrupted = true; len(RemarksOf(s).Done) != 0 {
			t.Errorf("%q: an interrupted run is done", status)
		}
	}
}

// What has no line in the diff, or points nowhere, may be what an outdated
// comment says.
func TestAFindingWithoutALineClosesNothing(t *testing.T) {
	t.Parallel()
	there := []Standing{standing("auth-review", strings.Repeat("b", 32)+":1")}
	there[0].Outdated = true
	for name, tc := range map[string]struct {
		output task.Output
		want   string
	}{
		"nothing is said":          {task.Output{}, "[0]"},
		"one at a line":            {task.Output{Findings: []task.Finding{{Path: "page.md", Line: 2, EndLine: 2}}}, "[0]"},
		"one on a whole file":      {task.Output{Findings: []task.Finding{{Path: "page.md"}}}, "[]"},
		"one that points nowhere":  {task.Output{Dropped: 1}, "[]"},
		"a patch outside the diff": {task.Output{Patch: "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n+b\n"}, "[]"},
	} {
		r := review()
		r.Output = tc.output
		if got := fmt.Sprint(RemarksOf(reviewed(t, r)).Against(there).Close); got != tc.want {
			t.Errorf("%s: closes %s, want %s", name, got, tc.want)
		}
	}
}

// Whatever a model writes, a comment is bounded, begins with its marker and
// has at most one block that the platform offers to apply: ours, whole.
func TestAnyRemarkIsSafe(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(21, 22))
	for range 400 {
		r := review()
		code := words(rng)
		r.Output.Findings = []task.Finding{{Path: "page.md", Line: 2, EndLine: 2, Severity: task.LowSeverity, Title: words(rng), Body: "```suggestion\nrm -rf /\n```\n" + words(rng), Suggestion: code, Exploit: words(rng)}}
		s := reviewed(t, r)
		k := RemarksOf(s).List[0]
		if len(k.Body) > 64<<10 {
			t.Errorf("a comment of %d bytes", len(k.Body))
		}
		if _, name, ok := ParseMarker(k.Body); !ok || name != k.Fingerprint || strings.Count(k.Body, "\n<!--") > 0 && !strings.Contains(k.Body, "```") {
			t.Errorf("marker of %q", k.Body)
		}
		checkSuggestions(t, k.Body, code)
		if t.Failed() {
			t.Fatalf("suggestion %q", code)
		}
	}
}

func checkSuggestions(t *testing.T, body, code string) {
	t.Helper()
	source := []byte(body)
	var blocks []string
	err := ast.Walk(goldmark.New().Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		block, ok := n.(*ast.FencedCodeBlock)
		if ok && entering && string(block.Language(source)) == "suggestion" {
			blocks = append(blocks, string(block.Lines().Value(source)))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(suggested(visible(code)), "\n") + "\n"
	if code != "" && len(blocks) > 0 && blocks[len(blocks)-1] != want {
		t.Errorf("offered %q, want %q", blocks, want)
	}
	if len(blocks) > 1 || len(blocks) > 0 && code == "" {
		t.Errorf("the model's own block is offered: %q", blocks)
	}
}

func FuzzParseMarker(f *testing.F) {
	f.Add("<!-- tierwise-finding code-review 0123456789abcdef0123456789abcdef:1 -->\nx")
	f.Add("<!-- tierwise-finding  -->")
	f.Fuzz(func(t *testing.T, body string) {
		taskID, name, ok := ParseMarker(body)
		if ok && !strings.HasPrefix(body, marker(Remark{Task: taskID, Fingerprint: name})[:len(RemarkPrefix)+len(taskID)+1+len(name)+4]) {
			t.Errorf("%q gave %q %q", body, taskID, name)
		}
		if !ok && taskID+name != "" {
			t.Errorf("%q is refused and gives %q %q", body, taskID, name)
		}
	})
}
