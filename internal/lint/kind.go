package lint

import (
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// SubjectOf tells a workflow from a policy by what the file holds. A file
// that is neither is read as a policy, whose parser says what it lacks.
func SubjectOf(data []byte) Subject {
	if workflow.IsMarkdown(data) {
		return OfWorkflow
	}
	root, _ := yamltree.ParseAnchored("", data)
	if root != nil && workflow.Is(root) {
		return OfWorkflow
	}
	return OfPolicy
}
