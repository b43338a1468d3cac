package ledger

import (
	"cmp"
	"math"
	"slices"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// LeastForBreakEven is how many records it takes to say that a task should
// start higher: with fewer an interval says next to nothing.
const LeastForBreakEven = 10

// BreakEven compares starting a task at one tier and going up on a refusal
// with starting it one tier higher.
//
// A start at the lower tier costs CostFrom every time, and the share that is
// refused costs CostTo beside it: CostFrom + share × CostTo. A start at the
// higher tier costs CostTo. What happens above that is the same for both. So
// escalating pays while
//
//	share < 1 − CostFrom ÷ CostTo
//
// CostFrom holds all that was spent at the lower tier, refused answers and
// failed tries too. CostTo is what an escalated attempt cost, whose prompt has
// a handoff that a first attempt has not: it makes the higher tier look a
// little dearer than it is.
type BreakEven struct {
	Task      string
	From, To  policy.Tier
	Provider  string // whose model was asked at From
	Model     string // that was asked at From
	Records   int    // that began at From, with every cost known
	Escalated int    // of them
	LeftOut   int    // began at From and cannot be compared
	// CostFrom is the mean over all records, CostTo over those that escalated.
	CostFrom, CostTo money.Nano
	Share, Low, High float64 // that escalated, with its Wilson interval (95 %)
	// Bound is the share at which both cost the same; not above 0 where even a
	// start without any refusal is dearer.
	Bound float64
}

// Dearer says that starting higher would have been cheaper: the whole interval
// lies above the break-even, and there are enough records to say so.
func (b BreakEven) Dearer() bool { return b.Records >= LeastForBreakEven && b.Low > b.Bound }

// BreakEvens gives one comparison for each task, tier and model at which it
// began: a policy that changes its pool begins anew. It does so where at least one record escalated: nothing else tells what the higher tier
// costs. A record that is there twice counts once. Records may come from
// anywhere: what they say is a note for a person and steers nothing.
func BreakEvens(records []Record) []BreakEven {
	sum := NewBeginnings()
	seen := map[string]bool{}
	for _, r := range records {
		if !seen[r.ID] {
			seen[r.ID] = true
			sum.Add(r.Fact())
		}
	}
	return sum.BreakEvens()
}

// Beginnings sums up records by the tier and the model at which they began.
type Beginnings struct{ groups map[beginning]*tallied }

// NewBeginnings gives an empty sum.
func NewBeginnings() *Beginnings { return &Beginnings{groups: map[beginning]*tallied{}} }

// Add takes one record's fact, which the caller must not give twice.
func (b *Beginnings) Add(f Fact) {
	if f.Observed || f.First.Tier == 0 || f.First.Tier == policy.Frontier {
		return // what was only observed began at no tier of the policy, and nothing stands above frontier
	}
	first := beginning{f.Task, f.First.Tier, f.First.Provider, f.First.Model}
	if b.groups[first] == nil {
		b.groups[first] = &tallied{}
	}
	b.groups[first].add(f)
}

// BreakEvens gives the comparisons, as the function of that name does.
func (b *Beginnings) BreakEvens() []BreakEven {
	var all []BreakEven
	for first, t := range b.groups {
		if e, ok := t.compare(); ok {
			e.Task, e.From, e.Provider, e.Model = first.task, first.tier, first.provider, first.model
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b BreakEven) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(a.From, b.From), cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Model, b.Model))
	})
	return all
}

// beginning is a task with the tier and the model of its first attempt.
type beginning struct {
	task            string
	tier            policy.Tier
	provider, model string
}

// tallied sums up records that began alike.
type tallied struct {
	records, escalated, leftOut int
	from, to                    float64 // nano-dollars: a sum of many may pass an integer
	next                        policy.Tier
}

func (t *tallied) add(f Fact) {
	refused, up := f.Refusals > 0, f.Next.Tier != 0
	switch {
	case f.First.Cost.State != money.Priced || refused != up || !up && !Released(f.Status) ||
		up && f.Next.Cost.State != money.Priced:
		// Its cost is not known, or it went up for another cause than a
		// refusal, or was refused and did not go up: it compares nothing.
		t.leftOut++
		return
	case up:
		t.escalated++
		t.to += float64(f.Next.Cost.Nano)
		t.next = max(t.next, f.Next.Tier)
	}
	t.records++
	t.from += float64(f.First.Cost.Nano)
}

// Released says that an end state gave a result.
func Released(status string) bool {
	return status == string(dispatch.Clean) || status == string(dispatch.Findings) || status == string(dispatch.Partial)
}

func (t *tallied) compare() (BreakEven, bool) {
	if t.escalated == 0 || t.to <= 0 {
		return BreakEven{}, false
	}
	b := BreakEven{To: t.next, Records: t.records, Escalated: t.escalated, LeftOut: t.leftOut}
	from, to := t.from/float64(t.records), t.to/float64(t.escalated)
	b.CostFrom, b.CostTo = whole(from), whole(to)
	b.Share = float64(t.escalated) / float64(t.records)
	b.Low, b.High = Wilson(t.escalated, t.records)
	b.Bound = 1 - from/to
	return b, true
}

// whole is a mean in whole nano-dollars. Records come from anywhere: what no
// integer holds is the largest one.
func whole(nano float64) money.Nano {
	if nano >= math.MaxInt64 {
		return math.MaxInt64
	}
	return money.Nano(math.Round(nano))
}

// Wilson gives the 95 % interval of a share by Wilson's score, which holds for
// small numbers and near 0 and 1 too (E. B. Wilson, 1927). Of nothing it is
// the whole of 0 to 1.
func Wilson(hits, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	const z = 1.959964
	size, share := float64(n), float64(hits)/float64(n)
	middle := (share + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	return max(0, middle-half), min(1, middle+half)
}
