package lint

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
)

func mustFrontierEmpty() Rule {
	return Rule{
		ID:       "must-frontier-empty",
		Severity: diag.Warning,
		Summary:  "no subject must stay frontier",
		Why: "Every repository has a place where a bad output is too dear, whatever the task: who gets in, what is paid, what is stored. " +
			"Without the list nothing keeps a label or a row of the table from sending it to a cheap model.",
		Fix:    "List your own folders under must_frontier:, and the signals auth, payment and migration.",
		Bad:    Example{Text: minimal("")},
		Good:   Example{Text: minimal("must_frontier:\n  - { id: auth, why: a wrong check lets people in, signals: [auth] }\n")},
		Policy: emptyMustFrontier,
	}
}

func emptyMustFrontier(p Policy, _ World) []Hit {
	if len(p.File.MustFrontier) > 0 {
		return nil
	}
	return []Hit{p.onKey("must_frontier", "nothing must stay frontier: add entries for authentication, payments and schema, such as %s", subjects()[0].entry)}
}

func mustFrontierGap() Rule {
	const others = "  - { id: payments, why: money moves, signals: [payment] }\n  - { id: schema, why: there is no way back, signals: [migration] }\n"
	return Rule{
		ID:       "must-frontier-gap",
		Severity: diag.Note,
		Summary:  "no must-frontier entry speaks of authentication, of payments or of the schema",
		Why: "These three are where a small mistake is dear and late to be seen. An entry counts by its id, its signals, its domains, or by what its paths and content hit. " +
			"Where the files of the repository are known, a subject of which every file is covered, or that has none, is not asked for.",
		Fix:    "Add an entry, by signal or by your own paths.",
		Bad:    Example{Text: minimal("must_frontier:\n" + others)},
		Good:   Example{Text: minimal("must_frontier:\n  - { id: auth, why: a wrong check lets people in, signals: [auth] }\n" + others)},
		Policy: gapsOfMustFrontier,
	}
}

func gapsOfMustFrontier(p Policy, w World) []Hit {
	if len(p.File.MustFrontier) == 0 {
		return nil // must-frontier-empty says it
	}
	about := w.openFiles(p.File.MustFrontier)
	var hits []Hit
	for _, s := range subjects() {
		files := about[s.about]
		if slices.ContainsFunc(p.File.MustFrontier, s.spokenOf) || w.Tree != nil && len(files) == 0 {
			continue
		}
		h := p.onKey("must_frontier", "no entry speaks of %s: add one, such as %s", s.name, s.entry)
		if len(files) > 0 {
			h = p.onKey("must_frontier", "no entry speaks of %s, and %s and no other covers: add one, such as %s", s.name, looksLike(files), s.entry)
			h.As = diag.Warning
		}
		hits = append(hits, h)
	}
	return hits
}

// looksLike words that files look like a subject.
func looksLike(files []string) string {
	if len(files) == 1 {
		return fmt.Sprintf("%.60q looks like it", files[0])
	}
	return fmt.Sprintf("%d files such as %.60q look like it", len(files), files[0])
}
