package signal

import "github.com/tierwise/tierwise/internal/change"

// diff makes a file with one hunk; each line begins with its operator.
func diff(path string, lines ...string) change.File {
	f := change.File{Path: path, Status: change.Modified}
	f.Hunks = []change.Hunk{hunk(1, lines...)}
	return f
}

// added makes a file that is new.
func newWith(path string, lines ...string) change.File {
	f := diff(path, lines...)
	f.Status = change.Added
	return f
}

func hunk(start int, lines ...string) change.Hunk {
	h := change.Hunk{OldStart: start, NewStart: start}
	before, after := start, start
	for _, text := range lines {
		l := change.Line{Op: change.Op(text[0]), Text: text[1:]}
		if l.Op != change.Add {
			l.OldLine = before
			before++
		}
		if l.Op != change.Delete {
			l.NewLine = after
			after++
		}
		h.Lines = append(h.Lines, l)
	}
	h.OldLines, h.NewLines = before-start, after-start
	return h
}

func withTree(in Input, tree ...string) Input {
	in.Tree = append([]string{}, tree...)
	return in
}

func fires(s Signal, in Input) bool { return len(s.Hits(in)) > 0 }
