package backtest

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

func TestTheTitleOfAPullRequestIsInTheBodyOfItsMerge(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		commit change.Commit
		want   string
	}{
		"a plain commit has its subject":          {change.Commit{Subject: "fix: a", Body: "b", Parents: 1}, "fix: a"},
		"a merge on GitHub has its body's line":   {change.Commit{Subject: "Merge pull request #7 from ada/x", Body: "\nfix: a\n\nmore", Parents: 2}, "fix: a"},
		"one on GitLab too":                       {change.Commit{Subject: "Merge branch 'x' into 'main'", Body: "Fix a\n\nSee merge request acme/w!7", Parents: 2}, "Fix a"},
		"one on Bitbucket too":                    {change.Commit{Subject: "Merged in x (pull request #7)", Body: "Fix a", Parents: 2}, "Fix a"},
		"a merge by hand keeps its subject":       {change.Commit{Subject: "Merge branch 'x'", Body: "# Conflicts:\n#\ta.go", Parents: 2}, "Merge branch 'x'"},
		"a merge without a body keeps its":        {change.Commit{Subject: "Merge pull request #7 from ada/x", Parents: 2}, "Merge pull request #7 from ada/x"},
		"one parent and such a subject is a joke": {change.Commit{Subject: "Merge pull request #7 from ada/x", Body: "docs: a", Parents: 1}, "Merge pull request #7 from ada/x"},
	} {
		if got := Title(tc.commit); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestTheAuthorsTypeIsWithheldFromTheWords(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]struct {
		label, words string
		kind         Kind
	}{
		"docs: say how":              {"docs", "say how", Docs},
		"test(api): add a case":      {"test", "add a case", Tests},
		"ci: use a newer image":      {"ci", "use a newer image", Config},
		"build(docker): pin it":      {"build", "pin it", Config},
		"chore(deps): bump a":        {"chore(deps)", "bump a", Config},
		"feat!: a clock":             {"feat", "a clock", Code},
		"refactor(x): move it":       {"refactor", "move it", Code},
		"perf: no copy":              {"perf", "no copy", Code},
		"chore: tidy":                {"", "tidy", ""},
		"style: wrap":                {"", "wrap", ""},
		"revert: docs: say how":      {"", "docs: say how", ""},
		"Add a clock":                {"", "Add a clock", ""},
		"net/http: close the body":   {"", "net/http: close the body", ""},
		"chore(release): 1.2.3 (#4)": {"", "1.2.3 (#4)", ""},
	} {
		label, words := Withheld(title)
		if label != want.label || words != want.words || kindOfLabel(label) != want.kind {
			t.Errorf("%q: %q, %q, kind %q", title, label, words, kindOfLabel(label))
		}
	}
}
