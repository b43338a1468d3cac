// Package workflow reads a GitHub workflow or composite action as a value that
// knows the position of everything in it, and finds the steps in it that call
// models. It is pure; what it cannot read is a finding with a place.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
package workflow

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// File is one workflow, or one composite action, whose steps then stand in a
// job without an id.
type File struct {
	Name        string // the path as read
	Root        *yamltree.Node
	Title       string // name:
	Action      bool   // a composite action
	On          []Trigger
	Permissions *yamltree.Node // nil where it says nothing
	Concurrency *yamltree.Node // nil where it says nothing
	Env         []yamltree.Entry
	Jobs        []Job
	// Generated says that a compiler wrote the file from another one, so that
	// a change in it is lost.
	Generated bool
	// Body is the prompt of a workflow in Markdown, nil for any other file.
	Body *yamltree.Node

	source source
}

// Trigger is one event under on:. Node is its settings, nil where it has none.
type Trigger struct {
	Event string
	Pos   diag.Position
	Node  *yamltree.Node
}

// Job is one entry of jobs:. Uses is set for a call of another workflow, which
// has no steps.
type Job struct {
	ID          string
	Name        string
	Pos         diag.Position // of its key
	Node        *yamltree.Node
	If          *yamltree.Node
	Uses        *yamltree.Node
	With        []yamltree.Entry
	Permissions *yamltree.Node
	Concurrency *yamltree.Node
	Env         []yamltree.Entry
	Steps       []Step

	written *written // once it has been asked for
}

// Step is one step of a job. Either Uses or Run is set.
type Step struct {
	ID   string
	Name string
	Pos  diag.Position
	Node *yamltree.Node
	If   *yamltree.Node
	Uses *yamltree.Node
	With []yamltree.Entry
	Run  *yamltree.Node
	Env  []yamltree.Entry
}

// Parse reads a workflow or a composite action. It is lenient about what does
// not matter to the calls of models: checking the whole form is the work of a
// general linter. A nil file has findings that say why.
func Parse(name string, data []byte) (*File, diag.Findings) {
	if front, body, ok := frontMatter(data); ok {
		return parseMarkdown(name, data, front, body)
	}
	root, findings := yamltree.ParseAnchored(name, data)
	if root == nil {
		return nil, findings
	}
	f := read(name, root)
	if f == nil {
		return nil, append(findings, diag.Finding{
			Position: root.Pos, Severity: diag.Error, ID: "not-a-workflow",
			Message: "this is neither a workflow (on: and jobs:) nor a composite action (runs: with steps:)",
		})
	}
	f.source = newSource(name, data)
	f.Generated = f.source.generated()
	return f, findings
}

// Is says whether a tree looks like a workflow or a composite action.
func Is(root *yamltree.Node) bool {
	return get(root, "jobs") != nil || get(get(root, "runs"), "steps") != nil
}

// Triggered gives the trigger for an event, nil where the workflow does not
// run on it.
func (f *File) Triggered(event string) *Trigger {
	for i := range f.On {
		if f.On[i].Event == event {
			return &f.On[i]
		}
	}
	return nil
}

// Value gives the value of a key of a list of entries, nil where it is not there.
func Value(entries []yamltree.Entry, key string) *yamltree.Node {
	for _, e := range entries {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}
