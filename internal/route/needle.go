package route

import (
	"iter"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/needle"
)

// couldMatch gives the expressions that some changed line may fit.
func couldMatch(list []needle.Expression, changed changedText) []needle.Expression {
	if !changed.any {
		return nil
	}
	var possible []needle.Expression
	for i := range list {
		if list[i].Possible(changed.text) {
			possible = append(possible, list[i])
		}
	}
	return possible
}

// changedText is the changed lines of a file, made ready to be searched. An
// expression may fit an empty line as well: any says that there are lines.
type changedText struct {
	known bool
	any   bool
	text  needle.Text
}

// line gives one of the lines, made ready to be searched: the one that begins
// at a place of the text.
func (t changedText) line(at int, text string) needle.Text {
	if _, whole := t.text.Lower(); !whole {
		return needle.Fold(text)
	}
	return t.text.Part(at, at+len(text))
}

// changedTexts holds one text a file, made when first asked for and shared by
// the entries of one decision.
type changedTexts []changedText

func (t changedTexts) of(f change.File, i int) changedText {
	if !t[i].known {
		t[i] = changedLines(f)
	}
	return t[i]
}

func changedLines(f change.File) changedText {
	size := 0
	for line := range changed(f) {
		size += len(line.Text) + 1
	}
	if size == 0 {
		return changedText{known: true}
	}
	folder := needle.NewFolder(size)
	for line := range changed(f) {
		folder.Add(line.Text)
	}
	return changedText{known: true, any: true, text: folder.Text()}
}

// changed gives the lines that were added and those that were removed.
func changed(f change.File) iter.Seq[*change.Line] {
	return func(yield func(*change.Line) bool) {
		for h := range f.Hunks {
			for i := range f.Hunks[h].Lines {
				if line := &f.Hunks[h].Lines[i]; line.Op != change.Context && !yield(line) {
					return
				}
			}
		}
	}
}
