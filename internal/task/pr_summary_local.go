package task

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// Bounds of a page: areas, files named in each, and commits.
const (
	maxAreas       = 12
	maxAreaFiles   = 5
	maxCommitLines = 20
)

// localSummary tells what a change does from its files and commits alone.
func localSummary(in Input) (Output, error) {
	c := in.Change
	if len(c.Files) == 0 {
		if !c.Complete() {
			return Output{}, errors.New("sum up the change: no file of it could be read: " + sanitize.LogLine(c.Incomplete[0]))
		}
		return Output{Markdown: "The change has no files: base and head have the same content.\n"}, nil
	}
	var b strings.Builder
	areas := groups(c.Files)
	b.WriteString(overview(c, areas) + "\n\n")
	b.WriteString("**By area**\n\n" + areaList(areas))
	if lines := notable(in); len(lines) > 0 {
		b.WriteString("\n**To look at**\n\n")
		for _, line := range lines {
			b.WriteString("- " + line + "\n")
		}
	}
	if commits := commitList(c.Commits); commits != "" {
		b.WriteString("\n**Commits**\n\n" + commits)
	}
	return Output{Markdown: b.String()}, nil
}

// overview is one paragraph: how much, where, and of what kind.
func overview(c change.Change, areas []area) string {
	files, added, gone := c.Totals()
	text := fmt.Sprintf("%s changed (+%d −%d)", plural(files, "file"), added, gone)
	var where []string
	for _, a := range areas[:min(3, len(areas))] {
		where = append(where, a.name())
	}
	if more := len(areas) - len(where); more > 0 {
		where = append(where, plural(more, "other area"))
	}
	text += " in " + list(where) + ": " + statusWords(c.Files) + ". "
	text += "By kind: " + kindWords(c.Files) + "."
	if !c.Complete() {
		text += " **The change is known to be incomplete:** " + sanitize.Cell(strings.Join(c.Incomplete, "; "), maxError) + "."
	}
	return text
}

func statusWords(files []change.File) string {
	var parts []string
	for _, status := range []change.Status{change.Added, change.Modified, change.Removed, change.Renamed, change.Copied} {
		n := 0
		for _, f := range files {
			if f.Status == status {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, status))
		}
	}
	return list(parts)
}

func kindWords(files []change.File) string {
	count := map[fileKind]int{}
	for _, f := range files {
		count[kindOfFile(f)]++
	}
	var parts []string
	for _, k := range []fileKind{kindCode, kindTest, kindDocs, kindConfig, kindManifest, kindLock, kindMigration, kindWorkflow, kindAsset, kindBinary} {
		if count[k] > 0 {
			parts = append(parts, plural(count[k], string(k)))
		}
	}
	return list(parts)
}

func areaList(areas []area) string {
	var b strings.Builder
	for i, a := range areas {
		if i == maxAreas {
			fmt.Fprintf(&b, "- … and %s more\n", plural(len(areas)-maxAreas, "area"))
			break
		}
		fmt.Fprintf(&b, "- %s: %s (+%d −%d)\n", capital(a.name()), plural(len(a.Files), "file"), a.Added, a.Gone)
		for j, f := range a.Files {
			if j == maxAreaFiles {
				fmt.Fprintf(&b, "  - … and %d more\n", len(a.Files)-maxAreaFiles)
				break
			}
			b.WriteString("  - " + fileWords(f) + "\n")
		}
	}
	return b.String()
}

// fileWords is one file: its path, what happened, and how much.
func fileWords(f change.File) string {
	text := codePath(f.Path)
	switch f.Status {
	case change.Renamed, change.Copied:
		text += fmt.Sprintf(" %s from %s", f.Status, codePath(f.OldPath))
	case change.Added, change.Removed:
		text += " " + string(f.Status)
	}
	switch {
	case f.Binary:
		return text + ", binary"
	case f.Withheld:
		text += ", not shown"
	}
	if f.Additions+f.Deletions == 0 {
		return text
	}
	return text + fmt.Sprintf(" (+%d −%d)", f.Additions, f.Deletions)
}

// commitList shows the commits oldest first, and counts merges and fix-ups.
func commitList(all []change.Commit) string {
	var b strings.Builder
	left := map[reason]int{}
	shown := 0
	for _, c := range parseCommits(all) {
		if c.Merge || c.Fixup {
			left[leftOutAs(c, true)]++
			continue
		}
		if shown++; shown > maxCommitLines {
			continue
		}
		b.WriteString("- " + c.told() + "\n")
	}
	if shown > maxCommitLines {
		fmt.Fprintf(&b, "- … and %d more\n", shown-maxCommitLines)
	}
	if note := leftOutNote(left); note != "" {
		b.WriteString("- " + note + "\n")
	}
	return b.String()
}

// told is a commit in a line: its subject, and where it is.
func (c commit) told() string {
	text, _ := cutRefs(strings.Join(strings.Fields(c.Subject), " "))
	return inline(text, maxSubject) + changelogLine{refs: c.Refs, shas: []string{c.short()}}.trace()
}
