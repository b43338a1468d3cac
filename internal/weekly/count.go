package weekly

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// Numbers counts. It may be asked again after more was added.
func (s *Sum) Numbers() Numbers {
	c := newCount(s)
	for _, r := range s.inOrder() {
		c.add(r, &s.kindOf[r.kind])
	}
	n := Numbers{
		Schema: Schema, Window: s.window(c.prices), Spend: c.all.total(), Sessions: c.sessionFigures(),
		Efficiency: c.hindsight.efficiency(), Placement: c.hindsight.placement(),
		ByDay: c.dayList(), ByTier: c.tierList(), ByTask: groups(c.tasks), ByRepository: groups(c.repositories),
		ByModel: groups(c.models), ByAgent: groups(c.agents),
		ModelCosts: c.modelCosts(s.options.Price), Escalations: escalations(c.beginnings), Overrides: c.overrideCounts(s.refused),
		Gaps: c.gapCounts(s), Reuse: Reuse{c.reused, c.avoided.text(), c.reuseUnknown},
		Observed:  Observed{c.observed, c.observedCompared, c.observedCost.text(), c.would.text()},
		Estimates: c.estimateErrors(),
		Sample:    c.sample.list(), Disputed: c.disputed.list(), Suggestions: []Suggestion{}, Kept: []Kept{}, Review: c.review(),
	}
	n.Suggestions = c.suggest(&n)
	n.Notes = append([]string{}, s.notes...)
	slices.Sort(n.Notes)
	n.Notes = slices.Compact(n.Notes)
	return n
}

// inOrder gives the records by id and repository: no sum then depends on the
// order in which they came. An id's first bytes stand beside its record, so
// that a comparison almost never looks a record up.
func (s *Sum) inOrder() []*row {
	type placed struct {
		head uint64
		row  *row
	}
	keys := make([]placed, 0, s.rows.n)
	for i := range s.rows.n {
		r := s.rows.get(i)
		keys = append(keys, placed{binary.BigEndian.Uint64(r.id[:]), r})
	}
	slices.SortFunc(keys, func(a, b placed) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return cmp.Or(bytes.Compare(a.row.id[:], b.row.id[:]), cmp.Compare(s.kindOf[a.row.kind].repository, s.kindOf[b.row.kind].repository))
	})
	all := make([]*row, len(keys))
	for i, k := range keys {
		all[i] = k.row
	}
	return all
}

func (s *Sum) window(prices string) Window {
	last := s.options.To.Add(-time.Nanosecond).UTC()
	w := Window{
		From: s.options.From.UTC().Format(time.DateOnly), To: last.Format(time.DateOnly),
		Days: len(s.days()), PricesAsOf: prices,
	}
	if len(s.options.Repositories) == 1 {
		w.Repository = s.options.Repositories[0]
	}
	return w
}

// maxDays bounds a window: a line a day.
const maxDays = 3660

func (s *Sum) days() []string {
	var days []string
	for d := s.options.From.UTC(); d.Before(s.options.To) && len(days) < maxDays; d = d.AddDate(0, 0, 1) {
		days = append(days, d.Format(time.DateOnly))
	}
	return days
}

// count is one pass over the records.
type count struct {
	s                                         *Sum
	all                                       tally
	sessions                                  map[[16]byte]session
	days                                      map[int64]*dayTally
	tiers                                     map[policy.Tier]*tally
	tasks, repositories, models, agents       map[string]*tally
	labels                                    map[string]*TaskLabels
	unpriced                                  map[string]int
	hindsight                                 hindsight
	measured                                  map[start]*measure
	errors                                    map[guess]*errors
	beginnings                                *ledger.Beginnings
	sample, disputed                          *picks
	unfinished, unbounded                     int
	bound, avoided, observedCost, would       sum
	reused, reuseUnknown                      int
	observed, observedCompared, flagsFollowed int
	prices                                    string
	heard                                     map[placed]*opinions
	locked                                    map[string]bool   // tasks of which a run was
	digests                                   map[string]string // first day, by policy
}

func newCount(s *Sum) *count {
	return &count{
		s: s, sessions: map[[16]byte]session{}, days: map[int64]*dayTally{}, tiers: map[policy.Tier]*tally{},
		tasks: map[string]*tally{}, repositories: map[string]*tally{}, models: map[string]*tally{}, agents: map[string]*tally{},
		labels: map[string]*TaskLabels{}, unpriced: map[string]int{}, measured: map[start]*measure{}, errors: map[guess]*errors{},
		heard: map[placed]*opinions{}, locked: map[string]bool{}, digests: map[string]string{},
		beginnings: ledger.NewBeginnings(), sample: newPicks(s, s.options.SampleSize), disputed: newPicks(s, maxDisputed),
	}
}

func (c *count) add(r *row, k *kind) {
	for _, t := range []*tally{
		&c.all, at(c.tiers, k.used), at(c.tasks, k.task), at(c.repositories, k.repository), at(c.models, modelName(k)), at(c.agents, k.agent),
	} {
		t.add(r)
	}
	c.addDay(r, k)
	c.addSession(r)
	c.addGap(r, k)
	c.addReview(r, k)
	c.addLabels(r, k)
	c.addObserved(r, k)
	c.addMeasure(r, k)
	c.addEstimate(r, k)
	c.addDigest(r, k)
	c.prices = max(c.prices, k.prices)
	if !k.killed {
		c.beginnings.Add(r.beginning(k))
	}
}

func at[K comparable, V any](m map[K]*V, k K) *V {
	v := m[k]
	if v == nil {
		v = new(V)
		m[k] = v
	}
	return v
}

// modelName is provider/model; "" where no model ran.
func modelName(k *kind) string {
	if k.provider == "" && k.model == "" {
		return ""
	}
	return k.provider + "/" + k.model
}

// tally sums up records of one kind.
type tally struct {
	records, unpriced, unknown, compared int
	cost, baseline, saved                sum
	comparedCost                         sum
}

func (t *tally) add(r *row) {
	t.records++
	switch r.cost {
	case unpriced:
		t.unpriced++
	case unknown:
		t.unknown++
	default:
		t.cost.add(money.Nano(r.cost))
	}
	if r.cost.known() && r.baseline.known() && r.saved.known() {
		t.compared++
		t.comparedCost.add(money.Nano(r.cost))
		t.baseline.add(money.Nano(r.baseline))
		t.saved.add(money.Nano(r.saved))
	}
}

func (t *tally) total() Total {
	return Total{t.records, t.cost.text(), t.unpriced, t.unknown, t.compared, t.comparedCost.text(), t.baseline.text(), t.saved.text(), part(t.saved, t.baseline)}
}

// merge adds what another sums up.
func (t *tally) merge(o *tally) {
	t.records, t.unpriced, t.unknown, t.compared = t.records+o.records, t.unpriced+o.unpriced, t.unknown+o.unknown, t.compared+o.compared
	for _, pair := range [][2]*sum{{&t.cost, &o.cost}, {&t.comparedCost, &o.comparedCost}, {&t.baseline, &o.baseline}, {&t.saved, &o.saved}} {
		pair[0].whole += pair[1].whole
		pair[0].add(money.Nano(pair[1].nano))
	}
}
