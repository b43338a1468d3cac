package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func globUnused() Rule {
	const entry = "must_frontier:\n  - id: auth\n    why: a wrong check lets people in\n    paths: [%s]\n    signals: [auth]\n"
	tree := &Tree{Paths: []string{"README.md", "src/auth/login.ts"}}
	return Rule{
		ID:       "glob-unused",
		Severity: diag.Note,
		Summary:  "a pattern matches nothing in this repository",
		Why: "A folder was renamed, or the pattern has a slip in it: what it was meant to keep is open. " +
			"A pattern may also wait for a folder to come, so it is a note, unless its whole entry can hit nothing else.",
		Fix:    "Correct the pattern, or take it out.",
		Needs:  []Need{NeedsTree},
		Bad:    Example{Text: minimal(replaced(entry, `"src/authn/**"`)), World: World{Tree: tree}},
		Good:   Example{Text: minimal(replaced(entry, `"src/auth/**"`)), World: World{Tree: tree}},
		Policy: unusedGlobs,
	}
}

func unusedGlobs(p Policy, w World) []Hit {
	files, dirs := w.Tree.folded()
	var hits []Hit
	for _, e := range p.File.MustFrontier {
		idle := unmatched(p.items(e.Pos, "paths"), files)
		alone := len(idle) == len(e.Paths) && len(e.Content)+len(e.Signals)+len(e.Domains) == 0
		for _, n := range idle {
			h := p.onValue(n, "no file here matches %.60q: correct the pattern, or take it out", n.Text)
			if alone {
				h.As = diag.Warning
				h.Message += "; nothing else of this entry can hit"
			}
			hits = append(hits, h)
		}
	}
	if services := p.under("services"); services != nil {
		for _, n := range unmatched(services.Items, dirs) {
			h := p.onValue(n, "no folder here matches %.60q, so it tells no service: correct the pattern, or take it out", n.Text)
			h.As = diag.Warning
			hits = append(hits, h)
		}
	}
	return hits
}

func unmatched(patterns []*yamltree.Node, paths []glob.Folded) []*yamltree.Node {
	var idle []*yamltree.Node
	for _, n := range patterns {
		g, err := glob.Compile(n.Text)
		if err == nil && !anyMatch(g, paths) {
			idle = append(idle, n)
		}
	}
	return idle
}

func anyMatch(g glob.Pattern, paths []glob.Folded) bool {
	for _, path := range paths {
		if g.MatchFolded(path) {
			return true
		}
	}
	return false
}
