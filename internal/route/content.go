package route

import (
	"regexp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/needle"
	"github.com/tierwise/tierwise/internal/signal"
)

// content holds the added and the removed lines of a file against the entry's
// expressions. A file that may hold lines nobody has seen hits them all.
func (c *collector) content(in Input, i int, texts changedTexts) {
	if len(c.expressions) == 0 {
		return
	}
	f := in.Change.Files[i]
	if unread(f, in) {
		c.add(f.Path, 0, "may hold lines that are not shown, which counts as a hit of content")
	}
	for line, expr := range texts.of(f, i).matches(f, c.expressions) {
		c.line(f, *line, expr)
	}
}

func (c *collector) line(f change.File, line change.Line, expr *regexp.Regexp) {
	if line.Op == change.Delete {
		path := f.Path
		if f.OldPath != "" {
			path = f.OldPath
		}
		c.add(path, line.OldLine, "removes a line that matches "+expr.String())
		return
	}
	c.add(f.Path, line.NewLine, "adds a line that matches "+expr.String())
}

// firstMatch asks an expression only where the line holds one of its needles:
// the file as a whole may hold them elsewhere.
func firstMatch(list []needle.Expression, text string, folded needle.Text) *regexp.Regexp {
	for i := range list {
		if list[i].Matches(text, folded) {
			return list[i].Regexp
		}
	}
	return nil
}

// unread says that a file may hold lines that nobody here has seen. A pure
// rename and an image or a font have none to show. Where the change is known
// to be cut short nothing tells a row that has no lines from one that lost
// them with its counts, so neither excuses there, whatever else it shows.
func unread(f change.File, in Input) bool {
	if len(in.Change.Incomplete) > 0 && (f.Withheld || f.OldPath != "") {
		return true
	}
	return f.Withheld && !signal.Inert(f)
}
