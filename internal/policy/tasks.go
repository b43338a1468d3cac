package policy

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// tasks reads the rows of tasks:. A row without a tier has that of default:,
// and frontier where the task is on the critical path. In a file that extends
// another one it has none, and takes over that of the other.
func (r *reader) tasks(n *yamltree.Node, fallback Tier) []Task {
	if !r.is(n, yamltree.Mapping, "tasks") {
		return nil
	}
	// The names first: a typing mistake in one row may be the custom task of
	// another.
	for _, e := range n.Entries {
		if _, builtIn := r.known.task(e.Key); !builtIn && isCustom(e.Value) {
			r.custom = append(r.custom, e.Key)
		}
	}
	var rows []Task
	for _, e := range n.Entries {
		if row, ok := r.task(e, fallback); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// isCustom tells a row of the policy's own task by its prompt.
func isCustom(n *yamltree.Node) bool { return lookup(n, "prompt") != nil }

func lookup(n *yamltree.Node, key string) *yamltree.Node {
	for _, e := range n.Entries {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}

func (r *reader) task(e yamltree.Entry, fallback Tier) (Task, bool) {
	builtIn, known := r.known.task(e.Key)
	switch {
	case isBaseURL(e.Key):
		return Task{}, false
	case known && isCustom(e.Value):
		r.report(e.Pos, idBuiltInTask, "task %q is built in with its own prompt; a task with another one needs another name", e.Key)
		return Task{}, false
	case known:
		return r.builtInTask(e, builtIn, fallback), true
	case isCustom(e.Value):
		return r.customTask(e, fallback), true
	default:
		r.report(e.Pos, idUnknownTask, "unknown task %s; a task of your own needs a prompt", expected(e.Key, r.taskIDs()))
		return Task{}, false
	}
}

func (r *reader) builtInTask(e yamltree.Entry, builtIn task.Task, fallback Tier) Task {
	s := r.section(e.Value, "task "+e.Key, "tier", "critical_path", "caught_by")
	judges := builtIn.CriticalPath || builtIn.Kind == task.Judges
	return r.row(e, s, judges, fallback)
}

func (r *reader) customTask(e yamltree.Entry, fallback Tier) Task {
	s := r.section(e.Value, "task "+quoted(e.Key), "+prompt", "schema", "+kind", "tier", "critical_path", "caught_by", "failures")
	if !isID(e.Key) {
		r.report(e.Pos, idInvalidName, "task %s, expected lower-case words joined by hyphens", quoted(e.Key))
	}
	custom := &Custom{
		Prompt: r.path(s.get("prompt"), "prompt"),
		Schema: r.path(s.get("schema"), "schema"),
		Kind:   task.Kind(r.word(s.get("kind"), "kind", idUnknownValue, kindWords())),
		Failures: r.each(r.list(s.get("failures"), "failures"), func(item *yamltree.Node) string {
			return r.id(item, "failure")
		}),
	}
	if custom.Failures == nil {
		custom.Failures = []string{"misleading"}
	}
	row := r.row(e, s, custom.Kind == task.Judges, fallback)
	row.Custom = custom
	return row
}

// row reads what every task has. A task that judges is on the critical path
// whatever its row says, and a row that says otherwise is refused.
func (r *reader) row(e yamltree.Entry, s section, judges bool, fallback Tier) Task {
	row := Task{ID: e.Key, Pos: e.Pos, CaughtBy: r.catchers(s.get("caught_by"))}
	row.CriticalPath = r.flag(s.get("critical_path"), "critical_path", judges)
	if judges && !row.CriticalPath {
		r.report(s.get("critical_path").Pos, idCriticalPath, "task %q judges, so it is on the critical path; leave critical_path out", e.Key)
	}
	row.Tier = r.taskTier(s.get("tier"), e.Key)
	switch {
	case row.CriticalPath && row.Tier != 0 && row.Tier != Frontier:
		r.report(s.get("tier").Pos, idCriticalPath, "task %q is on the critical path, which is frontier; tier %s does not go with it", e.Key, row.Tier)
	case row.CriticalPath:
		row.Tier = Frontier
	case row.Tier == 0 && !r.partial:
		row.Tier = fallback
	}
	return row
}

func (r *reader) taskTier(n *yamltree.Node, id string) Tier {
	if r.hasLocal(id) {
		return r.anyTier(n)
	}
	return r.tier(n, "task "+quoted(id))
}

// catchers reads caught_by: words, and required-checks with its names. It is
// nil where there is no such key, and not where the list is empty.
func (r *reader) catchers(n *yamltree.Node) []Catcher {
	if n == nil {
		return nil
	}
	catchers := []Catcher{}
	seen := map[task.Catcher]diag.Position{}
	for _, item := range r.optionalList(n, "caught_by") {
		c := r.catcher(item)
		if c.Kind == "" {
			continue
		}
		if _, again := seen[c.Kind]; again {
			r.report(item.Pos, idDuplicate, "catcher %q stands in the list twice", string(c.Kind))
			continue
		}
		seen[c.Kind] = item.Pos
		catchers = append(catchers, c)
	}
	return catchers
}

func (r *reader) catcher(n *yamltree.Node) Catcher {
	checks := string(task.CatcherRequiredChecks)
	if n.Kind == yamltree.Mapping {
		s := r.section(n, "a catcher", "+"+checks)
		names := r.texts(s.get(checks), checks)
		if len(names) == 0 {
			return Catcher{}
		}
		return Catcher{Kind: task.CatcherRequiredChecks, Checks: names, Pos: n.Pos}
	}
	if n.Kind == yamltree.Scalar && n.Text == checks {
		r.report(n.Pos, idUnknownCatcher, "catcher %s needs the names of the checks: { %s: [test] }", checks, checks)
		return Catcher{}
	}
	return Catcher{Kind: task.Catcher(r.word(n, "catcher", idUnknownCatcher, catcherWords())), Pos: n.Pos}
}
