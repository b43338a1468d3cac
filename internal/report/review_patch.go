package report

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

// addPatch turns the hunks of a task's patch into suggestions where their
// lines stand in the diff. The others stay in the patch file.
func (all *Remarks) addPatch(s Session, r dispatch.Result) {
	if r.Output.Patch == "" {
		return
	}
	files, err := change.Parse(strings.NewReader(r.Output.Patch))
	if err != nil {
		all.Unplaced++ // the patch file holds it as it came
		return
	}
	var edits []edit
	for _, f := range files {
		for _, h := range f.Hunks {
			e, ok := editOf(f, h)
			if ok && e.stands(s.Change) {
				edits = append(edits, e)
				continue
			}
			all.Unplaced++
		}
	}
	for i, name := range task.Fingerprints(r.Task.ID, editFindings(edits), s.Change) {
		all.List = append(all.List, s.editRemark(r, edits[i], name))
	}
}

// edit replaces lines from..to of the head, which have the texts old, by the
// lines of new.
type edit struct {
	path     string
	from, to int
	old, new []string
}

// editOf finds the lines that a hunk replaces. A hunk that only inserts takes
// in the line that it stands next to, since a suggestion replaces lines.
func editOf(f change.File, h change.Hunk) (edit, bool) {
	if f.Status != change.Modified || f.Binary {
		return edit{}, false
	}
	changed := func(l change.Line) bool { return l.Op != change.Context }
	first := slices.IndexFunc(h.Lines, changed)
	if first < 0 {
		return edit{}, false
	}
	last := len(h.Lines) - 1
	for !changed(h.Lines[last]) {
		last--
	}
	if !slices.ContainsFunc(h.Lines[first:last+1], func(l change.Line) bool { return l.OldLine > 0 }) {
		first, last = withNeighbour(h.Lines, first, last)
	}
	return spanned(f.Path, h.Lines[first:last+1])
}

// withNeighbour takes in the line before, or the one after where the one
// before is not there or is blank: a comment belongs to what it stands on.
func withNeighbour(lines []change.Line, first, last int) (from, to int) {
	after := last < len(lines)-1
	switch {
	case first > 0 && (!after || strings.TrimSpace(lines[first-1].Text) != ""):
		return first - 1, last
	case after:
		return first, last + 1
	default:
		return first, last
	}
}

func spanned(path string, lines []change.Line) (edit, bool) {
	e := edit{path: path}
	for _, l := range lines {
		if l.NoEOL || l.CR {
			return edit{}, false // a suggestion cannot say how a line or a file ends
		}
		if l.Op != change.Add {
			e.old = append(e.old, l.Text)
			e.to = l.OldLine
			if e.from == 0 {
				e.from = l.OldLine
			}
		}
		if l.Op != change.Delete {
			e.new = append(e.new, l.Text)
		}
	}
	return e, e.from > 0
}

// stands says that the diff shows the lines, in one hunk, with the very texts
// that the edit replaces: anything else would replace lines that nobody saw.
func (e edit) stands(c change.Change) bool {
	file, ok := c.File(e.path)
	if !ok || !file.HasLine(e.from, e.to) {
		return false
	}
	var shown []string
	for l := range file.Lines() {
		if l.NewLine >= e.from && l.NewLine <= e.to {
			shown = append(shown, l.Text)
		}
	}
	return slices.Equal(shown, e.old)
}

// editFindings give an edit the place and the words by which it is known
// again: what it makes of the lines.
func editFindings(edits []edit) []task.Finding {
	findings := make([]task.Finding, len(edits))
	for i, e := range edits {
		findings[i] = task.Finding{Path: e.path, Line: e.from, EndLine: e.to, Title: digest(e.new)}
	}
	return findings
}

// digest is one word that other lines do not have.
func digest(lines []string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines, "\n"))))
}

func (s Session) editRemark(r dispatch.Result, e edit, name string) Remark {
	remark := Remark{Task: r.Task.ID, Fingerprint: name, Path: e.path, Line: e.to}
	if e.to > e.from {
		remark.StartLine = e.from
	}
	block := suggestion(e.new)
	text := fmt.Sprintf("Suggested by %s.\n\n", phrase(r.Task.ID))
	if len(block) > maxRemark {
		block = "The text is too long to be shown here: it stands in the patch file.\n\n"
	}
	remark.Body = marker(remark) + text + block + s.remarkAuthor(r)
	return remark
}
