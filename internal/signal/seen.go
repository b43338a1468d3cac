package signal

import "github.com/tierwise/tierwise/internal/change"

// seen is what was worked out of a block when a rule first asked for it, since
// most blocks are never asked. A block is read by one goroutine.
type seen struct {
	removedTexts, addedTexts map[string]bool
	removedWords, addedWords *wordPlaces
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

func (b block) removedWords() *wordPlaces {
	if b.seen.removedWords == nil {
		b.seen.removedWords = placesOf(b.removed)
	}
	return b.seen.removedWords
}

func (b block) addedWords() *wordPlaces {
	if b.seen.addedWords == nil {
		b.seen.addedWords = placesOf(b.added)
	}
	return b.seen.addedWords
}

// wordPlaces are the first lines of each word.
type wordPlaces struct {
	of  map[string]int // word → its number
	all []firstPlaces  // by number
}

type firstPlaces struct {
	n  int
	at [maxAlike]int
}

func placesOf(lines []line) *wordPlaces {
	p := &wordPlaces{of: make(map[string]int, 2*len(lines))}
	for i := range lines {
		for _, w := range lines[i].words {
			p.add(w, i)
		}
	}
	return p
}

func (p *wordPlaces) add(word string, at int) {
	number, known := p.of[word]
	if !known {
		number = len(p.all)
		p.of[word] = number
		p.all = append(p.all, firstPlaces{})
	}
	first := &p.all[number]
	if first.n < maxAlike && (first.n == 0 || first.at[first.n-1] != at) {
		first.at[first.n] = at
		first.n++
	}
}

// in gives the first lines that have the word.
func (p *wordPlaces) in(word string) []int {
	number, known := p.of[word]
	if !known {
		return nil
	}
	return p.all[number].at[:p.all[number].n]
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
