package lint

import (
	"iter"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// modelled gives the calls whose model is known, one for each model that a
// call may name: literals behind an expression, the legs of a matrix, the file
// of the repository that the agent reads.
func (f Workflow) modelled(w World) iter.Seq[workflow.Call] {
	return func(yield func(workflow.Call) bool) {
		seen := map[shared]bool{}
		for _, c := range f.calls(w) {
			if c.Model == nil {
				if named, ok := w.configured(c); ok {
					c.Model = &named
					if !yield(c) {
						return
					}
				}
				continue
			}
			for _, m := range c.Models {
				one, ok := f.calledWith(c, m)
				if !ok || m.Shared && again(seen, one) {
					continue
				}
				if !yield(one) {
					return
				}
			}
		}
	}
}

// shared is what a rule may say of a model that several calls read at one
// place.
type shared struct {
	pos                    diag.Position
	text, when, task, name string
	elsewhere, pinned      bool
}

// again says whether the same has been said of a model before.
func again(seen map[shared]bool, c workflow.Call) bool {
	is := shared{c.Model.Pos, c.Model.Text, c.Model.When, c.Task, c.Name(), c.Elsewhere, c.Pinned}
	known := seen[is]
	seen[is] = true
	return known
}

// calledWith is a call with one of the models that it may name.
func (f Workflow) calledWith(c workflow.Call, m workflow.Named) (workflow.Call, bool) {
	if m.When != "" && c.Agent.ID == "gh-aw" {
		return c, false // the compiler wrote it, and nobody chose it
	}
	if m.Matrix && f.variesByMatrix(c) {
		c.Task = "" // each leg may do another
	}
	c.Model = &m
	return c, true
}

// variesByMatrix says whether what a step does, and not its model alone, is
// another in each run of its job.
func (f Workflow) variesByMatrix(c workflow.Call) bool {
	return remember(f.memory, func(m *memory) map[*workflow.Step]bool { return m.varies }, c.Step, func() bool {
		told := []string{c.Step.Name, c.Job.Name}
		for _, n := range append(prompts(c), c.Step.If, c.Job.If, c.Step.Run) {
			if n != nil {
				told = append(told, n.Text)
			}
		}
		own := strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(c.Model.Text, " ", ""), "${{"), "}}")
		return slices.ContainsFunc(told, func(text string) bool {
			return strings.Contains(strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), own, ""), "matrix.")
		})
	})
}

// besideFrontier says whether a call is one of several in a matrix of which
// another one has a frontier model.
func (w World) besideFrontier(c workflow.Call) bool {
	if !c.Model.Matrix {
		return false
	}
	return slices.ContainsFunc(c.Models, func(n workflow.Named) bool {
		if !n.Matrix {
			return false
		}
		c.Model = &n
		m, ok := w.calledOf(c)
		return ok && m.facts.Class == policy.Frontier
	})
}

// configured gives the model that the agent's own file in the repository
// names.
func (w World) configured(c workflow.Call) (workflow.Named, bool) {
	file, text, ok := w.config(c)
	if !ok {
		return workflow.Named{}, false
	}
	id, _ := workflow.InJSON(text, c.Agent.ConfigKeys)
	return workflow.Named{Text: id, Pos: c.Pos, End: c.End, File: file, Shared: true}, id != ""
}

// config gives the agent's own file in the repository, where it has been read
// and is what it should be.
func (w World) config(c workflow.Call) (file, text string, ok bool) {
	if len(c.Agent.ConfigKeys) == 0 || len(c.Agent.Config) == 0 {
		return "", "", false
	}
	file = c.Agent.Config[0]
	if text, ok = w.Configs[file]; !ok {
		return "", "", false
	}
	_, err := workflow.InJSON(text, c.Agent.ConfigKeys)
	return file, text, err == nil
}

// ConfigFiles lists the files of a repository that World.Configs is about.
func ConfigFiles() []string {
	var files []string
	for _, a := range workflow.Agents() {
		if len(a.ConfigKeys) > 0 && !slices.Contains(files, a.Config[0]) {
			files = append(files, a.Config[0])
		}
	}
	return files
}

// envOf gives a variable as a step sees it: its own, its job's, the file's.
func (f Workflow) envOf(c workflow.Call, name string) *yamltree.Node {
	for _, entries := range [][]yamltree.Entry{c.Step.Env, c.Job.Env, f.File.Env} {
		if n := workflow.Value(entries, name); n != nil {
			return n
		}
	}
	return nil
}
