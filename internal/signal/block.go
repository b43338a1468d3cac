package signal

import (
	"slices"
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
	words          func() (removed, added map[string][]int)
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
	words := sync.OnceValues(func() (map[string][]int, map[string][]int) {
		return placesOf(removed), placesOf(added)
	})
	return block{removed: removed, added: added, words: words, texts: texts, tests: tests, sides: sides}
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

const (
	maxBeside = 30 // lines of the other side that are compared with one by their place
	maxAlike  = 6  // lines of it that are compared for one word
	maxShared = 12 // words of a line that are looked for
)

// beside gives lines of the other side of the block: what a line was, or
// became. They are those about the same place, and some that share a word.
func (b block) beside(l line) []line {
	other := b.removed
	if l.Op == change.Delete {
		other = b.added
	}
	if len(other) <= maxBeside {
		return other
	}
	from := max(0, min(l.at-maxBeside/2, len(other)-maxBeside))
	near := slices.Clone(other[from : from+maxBeside])
	removed, added := b.words()
	index := removed
	if l.Op == change.Delete {
		index = added
	}
	for _, w := range l.words[:min(len(l.words), maxShared)] {
		for _, at := range index[w] {
			if at < from || at >= from+maxBeside {
				near = append(near, other[at])
			}
		}
	}
	return near
}

// placesOf gives the first lines of each word.
func placesOf(lines []line) map[string][]int {
	places := map[string][]int{}
	for i, l := range lines {
		for _, w := range l.words {
			if at := places[w]; len(at) < maxAlike && (len(at) == 0 || at[len(at)-1] != i) {
				places[w] = append(at, i)
			}
		}
	}
	return places
}
