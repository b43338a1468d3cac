package signal

import "github.com/tierwise/tierwise/internal/task"

func documentationSignal() Signal {
	return Signal{
		ID:      string(Documentation),
		Summary: "a file is prose for people",
		Why:     "a mistake in prose is seen by its reader and breaks nothing",
		Fix:     "name prose that machines obey under paths: of a must_frontier: entry",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Docs},
		Fire:    classFire(Documentation),
	}
}
