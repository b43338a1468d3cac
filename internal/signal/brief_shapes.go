package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

// briefShapes gives the shapes of work that a trusted brief describes. Words
// of anybody else make none.
func briefShapes(in Input) []Shape {
	var shapes []Shape
	for _, r := range in.read() {
		if !r.trusted || r.kind == told {
			continue
		}
		if r.sumsUp() && !in.HasChange {
			shapes = append(shapes, ContextSummary)
		}
		if r.fixesOnePlace() && onlyTouches(in, r.files[0].path) {
			shapes = append(shapes, OnePlaceFix)
		}
	}
	return shapes
}

// fixesOnePlace says that a brief gives one file, the error message and the
// cure, and leaves nothing open.
func (r reading) fixesOnePlace() bool {
	return len(r.files) == 1 && r.errorText != "" && r.cure() && r.ambiguity() == 0 && r.scope() == task.SingleFile
}

// onlyTouches says that a change, where there is one, is of that file alone.
// The brief may name it from any folder.
func onlyTouches(in Input, path string) bool {
	if !in.HasChange {
		return true
	}
	if len(in.Change.Files) != 1 || !in.Change.Complete() {
		return false
	}
	f := in.Change.Files[0]
	return f.OldPath == "" && sameFile(f.Path, path)
}

// sameFile says that a name is the path, or its end from a whole folder on.
func sameFile(path, name string) bool {
	name = strings.TrimPrefix(name, "./")
	return path == name || strings.HasSuffix(path, "/"+name)
}

var contextTerms = phrases("thread|conversation|discussion|handoff|history|chat|transcript|session|context|meeting|messages|notes|comments|turns|above|progress|far")

// sumsUp says that a brief asks to sum up what went before, and nothing else.
func (r reading) sumsUp() bool {
	sums := sumTerms().in(r.said[:min(len(r.said), 6)])
	for _, c := range r.clauses {
		if c.does != sumsUp && c.verb != "write" && c.verb != "list" {
			return false
		}
	}
	return sums && contextTerms().in(r.said) && len(r.files) == 0
}

var sumTerms = phrases("summarise|summarize|recap", "sum up", "write|give ..3 summary|recap")
