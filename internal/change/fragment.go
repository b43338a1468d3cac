package change

import (
	"fmt"
	"io"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// parseHunks has go-gitdiff read the hunks under a header of our own, so that
// no path reaches it: it loses a path that ends in a backslash.
func parseHunks(text string) ([]Hunk, error) {
	files, _, err := gitdiff.Parse(&lineSource{parts: [2]string{"diff --git a/f b/f\n--- a/f\n+++ b/f\n", text}})
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

// lineSource hands lines out as parts of one text. Where the library finds
// ReadString it does not copy each line, which is most of what reading costs.
type lineSource struct{ parts [2]string }

// ReadString gives the text up to and with the next delim.
func (l *lineSource) ReadString(delim byte) (string, error) {
	if l.parts[0] == "" {
		l.parts[0], l.parts[1] = l.parts[1], ""
	}
	i := strings.IndexByte(l.parts[0], delim)
	if i < 0 {
		rest := l.parts[0]
		l.parts[0] = ""
		return rest, io.EOF
	}
	line := l.parts[0][:i+1]
	l.parts[0] = l.parts[0][i+1:]
	return line, nil
}

// Read is what the library asks for in name and does not call.
func (l *lineSource) Read(p []byte) (int, error) {
	if l.parts[0] == "" {
		l.parts[0], l.parts[1] = l.parts[1], ""
	}
	if l.parts[0] == "" && len(p) > 0 {
		return 0, io.EOF
	}
	n := copy(p, l.parts[0])
	l.parts[0] = l.parts[0][n:]
	return n, nil
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
	text, ended := strings.CutSuffix(line.Line, "\n")
	l := Line{Op: opOf(line.Op), NoEOL: !ended}
	l.Text, l.CR = strings.CutSuffix(text, "\r")
	return l
}

// opOf knows the library's three operations; it reads no others.
func opOf(op gitdiff.LineOp) Op {
	switch op {
	case gitdiff.OpAdd:
		return Add
	case gitdiff.OpDelete:
		return Delete
	}
	return Context
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
