package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/task"
)

func documentationSignal() Signal {
	return Signal{
		ID:      string(Documentation),
		Summary: "a file is prose for people, or a comment in code has changed",
		Why:     "a mistake in prose is seen by its reader and breaks nothing",
		Example: "-// Gives the summ of both.\n+// Gives the sum of both.",
		Fix:     "name prose that machines obey under paths: of a must_frontier: entry",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Docs},
		Fire:    fireDocumentation,
	}
}

// fireDocumentation also fires beside code whose comments have changed: a file
// that is documentation by its comments stays so when it gains code.
func fireDocumentation(in Input) []Hit {
	var hits []Hit
	for i, f := range in.Change.Files {
		classes := in.classesOf(i)
		switch line, commented := in.firstComment(f); {
		case slices.Equal(classes, []Class{Documentation}) && in.byComments(i):
			hits = append(hits, Hit{Signal: string(Documentation), File: f.Path, Line: line, Text: "only comments changed"})
		case slices.Contains(classes, Documentation):
			hits = append(hits, Hit{Signal: string(Documentation), File: f.Path, Text: "its path says documentation"})
		case commented && slices.Contains(classes, Code):
			hits = append(hits, Hit{Signal: string(Documentation), File: f.Path, Line: line, Text: "comments changed"})
		}
	}
	return hits
}

// byComments says that a file would be code by its path, and is documentation
// because nothing but its comments has changed.
func (in Input) byComments(i int) bool {
	f := in.Change.Files[i]
	return onlyComments(f) && slices.Equal(Classes(f, in.Marks), []Class{Code}) && in.proven(i).same().Code
}
