package pipeline

import (
	"runtime"
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/workflow"
)

// LintFile is one text to lint. Name is how findings name it.
type LintFile struct {
	Name string
	Data []byte
}

// Lint reads every file by what it holds.
func Lint(files []LintFile, w lint.World) lint.Report {
	reports := make([]lint.Report, len(files))
	each(len(files), func(i int) {
		f := files[i]
		if lintsAsWorkflow(f) {
			reports[i] = lint.CheckWorkflow(f.Name, f.Data, w)
			return
		}
		reports[i] = lint.CheckPolicy(f.Name, f.Data, w)
	})
	return lint.Join(reports...)
}

// lintsAsWorkflow goes by what the file holds, and by its place where it holds
// neither form: what lies among the workflows was meant to be one.
func lintsAsWorkflow(f LintFile) bool {
	return lint.SubjectOf(f.Data) == lint.OfWorkflow || isWorkflowPath(f.Name) || isActionPath(f.Name)
}

// LintSources gives the texts for excerpts.
func LintSources(files []LintFile) []lint.Source {
	sources := make([]lint.Source, len(files))
	for i, f := range files {
		sources[i] = lint.NewSource(f.Name, f.Data)
	}
	return sources
}

// workflowsOf reads those files that are workflows or composite actions. What
// cannot be read is left out: it is reported where it is linted.
func workflowsOf(files []LintFile) []lint.Workflow {
	read := make([]*lint.Workflow, len(files))
	each(len(files), func(i int) {
		f := files[i]
		if !isWorkflowPath(f.Name) && !isActionPath(f.Name) {
			return
		}
		if file, _ := workflow.Parse(f.Name, f.Data); file != nil {
			read[i] = &lint.Workflow{Source: lint.NewSource(f.Name, f.Data), File: file, Calls: file.Calls()}
		}
	})
	all := []lint.Workflow{}
	for _, w := range slices.DeleteFunc(read, func(w *lint.Workflow) bool { return w == nil }) {
		all = append(all, *w)
	}
	return all
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
