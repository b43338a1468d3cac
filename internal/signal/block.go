package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// block is a run of changed lines without a context line between them: what
// was there, and what is there now instead. It only points at its lines, for
// the same reason as a line does.
type block struct{ *blockRead }

// blockRead is what was read of a block.
type blockRead struct {
	removed, added []line
	surroundings
	seen seen
}

const (
	maxAboveBlock = 5 // lines before a block that tell where it stands
	maxUnderBlock = 3 // lines after it that tell what it does to them
)

// above is where a block stands: the function that git names, and the last
// lines before the block.
type above struct {
	section string
	lines   []change.Line
}

// any asks it of each text that is not too long to be read as one.
func (a above) any(ask func(text string) bool) bool {
	if len(a.section) <= longLine && ask(a.section) {
		return true
	}
	return slices.ContainsFunc(a.lines, func(l change.Line) bool { return len(l.Text) <= longLine && ask(l.Text) })
}

// surroundings are the context lines around a block.
type surroundings struct {
	over  above
	under []change.Line
}

// contextFrom gives the first context lines that stand together.
func contextFrom(lines []change.Line) []change.Line {
	end := 0
	for end < min(len(lines), maxUnderBlock) && lines[end].Op == change.Context {
		end++
	}
	return lines[:end]
}

func newBlock(removed, added []line, around surroundings) block {
	return block{&blockRead{removed: removed, added: added, surroundings: around}}
}

// bare is the text without the comma that a new last line takes away.
func (l line) bare() string { return strings.TrimSuffix(l.code, ",") }

// kept says that the same text stands on the other side of the block, with
// other space around it at most: the line was moved in, not taken away. What
// the other side wraps it in takes the excuse back.
func (b block) kept(l line) bool {
	if len(b.removed) == 0 || len(b.added) == 0 {
		return false
	}
	if !b.named(l) {
		return false
	}
	own, other := b.sidesOf(l)
	at := other.at[l.bare()]
	return at < other.wrapped && at < other.quoted && own.quoted == len(own.lines)
}

// named says that the same text stands on the other side of the block.
func (b block) named(l line) bool {
	if l.Op == change.Delete {
		return b.addedTexts()[l.bare()]
	}
	return b.removedTexts()[l.bare()]
}

// sidesOf gives the side on which a line stands, and the other.
func (b block) sidesOf(l line) (own, other *side) {
	removed, added := b.sides()
	if l.Op == change.Delete {
		return removed, added
	}
	return added, removed
}

const (
	maxBeside = 30 // lines of the other side that are compared with one by their place
	maxAlike  = 6  // lines of it that are compared for one word
	maxShared = 12 // words of a line that are looked for
)

// beside gives lines of the other side of the block: what a line was, or
// became. They are those about the same place, and some that share a word.
// Nobody may write to them.
func (b block) beside(l line) []line {
	other := b.removed
	if l.Op == change.Delete {
		other = b.added
	}
	if len(other) <= maxBeside {
		return other
	}
	if b.seen.nearby == nil || b.seen.nearOp != l.Op || b.seen.nearAt != l.at {
		b.seen.nearby, b.seen.nearOp, b.seen.nearAt = b.nearest(l, other), l.Op, l.at
	}
	return b.seen.nearby
}

func (b block) nearest(l line, other []line) []line {
	from := max(0, min(l.at-maxBeside/2, len(other)-maxBeside))
	near := other[from : from+maxBeside : from+maxBeside]
	index := b.removedWords
	if l.Op == change.Delete {
		index = b.addedWords
	}
	for _, w := range l.words[:min(len(l.words), maxShared)] {
		for _, at := range index().in(w) {
			if at < from || at >= from+maxBeside {
				near = append(near, other[at])
			}
		}
	}
	return near
}
