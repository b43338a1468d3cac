package policy

import (
	"slices"
	"strings"
)

func (m *merger) override() Override {
	if m.own.leavesOut("override") {
		return m.org.Override
	}
	a, b := m.org.Override, m.own.Override
	return Override{
		Labels: mergeLabels(a.Labels, b.Labels),
		Allow:  both(a.Allow, b.Allow), Bots: both(a.Bots, b.Bots),
		SelfLower: a.SelfLower && b.SelfLower, RequireReason: a.RequireReason || b.RequireReason,
		Pos: firstPlace(b.Pos, a.Pos),
	}
}

// mergeLabels lets a label lower what both policies let it lower, to the
// higher of the two tiers. All else that either says of a label stays, and
// only raises.
func mergeLabels(org, own []Label) []Label {
	var labels []Label
	for _, b := range own {
		for _, a := range org {
			if l, ok := shared(a, b); ok {
				labels = append(labels, l)
			}
		}
	}
	for _, l := range slices.Concat(own, org) {
		if !slices.ContainsFunc(labels, func(k Label) bool { return k.covers(l) }) {
			l.OnlyRaises = true
			labels = append(labels, l)
		}
	}
	return labels
}

// shared is what two labels have in common: a name, and the tasks that both
// reach.
func shared(a, b Label) (Label, bool) {
	if !strings.EqualFold(a.Name, b.Name) || a.Task != b.Task && a.Task != "" && b.Task != "" {
		return Label{}, false
	}
	l := b
	if a.Tier > b.Tier {
		l.Tier, l.Pos = a.Tier, a.Pos
	}
	if l.Task == "" {
		l.Task = a.Task
	}
	l.OnlyRaises = a.OnlyRaises || b.OnlyRaises
	return l, true
}

// covers says that a label raises wherever another one does, as far.
func (l Label) covers(other Label) bool {
	return strings.EqualFold(l.Name, other.Name) && l.Tier >= other.Tier && (l.Task == "" || l.Task == other.Task)
}
