package backtest

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

// Title gives the title under which a past commit was proposed: the subject,
// or for the merge of a pull request the first line of its body.
func Title(c change.Commit) string {
	first, _, _ := strings.Cut(strings.TrimSpace(c.Body), "\n")
	first = strings.TrimSpace(first)
	if c.Parents < 2 || first == "" || !mergesPull(c) {
		return c.Subject
	}
	return first
}

// mergesPull knows the subjects that platforms give to their merges. Git's own
// "Merge branch" has a body only where a platform or a person wrote one.
func mergesPull(c change.Commit) bool {
	switch {
	case strings.HasPrefix(c.Subject, "Merge pull request "), strings.HasPrefix(c.Subject, "Merged in "):
		return true
	case strings.HasPrefix(c.Subject, "Merge branch "):
		return strings.Contains(c.Body, "See merge request ")
	}
	return false
}

// Withheld splits a title into what its author calls the work and the words
// to decide by, in which that name is withheld: it is what the guess is held
// against. The label is "" where the author's type says nothing of the kind.
func Withheld(title string) (label, words string) {
	kind, scope, words := task.Conventional(title)
	if kind == "chore" && slices.Contains(upkeepScopes(), scope) {
		kind += "(" + scope + ")"
	}
	if kindOfLabel(kind) == "" {
		kind = ""
	}
	return kind, words
}

func upkeepScopes() []string {
	return []string{"build", "ci", "dependencies", "deps", "deps-dev"}
}

// kindOfLabel gives the kind that an author's type names. A chore, a style or
// a revert may be of any kind.
func kindOfLabel(label string) Kind {
	switch label {
	case "docs", "doc":
		return Docs
	case "test", "tests", "e2e":
		return Tests
	case "build", "ci", "deps":
		return Config
	case "feat", "feature", "fix", "hotfix", "bugfix", "perf", "refactor":
		return Code
	}
	if strings.HasPrefix(label, "chore(") {
		return Config
	}
	return ""
}
