package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// pipelineGone fires on a file of a CI system that is one no longer.
func pipelineGone(f change.File) string {
	switch {
	case f.Status == change.Removed && slices.ContainsFunc(f.Paths(), startsChecks):
		return "a pipeline was deleted"
	case f.Status == change.Renamed && startsChecks(f.OldPath) && !isWorkflow(splitPath(f.Path)):
		return "a pipeline was moved to where nothing runs it"
	}
	return ""
}

// startsChecks leaves out the scripts beside a pipeline, which fail it when
// they are missed, and actions whose path names no check.
func startsChecks(path string) bool {
	p := splitPath(path)
	if !isWorkflow(p) || p.hasExt(".sh", ".py", ".js", ".ts", ".json", ".txt", ".rb", ".go") {
		return false
	}
	if !p.named("action.yml", "action.yaml") && !p.in(".github/actions") {
		return true
	}
	return slices.ContainsFunc(wordsOf(path, nil), func(w string) bool {
		return slices.Contains(strings.Fields(pipelineChecks), w)
	})
}
