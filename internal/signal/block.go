package signal

import (
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// block is a run of changed lines without a context line between them: what
// was there, and what is there now instead.
type block struct {
	removed, added []line
	over           above
	under          []change.Line // the context lines after it
	sides          func() (removed, added side)
	texts          func() (removed, added map[string]bool)
	tests          func() (removed, added testLines)
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

func newBlock(removed, added []line) block {
	texts := sync.OnceValues(func() (map[string]bool, map[string]bool) {
		return textsOf(removed), textsOf(added)
	})
	tests := sync.OnceValues(func() (testLines, testLines) {
		was, now := texts()
		return testLinesOf(removed, now, true), testLinesOf(added, was, false)
	})
	sides := sync.OnceValues(func() (side, side) {
		was, now := texts()
		return sideOf(removed, now), sideOf(added, was)
	})
	return block{removed: removed, added: added, texts: texts, tests: tests, sides: sides}
}

func textsOf(lines []line) map[string]bool {
	texts := make(map[string]bool, len(lines))
	for _, l := range lines {
		texts[l.bare()] = true
	}
	return texts
}

// bare is the text without the comma that a new last line takes away.
func (l line) bare() string { return strings.TrimSuffix(l.code, ",") }

// named says that the same text stands on the other side of the block.
func (b block) named(l line) bool {
	removed, added := b.texts()
	if l.Op == change.Delete {
		return added[l.bare()]
	}
	return removed[l.bare()]
}

// kept says that the same text stands on the other side of the block, with
// other space around it at most: the line was moved in, not taken away. What
// the other side wraps it in takes the excuse back.
func (b block) kept(l line) bool {
	if !b.named(l) {
		return false
	}
	own, other := b.sidesOf(l)
	at := other.at[l.bare()]
	return at < other.wrapped && at < other.quoted && own.quoted == len(own.lines)
}

// sidesOf gives the side on which a line stands, and the other.
func (b block) sidesOf(l line) (own, other side) {
	removed, added := b.sides()
	if l.Op == change.Delete {
		return removed, added
	}
	return added, removed
}

// maxBeside bounds how many lines of the other side are compared with one.
const maxBeside = 30

// beside gives the first lines of the other side of the block, at most
// maxBeside: what a line was, or became.
func (b block) beside(l line) []line {
	other := b.removed
	if l.Op == change.Delete {
		other = b.added
	}
	return other[:min(len(other), maxBeside)]
}
