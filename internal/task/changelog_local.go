package task

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// localChangelog writes the entry from what the commits say of themselves,
// from the title where they say nothing, and from the files where there are no
// words at all.
func localChangelog(in Input) (Output, error) {
	return Output{Markdown: renderChangelog(localLines(in))}, nil
}

// localLines gives what a user can notice, and a note on what is not listed.
func localLines(in Input) ([]changelogLine, string) {
	commits := withPullTitles(parseCommits(in.Change.Commits))
	stands := cancel(commits)
	upkeep := onlyUpkeep(in.Change)
	var lines []changelogLine
	left := map[reason]int{}
	for i, c := range commits {
		switch place := c.place(); {
		case c.Merge || c.Fixup || !stands[i]:
			left[leftOutAs(c, stands[i])]++
		case place == "" || upkeep && c.Type == "" && !c.Breaking:
			left[leftOutAs(c, true)]++
		default:
			lines = merge(lines, c.line(place))
		}
	}
	if len(lines) == 0 {
		lines = titleLine(in, upkeep)
	}
	if len(lines) == 0 && len(in.Change.Commits) == 0 {
		lines = folderLines(in.Change)
	}
	note := leftOutNote(left)
	if !in.Change.Complete() {
		note = strings.TrimSpace(note + " The change is known to be incomplete: " + sanitize.Cell(in.Change.Incomplete[0], maxSubject) + ".")
	}
	return lines, note
}

func (c commit) line(place section) changelogLine {
	l := changelogLine{
		Section: place, Scope: c.Scope, Text: strings.TrimSuffix(c.Text, "."), More: c.BreakText,
		Breaking: c.Breaking, refs: c.Refs, shas: []string{c.short()},
	}
	if c.Type == "revert" {
		// The references of what is taken back are not those of this commit.
		taken, _ := cutRefs(c.Reverts)
		l.Scope, l.Text = "", `revert "`+taken+`"`
	}
	return l
}

// merge adds a line, or joins it with one that says the same.
func merge(lines []changelogLine, l changelogLine) []changelogLine {
	for i, have := range lines {
		if have.Section == l.Section && strings.EqualFold(have.Scope, l.Scope) && sameWords(have.Text, l.Text) {
			have.Breaking = have.Breaking || l.Breaking
			have.refs = append(have.refs, l.refs...)
			have.shas = append(have.shas, l.shas...)
			if have.More == "" {
				have.More = l.More
			}
			lines[i] = have
			return lines
		}
	}
	return append(lines, l)
}

// titleBreaks says that the pull request itself is marked as breaking, which
// is what remains where its commits are squashed.
func titleBreaks(in Input) bool {
	body, _ := sanitize.StripHidden(in.Body)
	return parseCommit(change.Commit{Subject: in.Title, Body: body}).Breaking
}

// titleLine makes an entry of the pull request's title.
func titleLine(in Input, upkeep bool) []changelogLine {
	body, _ := sanitize.StripHidden(in.Body)
	c := parseCommit(change.Commit{Subject: in.Title, Body: body})
	place := c.place()
	if c.Text == "" || place == "" || c.Merge || c.Type == "revert" || upkeep && !c.Breaking || c.Type == "" && len(in.Change.Commits) > 0 {
		return nil
	}
	l := c.line(place)
	l.shas = nil
	if in.PullNumber > 0 {
		l.refs = append(l.refs, in.PullNumber)
	}
	return []changelogLine{l}
}

// folderLines sums up files where there is nothing but a diff: what was
// added, changed and removed, by folder, without tests, documentation and
// what tools write.
func folderLines(c change.Change) []changelogLine {
	var lines []changelogLine
	for _, g := range groups(visible(c.Files)) {
		for _, kind := range []struct {
			status []change.Status
			place  section
			verb   string
		}{
			{[]change.Status{change.Added, change.Copied}, sectionAdded, "add"},
			{[]change.Status{change.Modified, change.Renamed}, sectionChanged, "change"},
			{[]change.Status{change.Removed}, sectionRemoved, "remove"},
		} {
			if text := g.sentence(kind.verb, kind.status); text != "" {
				lines = append(lines, changelogLine{Section: kind.place, Text: text})
			}
		}
	}
	return lines
}

func visible(files []change.File) []change.File {
	var seen []change.File
	for _, f := range files {
		if !slices.Contains([]fileKind{kindDocs, kindTest, kindWorkflow, kindLock}, kindOf(f.Path)) {
			seen = append(seen, f)
		}
	}
	return seen
}
