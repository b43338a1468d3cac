package signal

import "github.com/tierwise/tierwise/internal/change"

// lines reads blocks of changed lines. Each block lies in the memory of the
// one before: nothing of a block may be kept when the next one is read.
type lines struct {
	removed, added []line
	words          []string
	memory         []*lineRead // of every line, those of the block first
}

func (r *lines) read(v *view, changed []change.Line, around surroundings) block {
	r.removed, r.added, r.words = r.removed[:0], r.added[:0], r.words[:0]
	for _, l := range changed {
		if len(l.Text) <= longLine {
			r.add(l, v, false)
			continue
		}
		for i, piece := range pieces(l.Text) {
			l.Text = piece
			r.add(l, v, i > 0)
		}
	}
	return newBlock(r.removed, r.added, around)
}

// maxKept bounds how many lines of memory are held for the next file.
const maxKept = 4096

func (r *lines) small() bool { return cap(r.removed)+cap(r.added) <= maxKept }

func (r *lines) add(l change.Line, v *view, rest bool) {
	side := &r.added
	if l.Op == change.Delete {
		side = &r.removed
	}
	read := r.blank()
	r.words = read.read(l, v.site, r.words)
	read.rest, read.at = rest, len(*side)
	*side = append(*side, line{read})
}

// blank gives the memory for one more line of the block.
func (r *lines) blank() *lineRead {
	n := len(r.removed) + len(r.added)
	if n == len(r.memory) {
		r.memory = append(r.memory, new(lineRead))
	}
	return r.memory[n]
}
