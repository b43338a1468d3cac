package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/lex"
)

// fileShape is a shape that the whole of a change has when each file fits.
// What fits may depend on one file alone, and more lines may only unfit it.
type fileShape struct {
	shape Shape
	fits  func(in Input, i int) bool
}

func fileShapes() []fileShape { return slices.Concat(lexShapes(), pathShapes()) }

// shapesOf gives the shapes of a change, sorted. A shape is the most that has
// been done: a change of spaces alone is also no more than one of comments.
// Nothing is said of a change of which a part was not seen.
func shapesOf(in Input) []Shape {
	shapes := briefShapes(in)
	if in.seenWhole() {
		for _, s := range fileShapes() {
			if in.every(s.fits) {
				shapes = append(shapes, s.shape)
			}
		}
	}
	slices.Sort(shapes)
	return slices.Compact(shapes)
}

func (in Input) seenWhole() bool {
	return len(in.Change.Files) > 0 && in.Change.Complete() && in.every(func(in Input, i int) bool {
		f := in.Change.Files[i]
		return !f.Withheld || Inert(f)
	})
}

func (in Input) every(fits func(in Input, i int) bool) bool {
	for i := range in.Change.Files {
		if !fits(in, i) {
			return false
		}
	}
	return true
}

// lexShapes are those that whole versions of the files prove.
func lexShapes() []fileShape {
	return []fileShape{
		{CommentsOnly, func(in Input, i int) bool { return in.proven(i).same().Code }},
		{FormattingOnly, func(in Input, i int) bool { return in.proven(i).same() == lex.Sameness{Code: true, Comments: true} }},
		{ImportsReordered, func(in Input, i int) bool { return in.proven(i).imports() }},
	}
}
