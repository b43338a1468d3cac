package signal

import (
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/lex"
)

// provable says of which files whole versions may prove something that
// counts: of each file that seems to change in its comments alone, and of the
// others only where every file of the change may prove a shape, since one that
// cannot takes the shape from all.
func (in Input) provable() []bool {
	provable := make([]bool, len(in.Change.Files))
	if in.every(func(in Input, i int) bool { return mayProve(in.Change.Files[i]) }) {
		for i := range provable {
			provable[i] = true
		}
		return provable
	}
	for i, f := range in.Change.Files {
		provable[i] = readable(f) && onlyComments(f)
	}
	return provable
}

// readable says that a file was there before, is there now, and is in a
// language that can be read.
func readable(f change.File) bool {
	return f.Status == change.Modified && len(f.Paths()) == 1 && !f.Withheld && !f.Binary && f.OldMode == f.NewMode && len(f.Hunks) > 0 && lex.Known(f.Path)
}

// mayProve is the cheap test, on the diff alone: beside comments, the changed
// lines of a file hold the same characters on both sides, and these stand in
// the same order or in lines that may import.
func mayProve(f change.File) bool {
	if !readable(f) {
		return false
	}
	var balance [256]int
	comment, imports := lex.CommentLines(f.Path), true
	for _, h := range f.Hunks {
		for _, l := range h.Lines {
			if l.Op != change.Context && !comment(l.Text) {
				weigh(&balance, l)
				imports = imports && lex.MayImport(f.Path, l.Text)
			}
		}
	}
	return balance == [256]int{} && (imports || sameOrder(f))
}

// weigh counts what a line adds and takes away, without its space.
func weigh(balance *[256]int, l change.Line) {
	sign := 1
	if l.Op == change.Delete {
		sign = -1
	}
	for i := range len(l.Text) {
		if c := l.Text[i]; c != ' ' && c != '\t' {
			balance[c] += sign
		}
	}
}

// sameOrder says that each hunk has the same characters on both sides in the
// same order, without space and comments.
func sameOrder(f change.File) bool {
	comment := lex.CommentLines(f.Path)
	for _, h := range f.Hunks {
		var before, after []byte
		for _, l := range h.Lines {
			switch {
			case comment(l.Text):
			case l.Op == change.Delete:
				before = appendInk(before, l.Text)
			case l.Op == change.Add:
				after = appendInk(after, l.Text)
			default:
				before, after = appendInk(before, l.Text), appendInk(after, l.Text)
			}
		}
		if string(before) != string(after) {
			return false
		}
	}
	return true
}

// appendInk adds the characters of a text that are no space.
func appendInk(ink []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c != ' ' && c != '\t' && c != '\r' {
			ink = append(ink, c)
		}
	}
	return ink
}
