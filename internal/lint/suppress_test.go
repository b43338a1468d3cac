package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/diag"
)

// probe is a rule that fires on each line with the word "here".
func probe(s Source) []Finding {
	var findings []Finding
	for n := 1; n <= s.Lines(); n++ {
		for _, word := range []string{"here", "HERE"} {
			if at := strings.Index(s.Line(n), word); at >= 0 {
				findings = append(findings, Finding{Finding: diag.Finding{Position: s.At(n, at+1), Severity: diag.Warning, ID: "owner-missing", Message: "found"}})
			}
		}
	}
	return findings
}

const whole = "# tierwise: ignore owner-missing until 2026-12-31: named next week"

func TestSuppress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       string // "line:col id", one a line; a suppressed finding as "(line:col id)"
	}{
		{"a comment behind the line", "a: here " + whole + "\n", "(1:4 owner-missing)"},
		{"a comment on the line above", whole + "\na: here\n", "(2:4 owner-missing)"},
		{"a comment above an empty line and another comment", whole + "\n\n# more\na: here\n", "(4:4 owner-missing)"},
		{"an indented comment on the line above", "x:\n  " + whole + "\n  a: here\n", "(3:6 owner-missing)"},
		{"two findings of a line", "a: here HERE " + whole + "\n", "(1:4 owner-missing)\n(1:9 owner-missing)"},
		{"a comment behind a line reaches no other line", "a: b " + whole + "\nc: here\n", "1:6 suppression-unused\n2:4 owner-missing"},
		{"a comment above reaches one line", whole + "\na: here\nb: here\n", "(2:4 owner-missing)\n3:4 owner-missing"},
		{"a comment below", "a: here\n" + whole + "\n", "1:4 owner-missing\n2:1 suppression-unused"},
		{"a comment at the end of the file", "a: b\n" + whole, "2:1 suppression-unused"},
		{"carriage returns", "a: here " + whole + "\r\nb: here\r\n", "(1:4 owner-missing)\n2:4 owner-missing"},
		{"carriage returns, on the line above", whole + "\r\n\r\na: here\r\n", "(3:4 owner-missing)"},
		{"a byte order mark", "\ufeff" + whole + "\na: here\n", "(2:4 owner-missing)"},
		{"blanks behind the reason", "a: here " + whole + " \t\n", "(1:4 owner-missing)"},
		{"few blanks", "a: here #tierwise:ignore owner-missing until 2026-12-31:x\n", "(1:4 owner-missing)"},
		{"the last day", "a: here # tierwise: ignore owner-missing until 2026-11-25: x\n", "(1:4 owner-missing)"},
		{"the day after", "a: here # tierwise: ignore owner-missing until 2026-11-24: x\n", "1:4 owner-missing\n1:9 suppression-expired"},
		{"another rule", "a: here # tierwise: ignore review-soon until 2026-12-31: x\n", "1:4 owner-missing\n1:9 suppression-malformed"},
		{"no day", "a: here # tierwise: ignore owner-missing: x\n", "1:4 owner-missing\n1:9 suppression-malformed"},
		{"a day that is none", "a: here # tierwise: ignore owner-missing until 2026-02-30: x\n", "1:4 owner-missing\n1:9 suppression-malformed"},
		{"no reason", "a: here # tierwise: ignore owner-missing until 2026-12-31:\n", "1:4 owner-missing\n1:9 suppression-malformed"},
		{"no rule", "a: here # tierwise: ignore until 2026-12-31: x\n", "1:4 owner-missing\n1:9 suppression-malformed"},
		{"all rules", "a: here # tierwise: ignore * until 2026-12-31: x\n", "1:4 owner-missing\n1:9 suppression-malformed"},
		{"what reading refuses", "a: here # tierwise: ignore unknown-key until 2026-12-31: x\n", "1:4 owner-missing\n1:9 suppression-malformed"},
		{"itself", "# tierwise: ignore suppression-unused until 2026-12-31: x\n" + whole + "\na: b\n", "1:1 suppression-malformed\n2:1 suppression-unused"},
		{"a # inside of a word begins no comment", "a: here#tierwise: ignore owner-missing until 2026-12-31: x\n", "1:4 owner-missing"},
		{"a word that begins like it", "a: here # tierwise: ignored\n", "1:4 owner-missing"},
		{"in a script there are no comments of YAML", "run: |\n  here " + whole + "\n", "2:3 owner-missing"},
		{"in a script, on the line above", "- run: |\n    make\n    " + whole + "\n    here\n", "4:5 owner-missing"},
		{"in a script, malformed", "run: |\n  # tierwise: ignore\n  make\n", ""},
		{"on the line that opens a script", "- run: | " + whole + "\n    make\n\n    here\n  b: here\n", "(4:5 owner-missing)\n5:6 owner-missing"},
		{"above the line that opens a script", "a:\n  " + whole + "\n  run: >-\n    make\n    here\nb: here\n", "(5:5 owner-missing)\n6:4 owner-missing"},
		{"behind a script that ends before it", "run: |\n    make\n  " + whole + "\nb: here\n", "(4:4 owner-missing)"},
		{"in a script whose depth is written out", "run: |2\n      make\n    " + whole + "\nb: here\n", "4:4 owner-missing"},
		{"in a list of scripts", "- |\n  here " + whole + "\n- b: here\n", "2:3 owner-missing\n3:6 owner-missing"},
		{"in a text that is the whole document", "|\n  here " + whole + "\n", "2:3 owner-missing"},
		{"in double quotes", "a: \"here " + whole + "\"\n", "1:5 owner-missing"},
		{"in double quotes, with a quote in it", `a: "here \" ` + whole + "\"\n", "1:5 owner-missing"},
		{"in single quotes", "a: 'here '' " + whole + "'\n", "1:5 owner-missing"},
		{"in quotes over two lines", "a: \"b\n  " + whole + "\n  here\"\n", "3:3 owner-missing"},
		{"in a quoted key", "\"here " + whole + "\": b\n", "1:2 owner-missing"},
		{"in quotes in brackets", "a: [\"here " + whole + "\", b]\n", "1:6 owner-missing"},
		{"behind quotes", "a: \"here # no\" " + whole + "\n", "(1:5 owner-missing)"},
		{"behind quotes over two lines reaches its own line", "a: \"here\n  HERE\" " + whole + "\n", "(2:3 owner-missing)\n1:5 owner-missing"},
		{"above quotes over two lines", whole + "\na: \"here\n  HERE\"\nb: here\n", "(2:5 owner-missing)\n(3:3 owner-missing)\n4:4 owner-missing"},
		{"an apostrophe opens nothing", "a: it's here " + whole + "\n", "(1:9 owner-missing)"},
		{"behind another comment", "a: here # v4 " + whole + "\n", "(1:4 owner-missing)"},
		{"in the front of a page", "---\non: push\nengine: here " + whole + "\n---\n" + whole + "\nhere\n", "(3:9 owner-missing)\n6:1 owner-missing"},
		{"at the end of the front, for the page", "---\non: push\nengine: claude\n" + whole + "\n---\nWrite.\n\nhere\n", "(8:1 owner-missing)"},
		{"a file that is no YAML", "a: [\n" + whole + "\n", ""},
		{"a year ahead", "a: here # tierwise: ignore owner-missing until 2027-11-26: x\n", "(1:4 owner-missing)"},
		{"more than a year ahead", "a: here # tierwise: ignore owner-missing until 2027-11-27: x\n", "1:4 owner-missing\n1:9 suppression-too-far"},
		{"words of a prompt that show the form", "prompt: >-\n  Write # tierwise: ignore rule-id until YYYY-MM-DD: why\nb: c\n", ""},
		{"behind a script", "run: |\n  make\nb: c # tierwise: ignore\n", "3:6 suppression-malformed"},
		{"two comments of one rule above a line", whole + "\n" + whole + "\na: here\n", "(3:4 owner-missing)\n2:1 suppression-unused"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := NewSource("f.yml", []byte(tt.text))
			r := suppress(s, probe(s), nil, []string{"owner-missing"}, World{Today: ExampleDay})
			var got []string
			for _, f := range r.Suppressed {
				if f.Reason == "" || f.Until == "" {
					t.Errorf("suppressed for no reason or no time: %+v", f)
				}
				got = append(got, fmt.Sprintf("(%d:%d %s)", f.Line, f.Col, f.ID))
			}
			for _, f := range r.Findings {
				got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Col, f.ID))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestARuleThatDidNotLookMakesNoSuppressionUseless covers a rule without what
// it needs, and a file that could not be read.
func TestARuleThatDidNotLookMakesNoSuppressionUseless(t *testing.T) {
	t.Parallel()
	s := NewSource("f.yml", []byte(whole+"\na: b\n"))
	blind := []NotExamined{{Rule: "owner-missing", File: "f.yml", Need: NeedsTree}}
	for _, f := range suppress(s, nil, blind, nil, World{Today: ExampleDay}).Findings {
		t.Errorf("of a rule that did not look: %s", f.Finding)
	}
	broken := CheckPolicy("f.yml", []byte(whole+"\nowner: x\n"), World{Today: ExampleDay, Known: known()})
	for _, f := range broken.Findings {
		if f.ID == idUnusedSuppression {
			t.Errorf("of a file that was not read: %s", f.Finding)
		}
	}
}

// TestNothingSuppressesARefusal keeps a comment from making a file pass that
// the program then refuses.
func TestNothingSuppressesARefusal(t *testing.T) {
	t.Parallel()
	text := minimal("owner: x # tierwise: ignore unknown-key until 2026-12-31: x\n")
	r := CheckPolicy("f.yml", []byte(text), World{Today: ExampleDay, Known: known()})
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.ID)
	}
	if diff := cmp.Diff([]string{"unknown-key", "suppression-malformed"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
