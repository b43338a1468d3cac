package task

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Suggestion is a part of a patch as a review shows it: text that replaces the
// lines Line to EndLine (1-based, of the file at the head, inside one hunk of
// the change). Text is a model's, and ends without a newline.
type Suggestion struct {
	Path    string
	Line    int
	EndLine int
	Text    string
}

// Suggestions turns a patch against the head into suggestions on lines that the
// change shows, since a review can stand nowhere else. left counts the pieces of
// the patch that it shows no line of, among them new files: those are in the
// patch alone. An error means that patch is no diff.
func Suggestions(patch string, ch change.Change) (list []Suggestion, left int, err error) {
	files, err := change.Parse(strings.NewReader(patch))
	if err != nil {
		return nil, 0, fmt.Errorf("read the patch: %w", err)
	}
	for _, f := range files {
		shown, inChange := ch.File(f.Path)
		for _, h := range f.Hunks {
			for _, p := range piecesOf(h) {
				s, ok := p.on(shown)
				if !ok || !inChange || f.Status == change.Added {
					left++
					continue
				}
				s.Path = f.Path
				list = append(list, s)
			}
		}
	}
	return list, left, nil
}

// piece is one run of changed lines of a hunk, with the lines around it.
type piece struct {
	above, below   *change.Line // nil at a hunk's end
	removed, added []change.Line
}

func piecesOf(h change.Hunk) []piece {
	var all []piece
	var p *piece
	for i, l := range h.Lines {
		if l.Op == change.Context {
			if p != nil {
				p.below, p = &h.Lines[i], nil
			}
			continue
		}
		if p == nil {
			all = append(all, piece{})
			p = &all[len(all)-1]
			if i > 0 {
				p.above = &h.Lines[i-1]
			}
		}
		if l.Op == change.Delete {
			p.removed = append(p.removed, l)
		} else {
			p.added = append(p.added, l)
		}
	}
	return all
}

// on places a piece on lines that the change shows: on those that it removes,
// or for lines that only come on the one below or above them, which it repeats.
// The old side of the patch is the new side of the change.
func (p piece) on(shown change.File) (Suggestion, bool) {
	texts := make([]string, 0, len(p.added)+1)
	for _, l := range p.added {
		texts = append(texts, l.Text)
	}
	switch {
	case len(p.removed) > 0:
		from, to := p.removed[0].OldLine, p.removed[len(p.removed)-1].OldLine
		return Suggestion{Line: from, EndLine: to, Text: strings.Join(texts, "\n")}, shown.HasLine(from, to)
	case p.below != nil && shown.HasLine(p.below.OldLine, 0):
		texts = append(texts, p.below.Text)
		return Suggestion{Line: p.below.OldLine, EndLine: p.below.OldLine, Text: strings.Join(texts, "\n")}, true
	case p.above != nil && shown.HasLine(p.above.OldLine, 0):
		texts = append([]string{p.above.Text}, texts...)
		return Suggestion{Line: p.above.OldLine, EndLine: p.above.OldLine, Text: strings.Join(texts, "\n")}, true
	}
	return Suggestion{}, false
}
