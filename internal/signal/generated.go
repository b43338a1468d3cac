package signal

import "github.com/tierwise/tierwise/internal/task"

func generatedSignal() Signal {
	return Signal{
		ID:      string(Generated),
		Summary: "the base marks a file as generated",
		Why:     "generated code runs like any other; the mark only spares it from being sent",
		Example: "gen/api.pb.go, where .gitattributes says gen/** linguist-generated",
		Fix:     "take linguist-generated off the path in .gitattributes",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Feature},
		Fire:    classFire(Generated),
	}
}
