package signal

import "github.com/tierwise/tierwise/internal/task"

func vendoredSignal() Signal {
	return Signal{
		ID:      string(Vendored),
		Summary: "the base marks a file as copied from elsewhere",
		Why:     "a copied dependency runs like any other code; the mark only spares it from being sent",
		Example: "lib/jquery.js, where .gitattributes says lib/** linguist-vendored",
		Fix:     "take linguist-vendored off the path in .gitattributes",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Feature},
		Fire:    classFire(Vendored),
	}
}
