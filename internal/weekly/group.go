package weekly

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// groups gives the dearest first, and sums up what is over the bound.
func groups(of map[string]*tally) []Group {
	names := slices.SortedFunc(maps.Keys(of), func(a, b string) int {
		return cmp.Or(of[b].cost.compare(of[a].cost), cmp.Compare(of[b].records, of[a].records), cmp.Compare(a, b))
	})
	list := []Group{}
	for _, name := range names[:min(len(names), MaxGroups)] {
		list = append(list, Group{Name: name, Total: of[name].total()})
	}
	if len(names) > MaxGroups {
		var rest tally
		for _, name := range names[MaxGroups:] {
			rest.merge(of[name])
		}
		list = append(list, Group{Rest: len(names) - MaxGroups, Total: rest.total()})
	}
	return list
}

func (s sum) compare(o sum) int {
	return cmp.Or(cmp.Compare(s.whole, o.whole), cmp.Compare(s.nano, o.nano))
}

func tierName(t policy.Tier) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

func (c *count) tierList() []Group {
	list := []Group{}
	for _, t := range slices.Sorted(maps.Keys(c.tiers)) {
		list = append(list, Group{Name: tierName(t), Total: c.tiers[t].total()})
	}
	return list
}

// dayTally is one day, with its tiers.
type dayTally struct {
	all   tally
	tiers map[policy.Tier]*tally
}

const daySeconds = 24 * 60 * 60

func (c *count) addDay(r *row, k *kind) {
	d := at(c.days, (r.started-c.s.options.From.Unix())/daySeconds)
	if d.tiers == nil {
		d.tiers = map[policy.Tier]*tally{}
	}
	d.all.add(r)
	at(d.tiers, k.used).add(r)
}

func (c *count) dayList() []Day {
	list := []Day{}
	for i, name := range c.s.days() {
		day := Day{Day: name, ByTier: []TierCost{}}
		d := c.days[int64(i)]
		if d == nil {
			d = &dayTally{}
		}
		day.Total = d.all.total()
		for _, t := range slices.Sorted(maps.Keys(d.tiers)) {
			day.ByTier = append(day.ByTier, TierCost{tierName(t), d.tiers[t].records, d.tiers[t].cost.text()})
		}
		list = append(list, day)
	}
	return list
}

// session is what one workflow run cost so far.
type session struct {
	cost int64
	lost bool // a part is not known
}

func (c *count) addSession(r *row) {
	s := c.sessions[r.session]
	switch {
	case !r.cost.known() || s.cost > int64(maxNano)-int64(r.cost):
		s.lost = true
	default:
		s.cost += int64(r.cost)
	}
	c.sessions[r.session] = s
}

const maxNano = money.Nano(1<<63 - 1)

func (c *count) sessionFigures() Sessions {
	costs := make([]int64, 0, len(c.sessions))
	var total sum
	for _, s := range c.sessions {
		if !s.lost {
			costs = append(costs, s.cost)
			total.add(money.Nano(s.cost))
		}
	}
	slices.Sort(costs)
	return Sessions{len(c.sessions), len(costs), total.mean(len(costs)), median(costs), percentile(costs, 95)}
}

func (c *count) addGap(r *row, k *kind) {
	if r.cost == unpriced {
		c.unpriced[modelName(k)]++
	}
	if k.reused {
		c.reused++
		if r.avoided.known() {
			c.avoided.add(money.Nano(r.avoided))
		} else {
			c.reuseUnknown++
		}
	}
	if !k.killed {
		return
	}
	c.unfinished++
	if r.bound.known() {
		c.bound.add(money.Nano(r.bound))
	} else {
		c.unbounded++
	}
}

func (c *count) gapCounts(s *Sum) Gaps {
	g := Gaps{
		Unpriced: c.all.unpriced, UnpricedModels: []NameCount{}, Unknown: c.all.unknown - c.unfinished, Unfinished: c.unfinished,
		UnfinishedBound: c.bound.text(), Unbounded: c.unbounded, Unread: s.unread, FlagsAstray: len(s.flags) - c.flagsFollowed,
	}
	for name, n := range c.unpriced {
		g.UnpricedModels = append(g.UnpricedModels, NameCount{name, n})
	}
	slices.SortFunc(g.UnpricedModels, func(a, b NameCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
	g.UnpricedModels = g.UnpricedModels[:min(len(g.UnpricedModels), MaxGroups)]
	return g
}

func (c *count) addLabels(r *row, k *kind) {
	if r.raised == 0 && r.lowered == 0 && r.refused == 0 {
		return
	}
	l := at(c.labels, k.task)
	l.Task = k.task
	l.Raised += int(r.raised)
	l.Lowered += int(r.lowered)
	l.Refused += int(r.refused)
}

func (c *count) overrideCounts(flagsRefused int) Overrides {
	o := Overrides{ByTask: []TaskLabels{}, FlagsRefused: flagsRefused}
	for _, task := range slices.Sorted(maps.Keys(c.labels)) {
		l := *c.labels[task]
		o.Raised, o.Lowered, o.Refused = o.Raised+l.Raised, o.Lowered+l.Lowered, o.Refused+l.Refused
		o.ByTask = append(o.ByTask, l)
	}
	o.ByTask = o.ByTask[:min(len(o.ByTask), MaxGroups)]
	return o
}

func (c *count) addObserved(r *row, k *kind) {
	if !k.observed {
		return
	}
	c.observed++
	if r.would.known() && r.cost.known() {
		c.observedCompared++
		c.observedCost.add(money.Nano(r.cost))
		c.would.add(money.Nano(r.would))
	}
}

func dayOf(r *row) string { return time.Unix(r.started, 0).UTC().Format(time.DateOnly) }

func escalations(b *ledger.Beginnings) []Escalation {
	list := []Escalation{}
	for _, e := range b.BreakEvens() {
		list = append(list, Escalation{
			Task: e.Task, From: e.From.String(), To: e.To.String(), Provider: e.Provider, Model: e.Model,
			Share: share(e.Escalated, e.Records), LeftOut: e.LeftOut,
			CostFrom: e.CostFrom.Decimal(), CostTo: e.CostTo.Decimal(), Bound: four(e.Bound), Dearer: e.Dearer(),
		})
	}
	return list[:min(len(list), MaxGroups)]
}
