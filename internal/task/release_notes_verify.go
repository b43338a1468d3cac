package task

import (
	"fmt"
	"slices"
	"strings"
)

type releaseAnswer struct {
	Overview string           `json:"overview"`
	Entries  []changelogEntry `json:"entries"`
}

// verifyRelease releases notes that hold as a changelog does, and whose every
// step of an update rests on the change.
func verifyRelease(in Input, answer []byte) (Output, []Problem) {
	var a releaseAnswer
	if problems := readAnswer(answer, []byte(releaseSchema), &a); problems != nil {
		return Output{}, problems
	}
	e := gather(in)
	problems := e.checkOverview(a)
	problems = append(problems, e.checkEntries(a.Entries)...)
	for i, entry := range a.Entries {
		if entry.Upgrade != nil {
			problems = append(problems, e.checkStep(fmt.Sprintf("entry %d's upgrade", i+1), *entry.Upgrade)...)
		}
	}
	if len(problems) > 0 {
		return Output{}, problems
	}
	return Output{Markdown: renderRelease(a.Overview, e.lines(a.Entries), "")}, nil
}

// checkOverview holds the overview against the change. Where there is no
// entry it says that nothing changes, which no change shows.
func (e *evidence) checkOverview(a releaseAnswer) []Problem {
	const place = "the overview"
	if problems := oneLiner(place, a.Overview, maxOverview); problems != nil {
		return problems
	}
	var problems []Problem
	for _, s := range e.strangers(a.Overview) {
		problems = append(problems, problem("inventing", "%s names what is not in the change: %.40q", place, s))
	}
	if len(problems) == 0 && !e.grounded(a.Overview) && (len(a.Entries) > 0 || !e.quiet(a.Overview)) {
		problems = append(problems, e.ungrounded(place))
	}
	if w := unfounded(a.Overview, e.words); w != "" {
		problems = append(problems, problem("inventing", "%s claims what the change does not show: %.40q", place, w))
	}
	breaks := e.breaks() || slices.ContainsFunc(a.Entries, func(entry changelogEntry) bool { return entry.Breaking })
	problems = append(problems, e.verdicts("inventing", place, a.Overview, breaks)...)
	return append(problems, outward(e.in, place, a.Overview)...)
}

// quiet says that an overview without entries tells little beyond that
// nothing changes: at most four words that the change does not show.
func (e *evidence) quiet(text string) bool {
	seen, total := e.share(text)
	return total-seen <= 4
}

// checkStep holds a step of an update against the change, more strictly than
// a sentence: people act on it. Half of its words must stand there.
func (e *evidence) checkStep(place, text string) []Problem {
	if problems := oneLiner(place, text, maxEntryText); problems != nil {
		return problems
	}
	var problems []Problem
	for _, s := range e.strangers(text) {
		problems = append(problems, problem("inventing", "%s names what is not in the change: %.40q", place, s))
	}
	if seen, total := e.share(text); len(problems) == 0 && (seen == 0 || 2*seen < total) {
		problems = append(problems, problem("inventing", "%s is a step that the change does not show", place))
	}
	return append(problems, outward(e.in, place, text)...)
}

// localRelease writes the notes from what the commits say of themselves.
func localRelease(in Input) (Output, error) {
	lines, note := localLines(in)
	return Output{Markdown: renderRelease("", lines, note)}, nil
}

// renderRelease prints the notes: first what a user must know before they
// update. note stands last, in italics; it is ours.
func renderRelease(overview string, lines []changelogLine, note string) string {
	var b strings.Builder
	b.WriteString("## Release notes\n")
	if overview = strings.TrimSpace(overview); overview != "" {
		b.WriteString("\n" + inline(overview, maxOverview) + "\n")
	}
	b.WriteString(part("Before you update", lines, func(l changelogLine) bool { return l.Breaking }))
	for _, p := range releaseParts() {
		b.WriteString(part(p.heading, lines, func(l changelogLine) bool { return !l.Breaking && l.Section == p.of }))
	}
	if len(lines) == 0 {
		b.WriteString("\nNo change that a user of the program can notice.\n")
	}
	if note != "" {
		fmt.Fprintf(&b, "\n*%s*\n", note)
	}
	return b.String()
}

type releasePart struct {
	of      section
	heading string
}

// releaseParts lists what follows the breaking changes, in its order.
func releaseParts() []releasePart {
	return []releasePart{
		{sectionSecurity, "Security"},
		{sectionAdded, "New"},
		{sectionChanged, "Changed"},
		{sectionDeprecated, "Deprecated"},
		{sectionRemoved, "Removed"},
		{sectionFixed, "Fixed"},
	}
}

// part is a heading with the lines that belong below it, "" where none does.
func part(heading string, lines []changelogLine, in func(changelogLine) bool) string {
	var b strings.Builder
	for _, l := range lines {
		if in(l) {
			l.Breaking = false // the heading says it
			b.WriteString(l.String())
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\n### " + heading + "\n\n" + b.String()
}
