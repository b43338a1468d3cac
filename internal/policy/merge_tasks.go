package policy

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
)

// tasks gives the rows of both, the repository's first.
func (m *merger) tasks() []Task {
	var rows []Task
	for _, own := range m.own.Tasks {
		org, shared := m.org.Task(own.ID)
		if !shared {
			if own.Tier == 0 {
				own.Tier = m.defaultTier()
			}
			rows = append(rows, own)
			continue
		}
		rows = append(rows, m.task(org, own))
	}
	for _, org := range m.org.Tasks {
		if _, shared := m.own.Task(org.ID); !shared {
			org.Custom = org.Custom.In(m.org.Name)
			rows = append(rows, org)
		}
	}
	return rows
}

// defaultTier is for rows of the repository that leave their tier to
// default:.
func (m *merger) defaultTier() Tier {
	if m.own.leavesOut("default") {
		return m.org.Default
	}
	return max(m.org.Default, m.own.Default)
}

// task merges two rows of one task. Its place is that of the row that made the
// tier.
func (m *merger) task(org, own Task) Task {
	row := own
	if org.Tier > own.Tier || org.CriticalPath && !own.CriticalPath {
		row.Tier, row.Pos = org.Tier, org.Pos
	}
	if row.CriticalPath = org.CriticalPath || own.CriticalPath; row.CriticalPath {
		row.Tier = Frontier
	}
	row.CaughtBy = m.caughtBy(org, own)
	row.Custom = m.custom(org, own)
	return row
}

// custom is what the task is, which may be said once: two prompts under one
// name are two tasks.
func (m *merger) custom(org, own Task) *Custom {
	if !org.Custom.same(own.Custom) {
		m.report(own.Pos, diag.Error, idExtendsTask, "task %q is described at %s too, and otherwise; give this one another name", own.ID, org.Pos)
	}
	return org.Custom.In(m.org.Name)
}

// In gives the description with the policy whose it is, if that was not said
// before.
func (c *Custom) In(name string) *Custom {
	if c == nil || c.From != "" {
		return c
	}
	copied := *c
	copied.From = name
	return &copied
}

func (c *Custom) same(d *Custom) bool {
	if c == nil || d == nil {
		return c == d
	}
	return c.Prompt == d.Prompt && c.Schema == d.Schema && c.Kind == d.Kind && slices.Equal(c.Failures, d.Failures)
}

// caughtBy gives the catchers that both name. Of required checks all are
// wanted that either names.
func (m *merger) caughtBy(org, own Task) []Catcher {
	if m.own.Extends != nil && own.CaughtBy == nil {
		return org.CaughtBy
	}
	catchers := []Catcher{}
	for _, c := range own.CaughtBy {
		i := slices.IndexFunc(org.CaughtBy, func(o Catcher) bool { return o.Kind == c.Kind })
		if i < 0 {
			continue
		}
		if c.Kind == task.CatcherRequiredChecks {
			c.Checks = unite(org.CaughtBy[i].Checks, c.Checks)
		}
		catchers = append(catchers, c)
	}
	return catchers
}

// unite joins two lists; what stands in both stands there once. A list without
// a name proves nothing, and joined with others it must not begin to.
func unite(a, b []string) []string {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	list := slices.Clone(a)
	for _, word := range b {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}
