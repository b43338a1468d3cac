package weekly

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
)

// LeastToSuggest is how many reviewed runs of a task at a tier it takes before
// a move is suggested, and half is what the whole interval has to lie above.
const (
	LeastToSuggest = 10
	half           = 0.5
)

// placed is a task at a tier.
type placed struct {
	task string
	tier policy.Tier
}

// opinions counts what hindsight says of runs there. Locked runs are not among
// them: what is critical, must stay frontier or is judged is never lowered.
type opinions struct{ reviewed, cheaper, frontier int }

func (o *opinions) add(word ledger.Verdict) {
	o.reviewed++
	switch word {
	case ledger.Cheaper:
		o.cheaper++
	case ledger.Frontier:
		o.frontier++
	case ledger.Right:
	}
}

// suggest gives moves by hindsight, then by cost. Text says the evidence.
func suggest(heard map[placed]*opinions, locked map[string]bool, n *Numbers) []Suggestion {
	list := []Suggestion{}
	for _, p := range slices.SortedFunc(maps.Keys(heard), func(a, b placed) int { return cmp.Or(cmp.Compare(a.task, b.task), cmp.Compare(a.tier, b.tier)) }) {
		if s, ok := move(p, heard[p], locked[p.task]); ok {
			list = append(list, s)
		}
	}
	for _, e := range n.Escalations {
		if e.Dearer {
			list = append(list, Suggestion{
				Kind: "start-higher", Task: e.Task, From: e.From, To: e.To, Share: e.Share,
				Text: fmt.Sprintf("%s: %s of %s/%s escalated, and above %.0f %% a start at %s is cheaper: start there", e.Task, words(e.Share), e.Provider, e.Model, 100*max(0, e.Bound), e.To),
			})
		}
	}
	for _, m := range n.ModelCosts {
		if m.DearerThan != "" {
			list = append(list, Suggestion{
				Kind: "model", Task: m.Task, From: m.Provider + "/" + m.Model, To: m.DearerThan, Share: m.Success,
				Text: fmt.Sprintf("%s: a task on %s/%s costs $%s on average though its list price is lower; %s does it for less", m.Task, m.Provider, m.Model, m.Mean, m.DearerThan),
			})
		}
	}
	return list[:min(len(list), MaxGroups)]
}

// move is the one that hindsight suggests. A task of which any run was locked
// is never lowered.
func move(p placed, o *opinions, locked bool) (Suggestion, bool) {
	cheaper, frontier := share(o.cheaper, o.reviewed), share(o.frontier, o.reviewed)
	s := Suggestion{Task: p.task, From: tierName(p.tier)}
	switch {
	case o.reviewed < LeastToSuggest:
		return s, false
	case cheaper.Low > half && p.tier > policy.Efficient && !locked:
		s.Kind, s.To, s.Share = "lower", policy.Efficient.String(), cheaper
		s.Text = fmt.Sprintf("%s: %s of %s runs flagged cheaper: move to %s", p.task, words(cheaper), s.From, s.To)
	case frontier.Low > half && p.tier < policy.Frontier:
		s.Kind, s.To, s.Share = "raise", policy.Frontier.String(), frontier
		s.Text = fmt.Sprintf("%s: %s of %s runs flagged frontier: move to %s", p.task, words(frontier), s.From, s.To)
	default:
		return s, false
	}
	return s, true
}

// words is a share with its interval.
func words(s Share) string {
	return fmt.Sprintf("%d of %d (95 %% interval %.0f–%.0f %%)", s.Hits, s.Of, 100*s.Low, 100*s.High)
}
