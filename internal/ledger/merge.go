package ledger

import (
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"time"
)

// maxEntries bounds the ids that one walk remembers: 40 bytes each.
const maxEntries = 4_000_000

// Merger takes the entries of a ledger in any order and gives each id once. A
// begun record waits: only at the end is it known that no finished one takes
// its place. Of two of one kind the first stays, and it is said where they
// differ. It remembers ids and not entries, so that it is small.
type Merger struct {
	first string // the day before which nothing is given
	seed  maphash.Seed
	seen  map[[16]byte]uint64
	begun map[[16]byte]uint64
}

// NewMerger gives a merger that leaves out what began before the day of since.
func NewMerger(since time.Time) *Merger {
	return &Merger{
		first: since.UTC().Format(time.DateOnly), seed: maphash.MakeSeed(),
		seen: map[[16]byte]uint64{}, begun: map[[16]byte]uint64{},
	}
}

// Take says whether to give an entry now. wait says that it is a begun record
// whose end may come: offer it again, to Left, after all others. line is its
// text.
func (m *Merger) Take(e Entry, line []byte) (give, wait bool, err error) {
	if e.when() < m.first {
		return false, false, nil
	}
	var id [16]byte
	if n, err := hex.Decode(id[:], []byte(e.ID())); err != nil || n != len(id) {
		return false, false, fmt.Errorf("%q is no id", clean(e.ID()))
	}
	sum := maphash.Bytes(m.seed, line)
	if kept, held := m.seen[id]; held {
		if kindOf(e) != Begun && kept != sum {
			return false, false, fmt.Errorf("%w %s was read before it, and stays", ErrTaken, e.ID())
		}
		return false, false, nil
	}
	if len(m.seen)+len(m.begun) >= maxEntries {
		return false, false, fmt.Errorf("%w: more than %d", ErrTooMany, maxEntries)
	}
	if kindOf(e) == Begun {
		if kept, held := m.begun[id]; held {
			if kept != sum {
				return false, false, fmt.Errorf("another begun record of the id %s was read before it, and stays", e.ID())
			}
			return false, false, nil
		}
		m.begun[id] = sum
		return false, true, nil
	}
	delete(m.begun, id)
	m.seen[id] = sum
	return true, false, nil
}

// Waiting is how many begun records have no end so far.
func (m *Merger) Waiting() int { return len(m.begun) }

// Left says, at the end, whether an entry is a begun record that nothing took
// the place of. It says so once an id.
func (m *Merger) Left(e Entry, line []byte) bool {
	if e.Record == nil || e.Record.Status != Begun {
		return false
	}
	var id [16]byte
	if _, err := hex.Decode(id[:], []byte(e.Record.ID)); err != nil {
		return false
	}
	kept, held := m.begun[id]
	if !held || kept != maphash.Bytes(m.seed, line) {
		return false
	}
	delete(m.begun, id)
	return true
}
