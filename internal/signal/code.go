package signal

import "github.com/tierwise/tierwise/internal/task"

func codeSignal() Signal {
	return Signal{
		ID:      string(Code),
		Summary: "a file is code, or may be",
		Why:     "code runs, and in doubt a file is code",
		Example: "server/list.go, or any file that no other class knows",
		Fix:     "where the base knows better, mark the path in .gitattributes (linguist-generated, linguist-vendored, linguist-documentation)",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Feature},
		Fire:    classFire(Code),
	}
}
