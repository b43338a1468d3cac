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
// them.
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

// suggest gives moves by hindsight, then by cost. Text says the evidence, Patch
// how the policy would change, and Kept what hindsight wants lower and the
// policy keeps.
func (c *count) suggest(n *Numbers) []Suggestion {
	list := []Suggestion{}
	for _, p := range slices.SortedFunc(maps.Keys(c.heard), func(a, b placed) int { return cmp.Or(cmp.Compare(a.task, b.task), cmp.Compare(a.tier, b.tier)) }) {
		s, ok := c.move(p, c.heard[p])
		if !ok {
			continue
		}
		if s.Kind == "lower" {
			if why := c.kept(p.task); why != "" {
				n.Kept = append(n.Kept, Kept{p.task, s.From, s.To, s.Share, why})
				continue
			}
			if c.s.options.Assumed {
				s.Text += "; that a bad output would be caught is assumed from the policy, look at the branch's rules"
			}
		}
		list = append(list, s)
	}
	for _, e := range n.Escalations {
		if e.Dearer && c.higher(e) {
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
	list = list[:min(len(list), MaxGroups)]
	for i := range list {
		list[i].Patch = c.patch(list[i])
	}
	return list
}

// kept says why a task must not be suggested lower. That some run of it was
// locked is one reason, and what the policy says now is another.
func (c *count) kept(task string) string {
	switch {
	case c.locked[task]:
		return "runs of it were locked: critical path or must-frontier"
	case c.s.options.Keep == nil:
		return "no policy is at hand to say whether it may"
	}
	return c.s.options.Keep(task, policy.Efficient)
}

// higher says that a start there is above where the policy places the task now:
// the runs may be older than its tier, and records may say anything.
func (c *count) higher(e Escalation) bool {
	var from, to policy.Tier
	if from.UnmarshalText([]byte(e.From)) != nil || to.UnmarshalText([]byte(e.To)) != nil || to <= from {
		return false
	}
	return c.s.options.Placed == nil || to > c.s.options.Placed(e.Task)
}

func (c *count) patch(s Suggestion) string {
	to := policy.Frontier
	if err := to.UnmarshalText([]byte(s.To)); err != nil || c.s.options.Patch == nil {
		return "" // another model is a choice of the pool's
	}
	return c.s.options.Patch(s.Kind, s.Task, to)
}

// move is the one that hindsight suggests.
func (c *count) move(p placed, o *opinions) (Suggestion, bool) {
	cheaper, frontier := share(o.cheaper, o.reviewed), share(o.frontier, o.reviewed)
	s := Suggestion{Task: p.task, From: tierName(p.tier)}
	switch {
	case o.reviewed < LeastToSuggest:
		return s, false
	case cheaper.Low > half && p.tier > policy.Efficient:
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
