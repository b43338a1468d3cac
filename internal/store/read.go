package store

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// source gives the columns of one row, one after the other.
type source interface {
	id() ([16]byte, error)
	integer() (int64, error)
	amount() (n int64, known bool, err error)
	text() ([]byte, error)
}

// interner keeps one copy of each text: a million facts name few repositories.
type interner struct{ seen map[string]string }

func newInterner() *interner { return &interner{seen: map[string]string{}} }

// maxInterned bounds the memory that texts of strangers can take.
const maxInterned = 1 << 16

func (in *interner) get(b []byte) string {
	if s, ok := in.seen[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(in.seen) < maxInterned {
		in.seen[s] = s
	}
	return s
}

// reading keeps the first error, so that a row reads as a list of its columns.
type reading struct {
	from source
	in   *interner
	err  error
}

func (r *reading) id() (id [16]byte) {
	if r.err == nil {
		id, r.err = r.from.id()
	}
	return id
}

func (r *reading) number() (n int64) {
	if r.err == nil {
		n, r.err = r.from.integer()
	}
	return n
}

func (r *reading) count() int { return int(r.number()) }

func (r *reading) tier() policy.Tier {
	n := r.number()
	if r.err == nil && (n < 0 || n > int64(policy.Frontier)) {
		r.err = fmt.Errorf("tier %d", n)
	}
	return policy.Tier(n)
}

func (r *reading) text() string {
	if r.err != nil {
		return ""
	}
	b, err := r.from.text()
	r.err = err
	return r.in.get(b)
}

func (r *reading) cost() money.Cost {
	if r.err != nil {
		return money.Cost{}
	}
	n, known, err := r.from.amount()
	r.err = err
	if !known {
		return money.Cost{State: money.Unknown}
	}
	return money.Cost{State: money.Priced, Nano: money.Nano(n)}
}

// readFact reads the columns in the order in which facts.sql names them.
func readFact(from source, in *interner) (ledger.Fact, error) {
	r := reading{from: from, in: in}
	f := ledger.Fact{ID: r.id(), Session: r.id(), Started: ofMicro(r.number()), Repository: r.text(), PullRequest: r.count()}
	f.Task, f.Agent, f.Status, f.Decided, f.Used = r.text(), r.text(), r.text(), r.tier(), r.tier()
	f.Provider, f.Model = r.text(), r.text()
	m := r.number()
	f.Locked, f.Observed, f.Reused = m&1 != 0, m&2 != 0, m&4 != 0
	f.PromptTokens, f.OutputTokens = r.number(), r.number()
	for _, c := range costs(&f) {
		*c = r.cost()
	}
	unpriced := r.number()
	f.Attempts, f.Lowered, f.Raised, f.Refused, f.Refusals = r.count(), r.count(), r.count(), r.count(), r.count()
	f.First.Tier, f.First.Provider, f.First.Model = r.tier(), r.text(), r.text()
	f.Next.Tier, f.Next.Provider, f.Next.Model = r.tier(), r.text(), r.text()
	f.Expected, f.Most, f.Actual, f.Class = r.number(), r.number(), r.number(), r.text()
	f.PolicyDigest, f.PricesAsOf = r.text(), r.text()
	if r.err != nil {
		return ledger.Fact{}, fmt.Errorf("read a row of the store: %w", r.err)
	}
	setStates(&f, unpriced)
	return f, nil
}

// setStates tells what has no price from what is not known. A step that never
// was has no cost at all, not an unknown one.
func setStates(f *ledger.Fact, unpriced int64) {
	for i, c := range costs(f) {
		if unpriced&(1<<i) != 0 {
			*c = money.Cost{State: money.Unpriced}
		}
	}
	for _, step := range []*ledger.Step{&f.First, &f.Next} {
		if *step == (ledger.Step{Cost: money.Cost{State: money.Unknown}}) {
			step.Cost = money.Cost{}
		}
	}
}

// pgSource reads PostgreSQL's binary values.
type pgSource struct {
	values [][]byte
	next   int
}

func (p *pgSource) take() []byte {
	if p.next >= len(p.values) {
		return nil
	}
	p.next++
	return p.values[p.next-1]
}

func (p *pgSource) id() (id [16]byte, err error) {
	if copy(id[:], p.take()) != len(id) {
		return id, errors.New("an id that is none")
	}
	return id, nil
}

func (p *pgSource) integer() (int64, error) {
	n, known, err := p.amount()
	if err == nil && !known {
		err = errors.New("no value where there must be one")
	}
	return n, err
}

func (p *pgSource) amount() (n int64, known bool, err error) {
	b := p.take()
	switch len(b) {
	case 0:
		return 0, false, nil
	case 2:
		return int64(int16(binary.BigEndian.Uint16(b))), true, nil //nolint:gosec // the bits are a signed number
	case 4:
		return int64(int32(binary.BigEndian.Uint32(b))), true, nil //nolint:gosec // as above
	case 8:
		return int64(binary.BigEndian.Uint64(b)), true, nil //nolint:gosec // as above
	default:
		return 0, false, fmt.Errorf("a number of %d bytes", len(b))
	}
}

func (p *pgSource) text() ([]byte, error) { return p.take(), nil }

func decodeID(b []byte) (id [16]byte, err error) {
	if n, err := hex.Decode(id[:], b); err != nil || n != len(id) {
		return id, errors.New("an id that is none")
	}
	return id, nil
}

// flagsOf gives the flags among entries that are about a query's repositories.
func flagsOf(q Query, entries iter.Seq2[ledger.Entry, error]) iter.Seq2[ledger.Flag, error] {
	whole, beginnings := q.names()
	return func(yield func(ledger.Flag, error) bool) {
		for e, err := range entries {
			switch {
			case err != nil:
				if !yield(ledger.Flag{}, err) {
					return
				}
			case e.Flag != nil && isAmong(e.Flag.Repository, whole, beginnings):
				if !yield(*e.Flag, nil) {
					return
				}
			}
		}
	}
}

func isAmong(name string, whole, beginnings []string) bool {
	return len(whole)+len(beginnings) == 0 || slices.Contains(whole, name) ||
		slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(name, b) })
}
