package task

import (
	"slices"
	"strings"
)

// section is a heading of a changelog (https://keepachangelog.com/en/1.1.0/).
type section string

const (
	sectionAdded      section = "Added"
	sectionChanged    section = "Changed"
	sectionDeprecated section = "Deprecated"
	sectionRemoved    section = "Removed"
	sectionFixed      section = "Fixed"
	sectionSecurity   section = "Security"
)

// sections lists them in the order in which they are printed.
func sections() []section {
	return []section{sectionAdded, sectionChanged, sectionDeprecated, sectionRemoved, sectionFixed, sectionSecurity}
}

// sectionOfType gives the place of a conventional type, "" where what it
// marks is not for users.
func sectionOfType(kind string) section {
	switch strings.ToLower(kind) {
	case "feat", "feature", "add":
		return sectionAdded
	case "fix", "hotfix", "bugfix":
		return sectionFixed
	case "perf", "refactor", "change", "improve":
		return sectionChanged
	case "deprecate", "deprecated":
		return sectionDeprecated
	case "remove", "removed":
		return sectionRemoved
	case "security", "sec":
		return sectionSecurity
	}
	return ""
}

// upkeepType says that a conventional type marks work on the project itself.
func upkeepType(kind string) bool {
	return slices.Contains([]string{
		"build", "chore", "ci", "deps", "doc", "docs", "e2e", "lint", "release", "style", "styles", "test", "tests", "wip",
	}, strings.ToLower(kind))
}

var (
	securityWords = lazily(`\bCVE-[0-9]{4}-[0-9]{4,}\b|\bGHSA(?:-[0-9a-z]{4}){3}\b|(?i)\bvulnerabilit|\bsecurity (?:fix|issue|hole|patch|hardening)`)
	upkeepSubject = lazily(`(?i)^(?:wip\b|typos?\b|fix(?:es|ed)? (?:a |some )?(?:typos?|lint|linting|formatting|whitespace|ci|the ci|the build|build|flaky|tests?)\b|lint\b|fmt\b|format(?:ting)?(?: (?:the )?(?:code|files?))?$|gofmt|prettier|address (?:review|feedback|comments)|review (?:feedback|comments)|bump version|release v?[0-9]|v?[0-9]+\.[0-9]+\.[0-9]+$|prepare (?:for )?(?:the )?(?:next )?release|update (?:the )?(?:changelog|readme|docs|documentation|ci|tests?|snapshots?|golden)|(?:add|update|improve|more|new) (?:unit |integration |missing |more )?tests?\b|initial commit$|cleanup$|clean ?up$)`)
)

// sectionOfVerb gives the place of a subject by its first word, as people
// write them without a convention.
func sectionOfVerb(text string) section {
	if securityWords().MatchString(text) {
		return sectionSecurity
	}
	first, _, _ := strings.Cut(text, " ")
	switch first = strings.Trim(strings.ToLower(first), ":,."); {
	case slices.Contains([]string{"add", "adds", "added", "adding", "allow", "allows", "create", "creates", "enable", "enables", "expose", "implement", "implements", "implemented", "introduce", "introduces", "new", "provide", "provides", "support", "supports"}, first):
		return sectionAdded
	case slices.Contains([]string{"avoid", "avoids", "correct", "corrects", "corrected", "ensure", "fix", "fixes", "fixed", "handle", "handles", "prevent", "prevents", "repair", "resolve", "resolves", "resolved"}, first):
		return sectionFixed
	case slices.Contains([]string{"delete", "deletes", "deleted", "drop", "drops", "dropped", "remove", "removes", "removed"}, first):
		return sectionRemoved
	case slices.Contains([]string{"deprecate", "deprecates", "deprecated"}, first):
		return sectionDeprecated
	}
	return sectionChanged
}

// place gives the section of a commit, "" where it is upkeep.
func (c commit) place() section {
	switch {
	case strings.EqualFold(c.Scope, "security") && sectionOfType(c.Type) != "", c.Type == "fix" && securityWords().MatchString(c.Text):
		return sectionSecurity
	case c.Type == "revert":
		return sectionChanged
	case sectionOfType(c.Type) != "":
		return sectionOfType(c.Type)
	case c.Breaking:
		return sectionOfVerb(c.Text)
	case c.Type != "" || upkeepSubject().MatchString(c.Text):
		return ""
	}
	return sectionOfVerb(c.Text)
}
