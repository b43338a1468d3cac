package route

import (
	"iter"
	"regexp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/needle"
)

// couldMatch gives the expressions that some changed line may fit, but for the
// foreign ones, which may fit any.
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
	known   bool
	any     bool
	text    needle.Text  // of the lines that are searched
	foreign map[int]bool // the numbers of the others
}

// matches gives each of the lines that an expression fits, with the first one
// that does.
func (t changedText) matches(f change.File, list []needle.Expression) iter.Seq2[*change.Line, *regexp.Regexp] {
	return func(yield func(*change.Line, *regexp.Regexp) bool) {
		possible := couldMatch(list, t)
		if len(possible) == 0 && len(t.foreign) == 0 {
			return
		}
		at, n := 0, 0
		for line := range changed(f) {
			asked, folded := list, needle.Text{}
			if !t.foreign[n] {
				asked, folded = possible, t.text.Part(at, at+len(line.Text))
				at += len(line.Text) + 1
			}
			if expr := firstMatch(asked, line.Text, folded); expr != nil && !yield(line, expr) {
				return
			}
			n++
		}
	}
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
	folder, n := needle.NewFolder(size), 0
	var foreign map[int]bool
	for line := range changed(f) {
		if !folder.Add(line.Text) {
			if foreign == nil {
				foreign = map[int]bool{}
			}
			foreign[n] = true
		}
		n++
	}
	return changedText{known: true, any: true, text: folder.Text(), foreign: foreign}
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
