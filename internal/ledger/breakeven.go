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
	groups := map[beginning]*tallied{}
	seen := map[string]bool{}
	for _, r := range records {
		first, ok := begun(r)
		if !ok || seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		if groups[first] == nil {
			groups[first] = &tallied{}
		}
		groups[first].add(r, first.tier)
	}
	var all []BreakEven
	for first, t := range groups {
		if b, ok := t.compare(); ok {
			b.Task, b.From, b.Provider, b.Model = first.task, first.tier, first.provider, first.model
			all = append(all, b)
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

// begun finds it. What was only observed began at no tier of the policy.
func begun(r Record) (beginning, bool) {
	if r.Observed || len(r.Attempts) == 0 {
		return beginning{}, false
	}
	var tier policy.Tier
	if err := tier.UnmarshalText([]byte(r.Attempts[0].Tier)); err != nil || tier == policy.Frontier {
		return beginning{}, false // nothing stands above frontier
	}
	return beginning{r.Task, tier, r.Attempts[0].Provider, r.Attempts[0].Model}, true
}

// tallied sums up records that began alike.
type tallied struct {
	records, escalated, leftOut int
	from, to                    float64 // nano-dollars: a sum of many may pass an integer
	next                        policy.Tier
}

func (t *tallied) add(r Record, from policy.Tier) {
	low, refused, ok := spentAt(r, from)
	next := above(r, from)
	switch {
	case !ok || refused && next == 0 || !refused && next != 0:
		// Its cost is not known, or it went up for another cause than a
		// refusal, or was refused and did not go up: it compares nothing.
		t.leftOut++
		return
	case next != 0:
		high, _, ok := spentAt(r, next)
		if !ok {
			t.leftOut++
			return
		}
		t.escalated++
		t.to += high
		t.next = max(t.next, next)
	case !released(r):
		t.leftOut++
		return
	}
	t.records++
	t.from += low
}

// spentAt sums up the attempts at one tier, and says whether a verifier
// refused one of them.
func spentAt(r Record, tier policy.Tier) (sum float64, refused, ok bool) {
	for _, a := range r.Attempts {
		if a.Tier != tier.String() {
			continue
		}
		cost, known, err := a.Cost.parse()
		if err != nil || !known {
			return 0, false, false
		}
		sum += float64(cost)
		refused = refused || len(a.Problems) > 0
	}
	return sum, refused, true
}

// above is the first tier over the given one that was tried, 0 for none.
func above(r Record, from policy.Tier) policy.Tier {
	for _, a := range r.Attempts {
		var tier policy.Tier
		if err := tier.UnmarshalText([]byte(a.Tier)); err == nil && tier > from {
			return tier
		}
	}
	return 0
}

func released(r Record) bool {
	return r.Status == string(dispatch.Clean) || r.Status == string(dispatch.Findings) || r.Status == string(dispatch.Partial)
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
