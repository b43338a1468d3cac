package backtest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// PastChange is an earlier change that two policies are asked about. Number is
// that of its pull request, 0 where it is not known. Its title is a stranger's.
type PastChange struct {
	Number int
	SHA    string
	Title  string
}

// Verdict is what the policy before and the one after say of one task on one
// change. Task is "" for a brief that the table places.
type Verdict struct {
	Task                    string
	Before, After           route.Decision
	BeforeSpend, AfterSpend Spend
}

// ChangeAbout says what was looked at, and on what it rests.
type ChangeAbout struct {
	Repository    string
	Policy        string // its path
	Before, After string // where each was read
	Since         string // YYYY-MM-DD, "" where no date bounds it
	Source        string // "the history" or "the platform"
	Tasks         []string
	Evidence      string // as in About
	PricesChecked string
	Notes         []string
	// Stopped says why not all was looked at that was meant to be; "" where it
	// was.
	Stopped string
	// Requests is how many the platform was sent, 0 where none.
	Requests int
	Same     bool // nothing of the policy changes: nothing was compared
}

// ChangeSummary is what a change of the policy would have done.
type ChangeSummary struct {
	ChangeAbout
	Changes  int // looked at
	Moved    int // of which at least one task moves
	Locked   int // verdicts that the policy after locks and the one before does not
	Unlocked int // the other way round
	// The amounts are over the verdicts whose cost is known by both; Outside
	// counts the others.
	Cost, OtherCost money.Nano
	Inside, Outside int
	Moves           []TaskMove
	Falls           []Fall
}

// Difference is what the policy after costs more; it may be negative.
func (s ChangeSummary) Difference() money.Nano { return s.OtherCost - s.Cost }

// TaskMove is the changes on which one task goes to another tier.
type TaskMove struct {
	Task     string
	From, To policy.Tier
	Changes  int
	// Difference is what they cost more at To, over the Inside of them whose
	// cost is known by both.
	Difference money.Nano
	Inside     int
	Examples   []PastChange
}

// Fall is one case of must_frontier that would no longer be kept: a change on
// which an entry held a task at frontier, and on which nothing would lock that
// task any more.
type Fall struct {
	PastChange
	Entry string // its id
	Tasks []string
	To    policy.Tier // the lowest tier that one of the tasks would go to
	// File, Line and Text are what the entry hit first.
	File string
	Line int
	Text string
}

// ChangeTally collects verdicts, one change after the other.
type ChangeTally struct {
	sum   ChangeSummary
	moves map[moveKey]*TaskMove
}

type moveKey struct {
	task     string
	from, to policy.Tier
}

// NewChangeTally is empty.
func NewChangeTally() *ChangeTally { return &ChangeTally{moves: map[moveKey]*TaskMove{}} }

// Add counts one change.
func (t *ChangeTally) Add(c PastChange, verdicts []Verdict) {
	c.Title = strings.Clone(c.Title)
	t.sum.Changes++
	moved := false
	for _, v := range verdicts {
		moved = t.verdict(c, v) || moved
	}
	if moved {
		t.sum.Moved++
	}
	t.sum.Falls = append(t.sum.Falls, falls(c, verdicts)...)
}

func (t *ChangeTally) verdict(c PastChange, v Verdict) (moved bool) {
	switch {
	case v.After.Locked && !v.Before.Locked:
		t.sum.Locked++
	case v.Before.Locked && !v.After.Locked:
		t.sum.Unlocked++
	}
	difference, known := t.spend(v)
	if v.Before.Tier == v.After.Tier {
		return false
	}
	key := moveKey{v.Task, v.Before.Tier, v.After.Tier}
	m := t.moves[key]
	if m == nil {
		m = &TaskMove{Task: key.task, From: key.from, To: key.to}
		t.moves[key] = m
	}
	m.Changes++
	m.Difference += difference
	if known {
		m.Inside++
	}
	if len(m.Examples) < DefaultExamples {
		m.Examples = append(m.Examples, c)
	}
	return true
}

func (t *ChangeTally) spend(v Verdict) (money.Nano, bool) {
	before, known := v.BeforeSpend.comparable()
	after, alsoKnown := v.AfterSpend.comparable()
	if !known || !alsoKnown {
		t.sum.Outside++
		return 0, false
	}
	t.sum.Inside++
	t.sum.Cost += before
	t.sum.OtherCost += after
	return after - before, true
}

// falls gives one case for each entry that held a task of the change which
// nothing locks any more.
func falls(c PastChange, verdicts []Verdict) []Fall {
	var list []Fall
	for _, v := range verdicts {
		if !v.Before.Locked || v.After.Locked {
			continue
		}
		for _, r := range v.Before.Reasons {
			entry, ok := strings.CutPrefix(r.Rule, "must-frontier/")
			if !ok || !r.Lock {
				continue
			}
			i := slices.IndexFunc(list, func(f Fall) bool { return f.Entry == entry })
			if i < 0 {
				i = len(list)
				list = append(list, Fall{PastChange: c, Entry: entry, To: v.After.Tier, File: strings.Clone(r.File), Line: r.Line, Text: strings.Clone(r.Text)})
			}
			if list[i].To = min(list[i].To, v.After.Tier); !slices.Contains(list[i].Tasks, v.Task) {
				list[i].Tasks = append(list[i].Tasks, v.Task)
			}
		}
	}
	return list
}

// Summary gives the numbers so far. The same verdicts in the same order give
// the same summary.
func (t *ChangeTally) Summary(about ChangeAbout) ChangeSummary {
	s := t.sum
	s.ChangeAbout = about
	s.Falls = slices.Clone(s.Falls)
	for _, m := range t.moves {
		s.Moves = append(s.Moves, *m)
	}
	slices.SortFunc(s.Moves, func(a, b TaskMove) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(b.Changes, a.Changes), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return s
}
