package pipeline

import (
	"bytes"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
)

// LintFile is one text to lint. Name is how findings name it. Place is where it
// lies, with all the folders above it, for somebody may stand in one of them;
// "" where the name says it.
type LintFile struct {
	Name  string
	Data  []byte
	Place string
}

// Lint reads every file by what it holds.
func Lint(files []LintFile, w lint.World) lint.Report {
	return LintCheckout{}.Lint(files, w)
}

// Lint reads every file by what it holds. What World has read already is not
// read again.
func (c LintCheckout) Lint(files []LintFile, w lint.World) lint.Report {
	reports := make([]lint.Report, len(files))
	each(len(files), func(i int) {
		f := files[i]
		if known, ok := c.read[f.Name]; ok && bytes.Equal(known.data, f.Data) {
			reports[i] = known.workflow.Check(known.findings, w)
			return
		}
		if lintsAsWorkflow(f) {
			reports[i] = lint.CheckWorkflow(f.Name, f.Data, w)
			return
		}
		reports[i] = lint.CheckPolicy(f.Name, f.Data, w)
	})
	return lint.Join(reports...)
}

// LintAll is Lint, with what a change of the policy does where the policy
// itself is not among the files.
func (c LintCheckout) LintAll(files []LintFile, w lint.World) lint.Report {
	r := c.Lint(files, w)
	change := w.PolicyChange
	if change == nil || slices.ContainsFunc(files, func(f LintFile) bool { return f.Name == change.Policy }) {
		return r
	}
	return lint.Join(r, change.CheckChange(w))
}

// Named gives a path from the root as findings name it, from the current
// folder.
func (c LintCheckout) Named(file string) string {
	if c.Folder == "" {
		return file
	}
	return strings.Repeat("../", strings.Count(c.Folder, "/")+1) + file
}

// lintsAsWorkflow goes by the place, since what lies among the workflows was
// meant to be one, and elsewhere by what the file holds.
func lintsAsWorkflow(f LintFile) bool {
	return isWorkflowPath(f.Name) || isWorkflowPath(f.Place) || isActionPath(f.Name) || lint.SubjectOf(f.Data) == lint.OfWorkflow
}

// LintSources gives the texts for excerpts.
func LintSources(files []LintFile) []lint.Source {
	sources := make([]lint.Source, len(files))
	for i, f := range files {
		sources[i] = lint.NewSource(f.Name, f.Data)
	}
	return sources
}

// readWorkflow is a workflow of the repository, read once for the rules of
// other files and for its own.
type readWorkflow struct {
	data     []byte
	workflow lint.Workflow
	findings diag.Findings
}

// readLintWorkflows reads those files that are workflows or composite actions.
func readLintWorkflows(files []LintFile) map[string]readWorkflow {
	read := make([]readWorkflow, len(files))
	each(len(files), func(i int) {
		if f := files[i]; isWorkflowPath(f.Name) || isActionPath(f.Name) || isAgenticPath(f.Name) {
			read[i].data = f.Data
			read[i].workflow, read[i].findings = lint.ReadWorkflow(f.Name, f.Data)
		}
	})
	byName := map[string]readWorkflow{}
	for _, r := range read {
		if r.data != nil {
			byName[r.workflow.Name] = r
		}
	}
	return byName
}

// workflowsOf gives those that could be read, in the order of their names.
// What cannot be read is reported where it is linted.
func workflowsOf(read map[string]readWorkflow) *[]lint.Workflow {
	all := []lint.Workflow{}
	for _, name := range slices.Sorted(maps.Keys(read)) {
		if w := read[name].workflow; w.File != nil {
			all = append(all, w)
		}
	}
	return &all
}

// each does what is to be done for every place of a list, on all processors.
func each(n int, do func(i int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
