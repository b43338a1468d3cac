package signal

import "github.com/tierwise/tierwise/internal/task"

func translationSignal() Signal {
	return Signal{
		ID:      string(Translation),
		Summary: "a file holds the words of a program in one language",
		Why:     "people read it and nothing runs it; a wrong placeholder shows only in that language",
		Example: "locales/de.json, po/fr.po, res/values-it/strings.xml",
		Fix:     "keep code out of the files of a language",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Fire:    classFire(Translation),
	}
}
