package task

import "testing"

func TestASubjectIsSplitOnlyAtAKnownType(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string][3]string{
		"feat: add a clock":               {"feat", "", "add a clock"},
		"Fix(API)!: close the body":       {"fix", "api", "close the body"},
		"chore(deps): bump a from 1 to 2": {"chore", "deps", "bump a from 1 to 2"},
		"net/http: close the body":        {"", "", "net/http: close the body"},
		"parser: add a rule":              {"", "", "parser: add a rule"},
		"Tidy the docs":                   {"", "", "Tidy the docs"},
		"docs:":                           {"", "", "docs:"},
	} {
		kind, scope, words := Conventional(subject)
		if got := [3]string{kind, scope, words}; got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
}
