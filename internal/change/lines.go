package change

import "iter"

// Lines gives every line of the file's hunks, in order.
func (f File) Lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for _, h := range f.Hunks {
			for _, line := range h.Lines {
				if !yield(line) {
					return
				}
			}
		}
	}
}

// Added gives the added lines, in order.
func (f File) Added() iter.Seq[Line] { return f.only(Add) }

// Removed gives the removed lines, in order.
func (f File) Removed() iter.Seq[Line] { return f.only(Delete) }

func (f File) only(op Op) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for line := range f.Lines() {
			if line.Op == op && !yield(line) {
				return
			}
		}
	}
}

// HasLine says whether both line numbers stand on the new side of one and the
// same hunk, added or as context. An endLine of 0 means the line alone; one
// before line is never there.
func (f File) HasLine(line, endLine int) bool {
	if endLine == 0 {
		endLine = line
	}
	if line < 1 || endLine < line {
		return false
	}
	for _, h := range f.Hunks {
		if h.NewStart <= line && endLine < h.NewStart+h.NewLines {
			return true
		}
	}
	return false
}

// File finds the row of a path as it is at the head. Where a path has two
// rows, as when a file became a symlink, it is the one that is still there. A
// path that was renamed away has none.
func (c Change) File(path string) (File, bool) {
	var found File
	var ok bool
	for _, f := range c.Files {
		if f.Path != path {
			continue
		}
		if f.Status != Removed {
			return f, true
		}
		found, ok = f, true
	}
	return found, ok
}
