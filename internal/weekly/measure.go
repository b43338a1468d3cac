package weekly

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// start is a task with the tier and the model at which it began. What another
// program did stands apart from what this one did.
type start struct {
	task            string
	tier            policy.Tier
	provider, model string
	recorded        bool
}

// measure is what a task cost there.
type measure struct {
	costs    []int64
	released int // of the records whose cost is known; nobody knows it of recorded ones
}

// addMeasure takes what was spent at the tier where the record began. What
// another agent ran has no attempts of ours: there it is the whole, unless it
// was spent on several models and so is no one model's cost.
func (c *count) addMeasure(r *row, k *kind) {
	s, cost := start{k.task, k.first, k.firstProvider, k.firstModel, k.recorded}, r.firstCost
	if k.first == 0 {
		s, cost = start{k.task, k.used, k.provider, k.model, k.recorded}, r.cost
	}
	if k.killed || k.reused || k.mixed || s.model == "" || !cost.known() {
		return
	}
	m := at(c.measured, s)
	m.costs = append(m.costs, int64(cost))
	if k.next == 0 && ledger.Released(k.status) {
		m.released++
	}
}

func (s start) compare(o start) int {
	return cmp.Or(cmp.Compare(s.task, o.task), cmp.Compare(s.provider, o.provider), cmp.Compare(s.model, o.model), cmp.Compare(s.tier, o.tier),
		apart(s.recorded)-apart(o.recorded))
}

// apart sets what another program did behind what this one did.
func apart(recorded bool) int {
	if recorded {
		return 1
	}
	return 0
}

// measured is a line of the table with what it takes to compare it.
type measured struct {
	ModelCost
	mean, low, high float64
	interval        bool
	input, output   money.Pico
	priced          bool
}

func (c *count) modelCosts(price func(provider, model string) (in, out money.Pico, ok bool)) []ModelCost {
	var all []measured
	for _, s := range slices.SortedFunc(maps.Keys(c.measured), start.compare) {
		all = append(all, measureOf(s, c.measured[s], price))
	}
	slices.SortStableFunc(all, func(a, b measured) int { return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(a.mean, b.mean)) })
	list := []ModelCost{}
	for _, m := range all[:min(len(all), MaxGroups)] {
		m.DearerThan = m.dearerThan(all)
		list = append(list, m.ModelCost)
	}
	return list
}

func measureOf(s start, of *measure, price func(provider, model string) (in, out money.Pico, ok bool)) measured {
	slices.Sort(of.costs)
	unpriced := string(ledger.AmountUnpriced)
	judged := len(of.costs)
	if s.recorded {
		judged = 0 // whether it ended with a result nobody verified
	}
	m := measured{ModelCost: ModelCost{
		Task: s.task, Tier: tierName(s.tier), Provider: s.provider, Model: s.model, Recorded: s.recorded, Records: len(of.costs),
		Low: string(ledger.AmountUnknown), High: string(ledger.AmountUnknown), Median: median(of.costs),
		Success: share(of.released, judged), ListInput: unpriced, ListOutput: unpriced,
	}}
	m.mean, m.low, m.high, m.interval = spread(of.costs)
	m.Mean = nano(m.mean)
	if m.interval {
		m.Low, m.High = nano(m.low), nano(m.high)
	}
	if price != nil {
		m.input, m.output, m.priced = price(s.provider, s.model)
	}
	if m.priced {
		m.ListInput, m.ListOutput = m.input.Decimal(), m.output.Decimal()
	}
	return m
}

// dearerThan finds the cheapest model that did the same task for less, though
// neither of its list prices is lower and one is higher, with intervals apart
// and enough records of both. What another program did is compared with its
// like alone.
func (m measured) dearerThan(all []measured) string {
	for _, o := range all { // the cheapest of a task comes first
		if o.Task == m.Task && o.Recorded == m.Recorded && m.priced && o.priced && min(m.Records, o.Records) >= ledger.LeastForBreakEven &&
			m.input <= o.input && m.output <= o.output && m.input+m.output < o.input+o.output && m.low > o.high {
			return o.Provider + "/" + o.Model
		}
	}
	return ""
}

// guess is what estimates are told apart by.
type guess struct{ provider, model, class string }

type errors struct {
	relative []float64
	above    int
}

func (c *count) addEstimate(r *row, k *kind) {
	if r.expected < 0 || r.actual <= 0 {
		return
	}
	e := at(c.errors, guess{k.firstProvider, k.firstModel, k.class})
	e.relative = append(e.relative, float64(r.actual-r.expected)/float64(r.actual))
	if r.actual > r.most {
		e.above++
	}
}

func (c *count) estimateErrors() []Estimate {
	list := []Estimate{}
	keys := slices.SortedFunc(maps.Keys(c.errors), func(a, b guess) int {
		return cmp.Or(cmp.Compare(a.provider, b.provider), cmp.Compare(a.model, b.model), cmp.Compare(a.class, b.class))
	})
	for _, g := range keys[:min(len(keys), MaxGroups)] {
		e := c.errors[g]
		one := Estimate{Provider: g.provider, Model: g.model, Class: g.class, N: len(e.relative), Above: e.above, Bias: four(middle(e.relative))}
		for i := range e.relative {
			e.relative[i] = math.Abs(e.relative[i])
		}
		one.Error = four(middle(e.relative))
		list = append(list, one)
	}
	return list
}
