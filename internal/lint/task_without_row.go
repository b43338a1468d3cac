package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func taskWithoutRow() Rule {
	return Rule{
		ID:       "task-without-row",
		Severity: diag.Warning,
		Summary:  "a label, an entry or a test names a task that has no row under tasks:",
		Why:      "A task without a row does not run: whatever is said of it elsewhere in the policy has no effect.",
		Fix:      "Give the task a row under tasks:, or take its name out.",
		Bad:      Example{Text: minimal("tasks:\n  docs: { tier: efficient, caught_by: [required-review] }\noverride:\n  labels: { \"tier:tests=frontier\": { tests: frontier } }\n")},
		Good:     Example{Text: minimal("tasks:\n  tests: { tier: mid, caught_by: [required-review, { required-checks: [test] }] }\noverride:\n  labels: { \"tier:tests=frontier\": { tests: frontier } }\n")},
		Policy:   tasksWithoutRows,
	}
}

func tasksWithoutRows(p Policy, _ World) []Hit {
	var hits []Hit
	report := func(n *yamltree.Node, id, effect string) {
		if _, ok := p.File.Task(id); n == nil || id == "" || ok {
			return
		}
		hits = append(hits, p.onValue(n, "task %s has no row under tasks, so %s: add the row, or take this out", id, effect))
	}
	for _, l := range p.File.Override.Labels {
		if n := p.under("override", "labels", l.Name); n != nil && p.owns(l.Pos) && len(n.Entries) == 1 {
			e := n.Entries[0]
			report(&yamltree.Node{Pos: e.Pos, Kind: yamltree.Scalar, Text: e.Key}, l.Task, "this label does nothing")
		}
	}
	for _, entry := range p.File.MustFrontier {
		for _, n := range p.items(entry.Pos, "tasks") {
			report(n, n.Text, "the entry does not reach it")
		}
	}
	for _, test := range p.File.Tests {
		if p.owns(test.Pos) {
			report(child(p.nodeAt(test.Pos), "task"), test.Task, "the test decides about nothing that runs")
		}
	}
	return hits
}

// items gives the scalars of a list in a part of the policy that stands in
// this file.
func (p Policy) items(pos diag.Position, key string) []*yamltree.Node {
	if !p.owns(pos) {
		return nil
	}
	list := child(p.nodeAt(pos), key)
	if list == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(list.Items), func(n *yamltree.Node) bool { return n.Kind != yamltree.Scalar })
}

// lowers says that a label may ask for less than frontier.
func lowers(l policy.Label) bool { return l.Tier < policy.Frontier }
