package task

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Bounds of a changelog: characters of a line, and entries of a change.
const (
	maxEntryText = 300
	maxEntries   = 200
)

type changelogAnswer struct {
	Entries []changelogEntry `json:"entries"`
}

type changelogEntry struct {
	Section  section  `json:"section"`
	Text     string   `json:"text"`
	Breaking bool     `json:"breaking"`
	Sources  []string `json:"sources"`
	// Upgrade is what release notes say of what a user has to do. The schema of
	// a changelog has none.
	Upgrade *string `json:"upgrade,omitzero"`
}

// verifyChangelog releases an answer whose every entry rests on the change
// and which names every breaking change that the change marks.
func verifyChangelog(in Input, answer []byte) (Output, []Problem) {
	var a changelogAnswer
	if problems := readAnswer(answer, []byte(changelogSchema), &a); problems != nil {
		return Output{}, problems
	}
	e := gather(in)
	if problems := e.checkEntries(a.Entries); len(problems) > 0 {
		return Output{}, problems
	}
	return Output{Markdown: renderChangelog(e.lines(a.Entries), "")}, nil
}

func (e *evidence) checkEntries(entries []changelogEntry) []Problem {
	if len(entries) > maxEntries {
		return brokenForm("there are %d entries, more than %d", len(entries), maxEntries)
	}
	var problems []Problem
	seen := map[string]bool{}
	for i, entry := range entries {
		place := fmt.Sprintf("entry %d", i+1)
		problems = append(problems, e.checkEntry(place, entry)...)
		key := strings.ToLower(strings.Join(strings.Fields(entry.Text), " "))
		if seen[key] {
			problems = append(problems, problem("broken-form", "%s stands twice", place))
		}
		seen[key] = true
	}
	return append(problems, e.omitted(entries)...)
}

func (e *evidence) checkEntry(place string, entry changelogEntry) []Problem {
	if problems := oneLiner(place, entry.Text, maxEntryText); problems != nil {
		return problems
	}
	var problems []Problem
	if strings.HasPrefix(entry.Text, "#") || strings.HasPrefix(entry.Text, "- ") || strings.HasPrefix(entry.Text, "* ") {
		problems = append(problems, problem("broken-form", "%s begins with a bullet or a heading", place))
	}
	return append(problems, e.checkClaim(place, entry.Text, entry.Sources)...)
}

// checkClaim holds a sentence and its sources against the change.
func (e *evidence) checkClaim(place, text string, sources []string) []Problem {
	var problems []Problem
	if len(sources) == 0 {
		problems = append(problems, problem("inventing", "%s has no source", place))
	}
	for _, s := range sources {
		if !e.source(s) {
			problems = append(problems, problem("inventing", "%s names a source that is not in the change: %.40q", place, s))
		}
	}
	for _, s := range e.strangers(text) {
		problems = append(problems, problem("inventing", "%s names what is not in the change: %.40q", place, s))
	}
	if len(problems) == 0 && !e.groundedBy(text, sources) {
		problems = append(problems, e.ungrounded(place))
	}
	if w := cmp.Or(unfounded(text, e.words), e.wrongSpan(text)); w != "" {
		problems = append(problems, problem("inventing", "%s claims what the change does not show: %.40q", place, w))
	}
	problems = append(problems, e.verdicts("inventing", place, text, e.breaks())...)
	if e.undone(sources) {
		problems = append(problems, problem("inventing", "%s tells what was taken back", place))
	}
	return append(problems, outward(e.in, place, text)...)
}

func (e *evidence) ungrounded(place string) Problem {
	return problem("inventing", "%s says what neither the commits nor the diff show", place)
}

// lines turns checked entries into what is printed: references are ours, made
// of the sources, since the text has none.
func (e *evidence) lines(entries []changelogEntry) []changelogLine {
	var lines []changelogLine
	for _, entry := range entries {
		l := changelogLine{Section: entry.Section, Text: entry.Text, More: trimmed(entry.Upgrade), Breaking: entry.Breaking}
		for _, s := range entry.Sources {
			for _, i := range e.named(s) {
				l.shas = append(l.shas, e.commits[i].short())
				l.refs = append(l.refs, e.commits[i].Refs...)
			}
			if m := pullRef().FindStringSubmatch(s); m != nil && m[0] == strings.TrimSpace(s) && len(e.named(s)) == 0 {
				l.refs = append(l.refs, e.in.PullNumber)
			}
		}
		l.refs = slices.DeleteFunc(l.refs, func(n int) bool { return n == 0 })
		lines = append(lines, l)
	}
	return lines
}
