package change

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// parseHunks has go-gitdiff read the hunks under a header of our own, so that
// no path reaches it: it loses a path that ends in a backslash.
func parseHunks(text string) ([]Hunk, error) {
	var b bytes.Buffer
	b.Grow(len(text) + 64)
	b.WriteString("diff --git a/f b/f\n--- a/f\n+++ b/f\n")
	b.WriteString(text)
	files, _, err := gitdiff.Parse(&b)
	if err != nil {
		return nil, err
	}
	if len(files) != 1 {
		return nil, fmt.Errorf("read %d files where one stands", len(files))
	}
	hunks := make([]Hunk, len(files[0].TextFragments))
	for i, fragment := range files[0].TextFragments {
		hunks[i] = hunkOf(fragment)
	}
	return hunks, nil
}

func hunkOf(fragment *gitdiff.TextFragment) Hunk {
	h := Hunk{
		OldStart: int(fragment.OldPosition), OldLines: int(fragment.OldLines),
		NewStart: int(fragment.NewPosition), NewLines: int(fragment.NewLines),
		Section: fragment.Comment,
		Lines:   make([]Line, len(fragment.Lines)),
	}
	old, now := h.OldStart, h.NewStart
	for i, line := range fragment.Lines {
		l := lineOf(line)
		if l.Op != Add {
			l.OldLine = old
			old++
		}
		if l.Op != Delete {
			l.NewLine = now
			now++
		}
		h.Lines[i] = l
	}
	return h
}

func lineOf(line gitdiff.Line) Line {
	l := Line{Op: Op(line.Op.String()[0]), NoEOL: line.NoEOL()}
	text := strings.TrimSuffix(line.Line, "\n")
	l.Text, l.CR = strings.CutSuffix(text, "\r")
	return l
}

func count(hunks []Hunk) tally {
	sum := tally{hunks: len(hunks)}
	for _, h := range hunks {
		for _, line := range h.Lines {
			switch line.Op {
			case Add:
				sum.added++
			case Delete:
				sum.removed++
			}
		}
	}
	return sum
}
