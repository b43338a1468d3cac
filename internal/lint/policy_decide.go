package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// assumed is the evidence of a program that sees no platform: what the policy
// claims counts.
func assumed() route.Evidence {
	return route.Evidence{Source: "assumed", RequiredReview: route.Assumed, ChecksProof: route.Assumed}
}

// taskOf builds the task of a row as a run would, but for the text of a prompt
// of the policy's own, which decides nothing.
func (w World) taskOf(row policy.Task) (task.Task, bool) {
	if row.Custom != nil {
		t, err := task.NewCustom(task.CustomSpec{
			ID: row.ID, Kind: row.Custom.Kind, Prompt: "decides nothing", Failures: row.Custom.Failures, CriticalPath: row.CriticalPath,
		})
		return t, err == nil
	}
	i := slices.IndexFunc(w.Known.Tasks, func(t task.Task) bool { return t.ID == row.ID })
	if i < 0 {
		return task.Task{}, false
	}
	t := w.Known.Tasks[i]
	t.CriticalPath = t.CriticalPath || row.CriticalPath
	return t, true
}

// uncaught gives the answers of the catch test, for a row below frontier,
// where nothing covers a way to be bad.
func (w World) uncaught(p Policy, row policy.Task, e route.Evidence) []route.CatchResult {
	t, ok := w.taskOf(row)
	if !ok || row.Tier >= policy.Frontier || t.Judges() {
		return nil
	}
	d := route.Decide(route.Input{Policy: p.File, TaskID: row.ID, Task: &t, Evidence: e})
	return slices.DeleteFunc(d.Catch.Results, func(r route.CatchResult) bool { return r.Catcher != "" })
}
