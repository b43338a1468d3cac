package task

import (
	"fmt"
	"slices"
	"strings"
)

// changelogLine is one bullet of a changelog.
type changelogLine struct {
	Section  section
	Scope    string
	Text     string
	More     string // what a user must know of a breaking change
	Breaking bool
	refs     []int
	shas     []string
}

// maxRefs bounds the references at the end of one line.
const maxRefs = 5

// renderChangelog prints the entry. note stands last, in italics; it is ours.
// What is not released has no date (https://keepachangelog.com/en/1.1.0/).
func renderChangelog(lines []changelogLine, note string) string {
	var b strings.Builder
	b.WriteString("## [Unreleased]\n")
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(x, y changelogLine) int {
		switch {
		case x.Breaking == y.Breaking:
			return 0
		case x.Breaking:
			return -1
		}
		return 1
	})
	for _, s := range sections() {
		first := true
		for _, l := range lines {
			if l.Section != s {
				continue
			}
			if first {
				fmt.Fprintf(&b, "\n### %s\n\n", s)
				first = false
			}
			b.WriteString(l.String())
		}
	}
	if len(lines) == 0 {
		b.WriteString("\nNo change that a user of the program can notice.\n")
	}
	if note != "" {
		fmt.Fprintf(&b, "\n*%s*\n", note)
	}
	return b.String()
}

// String gives the bullet, with its line ending.
func (l changelogLine) String() string {
	var b strings.Builder
	b.WriteString("- ")
	if l.Breaking {
		b.WriteString("**Breaking:** ")
	}
	text := capital(l.Text)
	if l.Scope != "" {
		text = l.Scope + ": " + l.Text
	}
	b.WriteString(inline(strings.TrimSuffix(text, "."), maxEntryText))
	b.WriteString(l.trace())
	b.WriteString("\n")
	if l.More != "" && !sameWords(l.More, l.Text) {
		b.WriteString("  " + inline(capital(l.More), maxEntryText) + "\n")
	}
	return b.String()
}

// trace gives where a line comes from: " (#12, 1a2b3c4)".
func (l changelogLine) trace() string {
	refs := slices.Clone(l.refs)
	slices.Sort(refs)
	var parts []string
	for _, n := range slices.Compact(refs) {
		parts = append(parts, fmt.Sprintf("#%d", n))
	}
	for _, sha := range l.shas {
		if sha != "" && !slices.Contains(parts, sha) {
			parts = append(parts, sha)
		}
	}
	if len(parts) > maxRefs {
		parts = append(parts[:maxRefs], "…")
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
