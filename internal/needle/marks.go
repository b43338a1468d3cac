package needle

// pairs marks which two bytes stand beside one another in a text: a text that
// lacks a pair of a word lacks the word, and to look at the marks costs a small
// part of searching. Different pairs share a mark, so there may be more marks
// than pairs, and never fewer.
type pairs [4]uint64

// maxMarked is the longest text of which pairs are marked, in bytes. In a
// longer one most marks would be set.
const maxMarked = 256

func pairsOf(text string) pairs {
	if len(text) > maxMarked {
		return allPairs()
	}
	var p pairs
	for i := 1; i < len(text); i++ {
		m := mark(text[i-1], text[i])
		p[m/64] |= 1 << (m % 64)
	}
	return p
}

func allPairs() pairs { return pairs{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)} }

func mark(a, b byte) byte { return a*7 + b*59 }

// all says that every one of the marks is set.
func (p *pairs) all(marks []byte) bool {
	for _, m := range marks {
		if p[m/64]>>(m%64)&1 == 0 {
			return false
		}
	}
	return true
}

// triples marks which three bytes stand beside one another, for texts in which
// nearly all pairs do. A triple may share its mark as well.
type triples [1 << tripleBits / 64]uint64

const (
	tripleBits = 14
	// maxTripled is the longest text of which triples are marked, in bytes: in
	// a longer one too many would be set.
	maxTripled = 8 << 10
)

// triplesOf gives nil for a text that is too long.
func triplesOf(text string) *triples {
	if len(text) > maxTripled {
		return nil
	}
	var t triples
	for i := 2; i < len(text); i++ {
		m := triple(text[i-2], text[i-1], text[i])
		t[m/64] |= 1 << (m % 64)
	}
	return &t
}

func triple(a, b, c byte) uint16 {
	const odd = 0x9E3779B1 // of the golden ratio: Knuth, The Art of Computer Programming, 6.4
	packed := uint32(a)<<16 | uint32(b)<<8 | uint32(c)
	return uint16(packed * odd >> (32 - tripleBits)) //nolint:gosec // 14 bits are left
}

// all says that every one of the marks is set.
func (t *triples) all(marks []uint16) bool {
	for _, m := range marks {
		if t[m/64]>>(m%64)&1 == 0 {
			return false
		}
	}
	return true
}
