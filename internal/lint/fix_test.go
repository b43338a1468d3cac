package lint

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tierwise/tierwise/internal/diag"
)

func edit(line, col, toLine, toCol int, text string) Edit {
	return Edit{Start: diag.Position{Line: line, Col: col}, End: diag.Position{Line: toLine, Col: toCol}, Text: text}
}

func TestApply(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		edits      []Edit
		want       string // "" for an error
	}{
		{"nothing to do", "a: b\n", nil, "a: b\n"},
		{"edits in any order", "a: b\nc: d\n", []Edit{edit(2, 4, 2, 5, "e"), edit(1, 4, 1, 5, "f")}, "a: f\nc: e\n"},
		{"an insertion at a line's beginning", "a: b\nc: d\n", []Edit{edit(2, 1, 2, 1, "x: y\n")}, "a: b\nx: y\nc: d\n"},
		{"the end of the text", "a: b", []Edit{edit(1, 5, 1, 5, "\n")}, "a: b\n"},
		{"a line after the last line end", "a: b\n", []Edit{edit(2, 1, 2, 1, "c: d\n")}, "a: b\nc: d\n"},
		{"over two lines", "a: b\nc: d\n", []Edit{edit(1, 4, 2, 4, "")}, "a: d\n"},
		{"the first of two that overlap", "a: bcd\n", []Edit{edit(1, 4, 1, 6, "x"), edit(1, 5, 1, 7, "y")}, "a: xd\n"},
		{"the first of two insertions at a place", "a: b\n", []Edit{edit(1, 1, 1, 1, "x"), edit(1, 1, 1, 1, "y")}, "xa: b\n"},
		{"the same one twice", "a: b\n", []Edit{edit(1, 1, 1, 1, "x"), edit(1, 1, 1, 1, "x")}, "xa: b\n"},
		{"neighbours do not overlap", "a: bc\n", []Edit{edit(1, 4, 1, 5, "x"), edit(1, 5, 1, 6, "y")}, "a: xy\n"},
		{"an insertion inside of what is replaced", "a: bcd\n", []Edit{edit(1, 4, 1, 7, "x"), edit(1, 5, 1, 5, "y")}, "a: x\n"},
		{"an insertion behind what is replaced", "a: bcd\n", []Edit{edit(1, 4, 1, 7, "x"), edit(1, 7, 1, 7, "y")}, "a: xy\n"},
		{"a byte order mark", "\ufeffa: b\n", []Edit{edit(1, 1, 1, 2, "c")}, "\ufeffc: b\n"},
		{"a line that is not there", "a: b\n", []Edit{edit(3, 1, 3, 1, "x")}, ""},
		{"a column that is not there", "a: b\nc: d\n", []Edit{edit(1, 6, 1, 6, "x")}, ""},
		{"an end before its start", "a: b\n", []Edit{edit(1, 4, 1, 2, "x")}, ""},
		{"no place at all", "a: b\n", []Edit{{}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Apply(tt.text, tt.edits)
			if (err != nil) != (tt.want == "") {
				t.Fatalf("error = %v", err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestMending mends every case of testdata/lint that has edits. What was
// found is gone, all that is no part of an edit is there byte for byte, and
// there is nothing left to do.
func TestMending(t *testing.T) {
	t.Parallel()
	mended := 0
	for _, r := range All() {
		files, err := filepath.Glob(filepath.Join(casesFolder, r.ID, "fires-*.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if mendCase(t, r, file, archive) {
				mended++
			}
		}
	}
	if mended < 5 {
		t.Errorf("only %d cases were mended", mended)
	}
}

func mendCase(t *testing.T, r Rule, file string, archive *txtar.Archive) bool {
	t.Helper()
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	name := map[Subject]string{OfPolicy: "policy.yml", OfWorkflow: "workflow.yml", OfBrief: "brief.md"}[r.Subject()]
	again := func(text string) Report {
		parts[name] = text
		return check(t, r, parts)
	}
	before := parts[name]
	findings := onlyOf(again(before), r.ID)
	if !slices.ContainsFunc(findings, func(f Finding) bool { return len(f.Edits) > 0 }) || r.Subject() == OfBrief {
		return false
	}
	after, done, err := Mend(before, func(text string) Report { return Report{Findings: onlyOf(again(text), r.ID)} })
	if err != nil || len(done) == 0 {
		t.Errorf("%s: mended %d findings, error %v", file, len(done), err)
		return false
	}
	if left := onlyOf(again(after), r.ID); slices.ContainsFunc(left, func(f Finding) bool { return len(f.Edits) > 0 }) {
		t.Errorf("%s: there is still something to mend: %s", file, shown(left))
	}
	if twice, more, err := Mend(after, again); err != nil || len(onlyID(more, r.ID)) > 0 {
		t.Errorf("%s: mending again gives %q, error %v", file, twice, err)
	}
	keepsTheRest(t, file, before, after, findings)
	if !readable(after) {
		t.Errorf("%s: the mended text does not parse", file)
	}
	if _, err := Diff(name, before, after); err != nil {
		t.Errorf("%s: %v", file, err)
	}
	return true
}

func onlyID(findings []Finding, id string) []Finding { return onlyOf(Report{Findings: findings}, id) }

// keepsTheRest holds that every comment and every line that no edit touches
// is there as it was, in its order.
func keepsTheRest(t *testing.T, file, before, after string, findings []Finding) {
	t.Helper()
	touched := map[int]bool{}
	lines := strings.Split(before, "\n")
	for _, f := range findings {
		for _, e := range f.Edits {
			inside := strings.Trim(lines[e.Start.Line-1][:e.Start.Col-1], " -") != ""
			for line := e.Start.Line; line <= e.End.Line && (inside || e.Start != e.End); line++ {
				touched[line] = true
			}
		}
	}
	rest := strings.SplitAfter(after, "\n")
	for i, line := range strings.SplitAfter(before, "\n") {
		if at := strings.Index(line, "#"); touched[i+1] && at >= 0 && !strings.Contains(after, line[at:]) {
			t.Errorf("%s: comment %q is gone", file, line[at:])
		}
		if touched[i+1] {
			continue
		}
		at := slices.IndexFunc(rest, func(r string) bool { return strings.HasSuffix(r, line) })
		if at < 0 {
			t.Errorf("%s: line %d, %q, is gone or moved", file, i+1, line)
			return
		}
		rest = rest[at+1:]
	}
}

// TestMendRefuses holds back a text that the edits would break.
func TestMendRefuses(t *testing.T) {
	t.Parallel()
	at := func(id string, edits ...Edit) Finding { return Finding{Finding: diag.Finding{ID: id}, Edits: edits} }
	tests := []struct {
		name  string
		check func(string) Report
	}{
		{"what is no YAML afterwards", func(string) Report { return Report{Findings: []Finding{at("x", edit(1, 1, 1, 2, "["))}} }},
		{"what is still there afterwards", func(string) Report { return Report{Findings: []Finding{at("x", edit(1, 1, 1, 1, "b"))}} }},
		{"a place outside of the text", func(string) Report { return Report{Findings: []Finding{at("x", edit(9, 1, 9, 1, "b"))}} }},
		{"something new", func(text string) Report {
			if text == "a: b\n" {
				return Report{Findings: []Finding{at("x", edit(1, 4, 1, 5, "c"))}}
			}
			return Report{Findings: []Finding{at("y")}}
		}},
		{"no end", func(text string) Report {
			findings := make([]Finding, 1000-len(text))
			for i := range findings {
				findings[i] = at("x")
			}
			findings[0] = at("x", edit(1, 1, 1, 1, "b"))
			return Report{Findings: findings}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, done, err := Mend("a: b\n", tt.check); err == nil {
				t.Errorf("Mend gives %q and %v", got, done)
			}
		})
	}
}

// TestMendGoesOnWithoutARuleThatBreaks holds back one rule and mends the rest.
func TestMendGoesOnWithoutARuleThatBreaks(t *testing.T) {
	t.Parallel()
	check := func(text string) Report {
		var r Report
		if strings.Contains(text, "b") {
			r.Findings = append(r.Findings, Finding{Finding: diag.Finding{ID: "good"}, Edits: []Edit{edit(1, 4, 1, 5, "c")}})
		}
		if strings.Contains(text, "d") {
			r.Findings = append(r.Findings, Finding{Finding: diag.Finding{ID: "bad"}, Edits: []Edit{edit(2, 1, 2, 2, "e")}})
		} else {
			r.Findings = append(r.Findings, Finding{Finding: diag.Finding{ID: "new"}})
		}
		return r
	}
	after, done, err := Mend("a: b\nd: f\n", check)
	if err != nil || after != "a: c\nd: f\n" || len(done) != 1 || done[0].ID != "good" {
		t.Errorf("Mend gives %q, %v, %v", after, done, err)
	}
}

// TestOneModelIsNoReasonToLeaveTheRest mends a workflow in which the successor
// of a retired model is too cheap for what it does.
func TestOneModelIsNoReasonToLeaveTheRest(t *testing.T) {
	t.Parallel()
	text := "on: workflow_dispatch\njobs:\n  a:\n    steps:\n      - uses: qodo-ai/pr-agent@main\n        env: {config.model: gpt-5-mini}\n      - run: claude -p 'hello there'\n"
	after, done, err := Mend(text, func(text string) Report { return CheckWorkflow("w.yml", []byte(text), World{Today: "2026-11-25"}) })
	if err != nil || len(done) != 1 || !strings.Contains(after, "gpt-5-mini") || !strings.Contains(after, "--max-turns") {
		t.Errorf("Mend gives %v, %v:\n%s", done, err, after)
	}
}

// FuzzApply holds that edits at any place neither panic nor lose what they do
// not name.
func FuzzApply(f *testing.F) {
	f.Add("a: b\nc: d\n", 1, 4, 1, 5, 2, 1, 2, 1)
	f.Add("\ufeffa\r\n", 1, 2, 2, 1, 1, 1, 1, 1)
	f.Fuzz(func(t *testing.T, text string, l1, c1, l2, c2, l3, c3, l4, c4 int) {
		edits := []Edit{edit(l1, c1, l2, c2, "<1>"), edit(l3, c3, l4, c4, "<2>")}
		got, err := Apply(text, edits)
		if err != nil {
			return
		}
		first, err := Apply(text, edits[:1])
		if err != nil || !strings.Contains(got, "<1>") || len(first) > len(text)+3 {
			t.Errorf("Apply(%q) = %q", text, got)
		}
	})
}
