package signal

import "github.com/tierwise/tierwise/internal/change"

// seen is what was worked out of a block when a rule first asked for it, since
// most blocks are never asked. A block is read by one goroutine.
type seen struct {
	removedTexts, addedTexts map[string]bool
	removedWords, addedWords map[string][]int
	removed, added           *side
	tests                    *[2]testLines
	guarded, deciding        answer // what the function around the block is for
	// nearby holds what stands beside the line that was asked about last: many
	// rules ask about one line after the other.
	nearby []line
	nearOp change.Op
	nearAt int
}

// answer is to a question that is asked once.
type answer byte

const (
	notYet answer = iota
	no
	yes
)

// once asks where nobody has asked yet.
func (a *answer) once(ask func() bool) bool {
	if *a == notYet {
		*a = no
		if ask() {
			*a = yes
		}
	}
	return *a == yes
}

func (b block) removedTexts() map[string]bool {
	if b.seen.removedTexts == nil {
		b.seen.removedTexts = textsOf(b.removed)
	}
	return b.seen.removedTexts
}

func (b block) addedTexts() map[string]bool {
	if b.seen.addedTexts == nil {
		b.seen.addedTexts = textsOf(b.added)
	}
	return b.seen.addedTexts
}

func textsOf(lines []line) map[string]bool {
	texts := make(map[string]bool, len(lines))
	for _, l := range lines {
		texts[l.bare()] = true
	}
	return texts
}

func (b block) removedWords() map[string][]int {
	if b.seen.removedWords == nil {
		b.seen.removedWords = placesOf(b.removed)
	}
	return b.seen.removedWords
}

func (b block) addedWords() map[string][]int {
	if b.seen.addedWords == nil {
		b.seen.addedWords = placesOf(b.added)
	}
	return b.seen.addedWords
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

// sides gives both sides of the block, each with what it alone has.
func (b block) sides() (removed, added *side) {
	if b.seen.removed == nil {
		was, now := sideOf(b.removed, b.addedTexts()), sideOf(b.added, b.removedTexts())
		b.seen.removed, b.seen.added = &was, &now
	}
	return b.seen.removed, b.seen.added
}

// tests counts what both sides of the block prove.
func (b block) tests() (removed, added testLines) {
	if b.seen.tests == nil {
		b.seen.tests = &[2]testLines{testLinesOf(b.removed, b.addedTexts(), true), testLinesOf(b.added, b.removedTexts(), false)}
	}
	return b.seen.tests[0], b.seen.tests[1]
}

// near gives what find finds for a line, once for all who ask about it.
func (s *seen) near(l line, find func() []line) []line {
	if s.nearby == nil || s.nearOp != l.Op || s.nearAt != l.at {
		s.nearby, s.nearOp, s.nearAt = find(), l.Op, l.at
	}
	return s.nearby
}
