package signal

import "github.com/tierwise/tierwise/internal/task"

func ownersSignal() Signal {
	return Signal{
		ID:      string(Owners),
		Summary: "a file says who must approve what",
		Why:     "who edits it decides who reviews everything else",
		Example: ".github/CODEOWNERS, OWNERS",
		Fix:     "change the owners in a pull request of its own",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Fire:    classFire(Owners),
	}
}
