package signal

import "github.com/tierwise/tierwise/internal/task"

func assetSignal() Signal {
	return Signal{
		ID:      string(Asset),
		Summary: "a file is an image or a font",
		Why:     "it is shown and never run; its bytes cannot be read line by line",
		Example: "web/logo.png, fonts/inter.woff2",
		Fix:     "keep files that a program reads by their bytes under another extension",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Docs},
		Fire:    classFire(Asset),
	}
}
