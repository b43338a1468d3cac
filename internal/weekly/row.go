package weekly

import (
	"fmt"
	"math"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// kind is what many records have in common. It is kept once for all of them.
type kind struct {
	repository, task, agent, status  string
	provider, model                  string
	firstProvider, firstModel        string
	nextProvider, nextModel          string
	class, digest, prices            string
	decided, used, first, next       policy.Tier
	locked, observed, reused, killed bool
	recorded                         bool // another program did it
	mixed                            bool // and on several models
}

// row is one record, without what kind has.
type row struct {
	id, session                    [16]byte
	started                        int64 // seconds
	kind                           uint32
	pull                           int32
	cost, baseline, saved, would   amount
	bound, avoided, firstCost      amount
	nextCost                       amount
	expected, most, actual         int64
	lowered, raised, refused, sent uint16 // sent back by a verifier
}

// amount is a cost in eight bytes: nano-dollars, or one of two numbers that no
// record reaches.
type amount int64

const (
	unknown  amount = math.MinInt64
	unpriced amount = math.MinInt64 + 1
)

func pack(c money.Cost) amount {
	switch {
	case c.State == money.Priced && amount(c.Nano) > unpriced:
		return amount(c.Nano)
	case c.State == money.Unpriced:
		return unpriced
	default:
		return unknown
	}
}

func (a amount) known() bool { return a > unpriced }

func (a amount) cost() money.Cost {
	switch a {
	case unknown:
		return money.Cost{State: money.Unknown}
	case unpriced:
		return money.Cost{State: money.Unpriced}
	default:
		return money.Cost{State: money.Priced, Nano: money.Nano(a)}
	}
}

func (a amount) text() string {
	switch a {
	case unknown:
		return string(ledger.AmountUnknown)
	case unpriced:
		return string(ledger.AmountUnpriced)
	default:
		return money.Nano(a).Decimal()
	}
}

func (s *Sum) kind(f ledger.Fact) uint32 {
	recorded := f.Status == string(dispatch.RecordedOnly)
	k := kind{
		f.Repository, f.Task, f.Agent, f.Status, f.Provider, f.Model, f.First.Provider, f.First.Model, f.Next.Provider, f.Next.Model,
		f.Class, f.PolicyDigest, f.PricesAsOf, f.Decided, f.Used, f.First.Tier, f.Next.Tier,
		f.Locked, f.Observed, f.Reused, f.Status == ledger.Begun,
		recorded, recorded && f.Attempts > 1, // one attempt a model
	}
	n, known := s.kinds[k]
	if !known {
		n = uint32(len(s.kindOf)) //nolint:gosec // a ledger has fewer records than that
		s.kinds[k] = n
		s.kindOf = append(s.kindOf, k)
	}
	return n
}

func newRow(f ledger.Fact, kind uint32) row {
	return row{
		id: f.ID, session: f.Session, started: f.Started.Unix(), kind: kind, pull: int32(min(f.PullRequest, math.MaxInt32)), //nolint:gosec // bounded here
		cost: pack(f.Cost), baseline: pack(f.Baseline), saved: pack(f.Saved), would: pack(f.Would), bound: pack(f.Bound),
		avoided: pack(f.Avoided), firstCost: pack(f.First.Cost), nextCost: pack(f.Next.Cost),
		expected: f.Expected, most: f.Most, actual: f.Actual,
		lowered: small(f.Lowered), raised: small(f.Raised), refused: small(f.Refused), sent: small(f.Refusals),
	}
}

func small(n int) uint16 { return uint16(max(0, min(n, math.MaxUint16))) } //nolint:gosec // bounded here

// prefers says whether one record takes the place of another of its id.
func (s *Sum) prefers(r, old row) bool {
	a, b := s.kindOf[r.kind], s.kindOf[old.kind]
	if a.killed != b.killed {
		return b.killed
	}
	if r == old {
		return false
	}
	one, other := r, old
	one.kind, other.kind = 0, 0 // numbers in the order of reading
	return fmt.Sprint(a, one) < fmt.Sprint(b, other)
}

// beginning gives back what a comparison of beginnings needs.
func (r *row) beginning(k *kind) ledger.Fact {
	return ledger.Fact{
		Task: k.task, Status: k.status, Observed: k.observed, Refusals: int(r.sent),
		First: ledger.Step{Tier: k.first, Provider: k.firstProvider, Model: k.firstModel, Cost: r.firstCost.cost()},
		Next:  ledger.Step{Tier: k.next, Provider: k.nextProvider, Model: k.nextModel, Cost: r.nextCost.cost()},
	}
}

// chunk is how many rows are allotted at once: one slice that doubles would
// need three times its size while it grows.
const chunk = 4096

// rows is a list that grows without moving.
type rows struct {
	chunks [][]row
	n      uint32
}

func (l *rows) add(r row) uint32 {
	if l.n%chunk == 0 {
		l.chunks = append(l.chunks, make([]row, 0, chunk))
	}
	last := &l.chunks[len(l.chunks)-1]
	*last = append(*last, r)
	l.n++
	return l.n - 1
}

func (l *rows) get(n uint32) *row { return &l.chunks[n/chunk][n%chunk] }
