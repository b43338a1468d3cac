package backtest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
)

// DefaultExamples is how many examples are kept of each lock and move.
const DefaultExamples = 3

// Tally collects replayed commits, one after the other. What it keeps does not
// grow with their number, but for the names of rules and signals.
type Tally struct {
	examples       int
	commits, lines int
	locked         int
	oldest, newest time.Time
	tiers          map[policy.Tier]*Tier
	total          Sum
	rules          map[ruleKey]int
	locks          map[string]*Lock
	signals        map[string]*Signal
	unseen         map[string]int
	labelled       int
	guesses        Confusion
	compared       *comparing
}

type ruleKey struct {
	rule, place string
	tier        policy.Tier
}

// NewTally keeps so many examples of each lock and move.
func NewTally(examples int) *Tally {
	t := &Tally{
		examples: examples, tiers: map[policy.Tier]*Tier{}, rules: map[ruleKey]int{},
		locks: map[string]*Lock{}, signals: map[string]*Signal{}, unseen: map[string]int{},
	}
	for _, tier := range policy.Tiers() {
		t.tiers[tier] = &Tier{Tier: tier}
	}
	return t
}

// Add counts one commit. Of commits that are alike the first ones become the
// examples.
func (t *Tally) Add(r Replayed) {
	t.commits++
	t.lines += r.Lines
	t.span(r.When)
	tier := t.tiers[r.Decision.Tier]
	tier.Commits++
	tier.Sum.add(r.Spend)
	tier.Escalating.add(r.Spend)
	t.total.add(r.Spend)
	if r.Decision.Locked {
		t.locked++
		tier.Locked++
	}
	t.carried(r.Decision)
	t.lockedBy(r)
	t.fired(r.Decision)
	for _, word := range r.Decision.Facts.NotExamined {
		t.unseen[word]++
	}
	if kind := kindOfLabel(r.Label); kind != "" {
		t.labelled++
		t.guesses.Add(kind, KindOf(r.Decision.Facts.Domain), 1)
	}
	t.compare(r)
}

func (t *Tally) span(when time.Time) {
	if t.oldest.IsZero() || when.Before(t.oldest) {
		t.oldest = when
	}
	if when.After(t.newest) {
		t.newest = when
	}
}

// carried counts each decisive rule once a commit.
func (t *Tally) carried(d route.Decision) {
	seen := map[ruleKey]bool{}
	for _, r := range d.Reasons {
		key := ruleKey{r.Rule, "", r.Tier}
		if r.Policy.Line > 0 {
			key.place = r.Policy.String()
		}
		if r.Decisive && !seen[key] {
			seen[key] = true
			t.rules[key]++
		}
	}
}

// lockedBy counts each rule that locks once a commit, and keeps its first
// reason as the example.
func (t *Tally) lockedBy(r Replayed) {
	first := map[string]route.Reason{}
	var rules []string
	for _, reason := range r.Decision.Reasons {
		if _, seen := first[reason.Rule]; reason.Lock && !seen {
			first[reason.Rule] = reason
			rules = append(rules, reason.Rule)
		}
	}
	for _, rule := range rules {
		lock := t.locks[rule]
		if lock == nil {
			lock = &Lock{Rule: rule}
			t.locks[rule] = lock
		}
		lock.Commits++
		if len(rules) == 1 {
			lock.Alone++
		}
		if len(lock.Examples) < t.examples {
			lock.Examples = append(lock.Examples, exampleOf(r, first[rule]))
		}
	}
}

// exampleOf copies its words: they may be pieces of a whole diff, which would
// be kept with them.
func exampleOf(r Replayed, reason route.Reason) Example {
	return Example{
		SHA: r.SHA, Title: strings.Clone(r.Title), File: strings.Clone(reason.File), Line: reason.Line, Text: strings.Clone(reason.Text),
	}
}

func (t *Tally) fired(d route.Decision) {
	seen := map[string]bool{}
	for _, h := range d.Facts.Hits {
		if seen[h.Signal] {
			continue
		}
		seen[h.Signal] = true
		s := t.signals[h.Signal]
		if s == nil {
			s = &Signal{ID: h.Signal}
			t.signals[h.Signal] = s
		}
		s.Commits++
		if d.Tier == policy.Frontier {
			s.Frontier++
		}
	}
}

// Summary gives the numbers so far. The same commits in the same order give
// the same summary.
func (t *Tally) Summary(about About) Summary {
	s := Summary{
		About: about, Commits: t.commits, Lines: t.lines, Locked: t.locked, Total: t.total,
		Labelled: t.labelled, Guesses: t.guesses, Compared: t.compared.summary(), Signals: t.allSignals(),
	}
	if t.commits > 0 {
		s.Oldest, s.Newest = t.oldest.UTC().Format(time.DateOnly), t.newest.UTC().Format(time.DateOnly)
	}
	for _, tier := range policy.Tiers() {
		s.Tiers = append(s.Tiers, *t.tiers[tier])
	}
	for key, n := range t.rules {
		s.Rules = append(s.Rules, Rule{key.rule, key.place, key.tier, n})
	}
	for _, lock := range t.locks {
		s.Locks = append(s.Locks, *lock)
	}
	for word, n := range t.unseen {
		s.NotExamined = append(s.NotExamined, Count{word, n})
	}
	s.sort()
	return s
}

// allSignals gives every signal, also those that never fired: a signal that is
// silent over a whole history is worth knowing.
func (t *Tally) allSignals() []Signal {
	var all []Signal
	for _, known := range signal.All() {
		s := Signal{ID: known.ID}
		if seen := t.signals[known.ID]; seen != nil {
			s = *seen
		}
		all = append(all, s)
	}
	return all
}

func (s *Summary) sort() {
	slices.SortFunc(s.Rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Tier, b.Tier))
	})
	slices.SortFunc(s.Locks, func(a, b Lock) int { return cmp.Or(cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.Rule, b.Rule)) })
	slices.SortFunc(s.Signals, func(a, b Signal) int { return cmp.Or(cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.ID, b.ID)) })
	slices.SortFunc(s.NotExamined, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.Word, b.Word)) })
}
