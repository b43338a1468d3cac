package task

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// written makes a change that adds lines to one file from a line on.
func written(path string, from int, lines ...string) change.Change {
	h := change.Hunk{OldStart: from, NewStart: from, NewLines: len(lines)}
	for i, text := range lines {
		h.Lines = append(h.Lines, change.Line{Op: change.Add, Text: text, NewLine: from + i})
	}
	return change.Change{Files: []change.File{{Path: path, Status: change.Modified, Hunks: []change.Hunk{h}}}}
}

func loginLines() []string {
	return []string{
		"func Login(user string) error {", "\tif err := check(user); err != nil {", "\t\tlog.Print(err)", "\t}", "", "\treturn nil", "}",
	}
}

func aFinding(taskID string, f Finding, c change.Change) string {
	return Fingerprints(taskID, []Finding{f}, c)[0]
}

func TestAFingerprintStaysWithItsFinding(t *testing.T) {
	t.Parallel()
	c := written("auth/login.go", 10, loginLines()...)
	f := Finding{Path: "auth/login.go", Line: 12, EndLine: 12, Severity: HighSeverity, Title: "The error is ignored", Body: "Anybody passes."}
	want := aFinding("code-review", f, c)
	if !regexp.MustCompile(`^[0-9a-f]{32}:1$`).MatchString(want) {
		t.Fatalf("%q is no fingerprint", want)
	}
	for name, tc := range map[string]struct {
		task string
		edit func(f *Finding) change.Change
		same bool
	}{
		"the lines moved": {"code-review", func(f *Finding) change.Change {
			f.Line, f.EndLine = 112, 112
			return written("auth/login.go", 110, loginLines()...)
		}, true},
		"lines were put before it": {"code-review", func(f *Finding) change.Change {
			f.Line, f.EndLine = 14, 14
			return written("auth/login.go", 10, append([]string{"var a int", "var b int"}, loginLines()...)...)
		}, true},
		"the indentation changed": {"code-review", func(*Finding) change.Change {
			lines := loginLines()
			lines[2] = "    log.Print(err)  "
			return written("auth/login.go", 10, lines...)
		}, true},
		"the body has other words":  {"code-review", func(f *Finding) change.Change { f.Body = "Whoever comes is let in."; return c }, true},
		"there is a suggestion now": {"code-review", func(f *Finding) change.Change { f.Suggestion = "\t\treturn err"; return c }, true},
		"it is rated otherwise":     {"code-review", func(f *Finding) change.Change { f.Severity = Critical; return c }, true},
		"it ends at another line":   {"code-review", func(f *Finding) change.Change { f.EndLine = 13; return c }, true},
		"the title is turned round": {"code-review", func(f *Finding) change.Change { f.Title = "ignored: this error"; return c }, true},
		"another task found it":     {"security-scan", func(*Finding) change.Change { return c }, false},
		"it is in another file": {"code-review", func(f *Finding) change.Change {
			f.Path = "auth/logout.go"
			return written("auth/logout.go", 10, loginLines()...)
		}, false},
		"it is about another line": {"code-review", func(f *Finding) change.Change { f.Line, f.EndLine = 11, 11; return c }, false},
		"it says something else":   {"code-review", func(f *Finding) change.Change { f.Title = "The log leaks a name"; return c }, false},
		"it has a weakness":        {"code-review", func(f *Finding) change.Change { f.CWE = 755; return c }, false},
		"the line was mended": {"code-review", func(*Finding) change.Change {
			lines := loginLines()
			lines[2] = "\t\treturn err"
			return written("auth/login.go", 10, lines...)
		}, false},
		"it is about the whole file": {"code-review", func(f *Finding) change.Change { f.Line, f.EndLine = 0, 0; return c }, false},
	} {
		g := f
		after := tc.edit(&g)
		if got := aFinding(tc.task, g, after); (got == want) != tc.same {
			t.Errorf("%s: %s and %s, want the same: %v", name, want, got, tc.same)
		}
	}
}

func TestAWeaknessNamesItsFindingWhateverTheTitle(t *testing.T) {
	t.Parallel()
	c := written("db/query.go", 1, `rows, err := db.Query("SELECT * FROM users WHERE name = '" + name + "'")`)
	a := Finding{Path: "db/query.go", Line: 1, EndLine: 1, CWE: 89, Title: "SQL injection"}
	b := a
	b.Title = "The name goes into the statement unescaped"
	if x, y := aFinding("security-scan", a, c), aFinding("security-scan", b, c); x != y {
		t.Errorf("%s and %s", x, y)
	}
}

// Findings that are alike are counted as they stand in the file, however they
// are listed; no two of a task have one name.
func TestFingerprintsOfOneTaskDiffer(t *testing.T) {
	t.Parallel()
	lines := make([]string, 40)
	for i := range lines {
		lines[i] = "\tif err != nil { return }"
	}
	c := written("a.go", 1, lines...)
	rng := rand.New(rand.NewPCG(1, 2))
	var first []string
	for range 50 {
		findings := make([]Finding, 40)
		for i := range findings {
			findings[i] = Finding{Path: "a.go", Line: i + 1, EndLine: i + 1, Title: "The error is ignored"}
		}
		rng.Shuffle(len(findings), func(i, j int) { findings[i], findings[j] = findings[j], findings[i] })
		names := Fingerprints("code-review", findings, c)
		byLine := make([]string, 40)
		for i, f := range findings {
			byLine[f.Line-1] = names[i]
		}
		if first == nil {
			first = byLine
		}
		if !slices.Equal(first, byLine) {
			t.Fatalf("the order of the list changed the names: %v and %v", first, byLine)
		}
		if slices.Sort(names); len(slices.Compact(names)) != 40 {
			t.Fatalf("two findings have one name: %v", names)
		}
	}
}

// Whatever is drawn, moving all lines and rewording the body change no name,
// and the same input gives the same names.
func TestAnyFingerprintOutlivesAMove(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"", "}", "return nil", "x := f(a, b)", "if user == nil {", "\tlog.Fatal(err) // ünïcode", "::error::x", "<!-- tierwise -->", "\x00"}
	for range 500 {
		lines := make([]string, 1+rng.IntN(12))
		for i := range lines {
			lines[i] = pieces[rng.IntN(len(pieces))] + strings.Repeat("y", rng.IntN(20))
		}
		findings := make([]Finding, 1+rng.IntN(5))
		for i := range findings {
			findings[i] = Finding{Path: "p/q.go", Line: rng.IntN(len(lines) + 1), Title: pieces[rng.IntN(len(pieces))], CWE: rng.IntN(2) * rng.IntN(900)}
		}
		before := Fingerprints("t", findings, written("p/q.go", 1, lines...))
		shift := 1 + rng.IntN(1000)
		for i := range findings {
			findings[i].Body = fmt.Sprint(rng.IntN(9))
			if findings[i].Line > 0 {
				findings[i].Line += shift
			}
		}
		if after := Fingerprints("t", findings, written("p/q.go", 1+shift, lines...)); !slices.Equal(before, after) {
			t.Fatalf("moved by %d: %v and %v, lines %q", shift, before, after, lines)
		}
	}
}
