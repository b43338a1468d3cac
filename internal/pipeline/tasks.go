package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// resolve turns a task's name into the catalogue's entry, or into the custom
// task that the policy describes, its prompt read at the base.
func (w *Work) resolve(ctx context.Context, id string) (task.Task, error) {
	row, listed := w.Policy.Task(id)
	if listed && row.Custom != nil {
		return w.custom(ctx, row)
	}
	t, ok := task.Find(id)
	if !ok {
		return task.Task{}, usage("unknown task %q, expected one of %s", id, strings.Join(w.taskNames(), ", "))
	}
	if !listed {
		return task.Task{}, usage("task %q has no row under tasks: in %s; add one", id, w.Policy.Name)
	}
	t.CriticalPath = t.CriticalPath || row.CriticalPath
	return t, nil
}

func (w *Work) taskNames() []string {
	var names []string
	for _, t := range task.All() {
		names = append(names, t.ID)
	}
	for _, row := range w.Policy.Tasks {
		if !slices.Contains(names, row.ID) {
			names = append(names, row.ID)
		}
	}
	slices.Sort(names)
	return names
}

func (w *Work) custom(ctx context.Context, row policy.Task) (task.Task, error) {
	prompt, err := w.read(ctx, row, row.Custom.Prompt)
	if err != nil {
		return task.Task{}, err
	}
	var schema []byte
	if row.Custom.Schema != "" {
		if schema, err = w.read(ctx, row, row.Custom.Schema); err != nil {
			return task.Task{}, err
		}
	}
	t, err := task.NewCustom(task.CustomSpec{
		ID: row.ID, Kind: row.Custom.Kind, Prompt: string(prompt), Schema: schema,
		Failures: row.Custom.Failures, CriticalPath: row.CriticalPath,
	})
	if err != nil {
		return task.Task{}, usage("%s: task %s: %v", row.Pos, row.ID, err)
	}
	return t, nil
}

func (w *Work) read(ctx context.Context, row policy.Task, path string) ([]byte, error) {
	if row.Custom.From != "" {
		return w.readExtended(ctx, row, path)
	}
	if w.ReadBase == nil {
		return nil, usage("task %s needs %s at the base, and there is no base here", row.ID, path)
	}
	data, found, err := w.ReadBase(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("read %s for task %s: %w", path, row.ID, err)
	}
	if !found {
		return nil, usage("%s: task %s names %s, which is not there at the base", row.Pos, row.ID, path)
	}
	return data, nil
}
