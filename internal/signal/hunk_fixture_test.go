package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// edit makes the input of one changed file from the lines of one hunk, each
// with its operator. A first line "@@ name" is the function that git names.
func edit(path, text string) Input {
	h := change.Hunk{OldStart: 1, NewStart: 1}
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(first, "@@ ") {
		h.Section, text = first[3:], rest
	}
	f := change.File{Path: path, Status: change.Modified}
	for _, l := range strings.Split(text, "\n") {
		next := change.Line{Op: change.Op(l[0]), Text: l[1:]}
		if next.Op != change.Add {
			h.OldLines++
			next.OldLine = h.OldLines
		}
		if next.Op != change.Delete {
			h.NewLines++
			next.NewLine = h.NewLines
		}
		f.Additions, f.Deletions = f.Additions+btoi(next.Op == change.Add), f.Deletions+btoi(next.Op == change.Delete)
		h.Lines = append(h.Lines, next)
	}
	f.Hunks = []change.Hunk{h}
	return of(f)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sample is one change and what it is about.
type sample struct{ name, path, text string }

func inputs(samples []sample) []Input {
	list := make([]Input, len(samples))
	for i, s := range samples {
		list[i] = edit(s.path, s.text)
	}
	return list
}
