package signal

import "strings"

func coChange() Signal {
	return Signal{
		ID:      "co-change",
		Summary: "a file changes that has nearly always changed together with others",
		Why:     "what changes together hangs together, though no line says so; a change of one alone may be half a change",
		Example: "pay/charge.go changes, and in 9 of its last 10 changes mail/receipt.go changed too",
		Fix:     "look at the files that it names; those that changed together by chance fall below the bound with time",
		Needs:   []Need{NeedsDiff, NeedsHistory},
		Fire:    fireCoChange,
	}
}

// fireCoChange fires whether the companions are in the change or not: touching
// one must not silence the signal.
func fireCoChange(in Input) []Hit {
	if in.Together == nil {
		return nil
	}
	var hits []Hit
	changed := in.changedPaths()
	told := map[string]bool{}
	for _, f := range in.Change.Files {
		for _, path := range f.Paths() {
			if companions := in.Together[path]; len(companions) > 0 && !told[path] && in.touches(f, path) {
				told[path] = true
				hits = append(hits, Hit{Signal: "co-change", File: path, Text: companionsText(companions, changed)})
			}
		}
	}
	return hits
}

func companionsText(companions []string, changed map[string]bool) string {
	texts := make([]string, len(companions))
	for i, path := range companions {
		texts[i] = path
		if !changed[path] {
			texts[i] += " (not in this change)"
		}
	}
	return "used to change together with " + strings.Join(texts, ", ")
}
