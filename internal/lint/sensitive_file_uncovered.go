package lint

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// maxFolders bounds the folders that one finding names.
const maxFolders = 3

func sensitiveFileUncovered() Rule {
	const entry = "must_frontier:\n  - { id: auth, why: a wrong check lets people in, paths: [%s] }\n"
	tree := &Tree{Paths: []string{"README.md", "src/auth/login.ts", "src/sso/saml.ts"}}
	return Rule{
		ID:       "sensitive-file-uncovered",
		Severity: diag.Warning,
		Summary:  "files look like authentication, payments or migrations, and no must-frontier entry covers them",
		Why: "The list names the folders of the day on which it was written. A file that is about the same and stands elsewhere goes to a cheap model. " +
			"A file is covered by a path, or by a signal or a domain that its path alone brings.",
		Fix:    "Add the folder to paths: of the entry, or the signal (auth, payment, migration), which finds files wherever they stand.",
		Needs:  []Need{NeedsTree},
		Bad:    Example{Text: minimal(replaced(entry, `"src/auth/**"`)), World: World{Tree: tree}},
		Good:   Example{Text: minimal(replaced(entry, `"src/{auth,sso}/**"`)), World: World{Tree: tree}},
		Policy: uncoveredFiles,
	}
}

func uncoveredFiles(p Policy, w World) []Hit {
	if len(p.File.MustFrontier) == 0 {
		return nil // must-frontier-empty says it
	}
	about := w.openFiles(p.File.MustFrontier)
	var hits []Hit
	for _, s := range subjects() {
		open := about[s.about]
		if len(open) == 0 || !slices.ContainsFunc(p.File.MustFrontier, s.spokenOf) {
			continue // where no entry speaks of it, must-frontier-gap does
		}
		hits = append(hits, p.onKey("must_frontier", "by their paths %s like %s, and no entry covers them (%s): add the folders to paths, or the signal %s",
			looking(len(open)), s.about, folders(open), s.signals[0]))
	}
	return hits
}

func looking(n int) string {
	if n == 1 {
		return "1 file looks"
	}
	return counted(n, "file") + " look"
}

// covered says that a change of the file alone hits an entry.
func covered(entries []policy.MustFrontier, file string) bool {
	folded := glob.FoldPath(file)
	for _, e := range entries {
		if slices.ContainsFunc(e.Paths, func(g glob.Pattern) bool { return g.MatchFolded(folded) }) {
			return true
		}
	}
	fires := signal.ByPath(file, signal.Marks{})
	return slices.ContainsFunc(entries, func(e policy.MustFrontier) bool {
		return slices.ContainsFunc(fires, func(id string) bool {
			return slices.Contains(e.Signals, id) ||
				len(e.Domains) > 0 && slices.ContainsFunc(signal.Adds(id), func(d task.Domain) bool { return slices.Contains(e.Domains, d) })
		})
	})
}

// folders names the folders of files, those with most of them first.
func folders(files []string) string {
	counts := map[string]int{}
	for _, f := range files {
		counts[path.Dir(f)]++
	}
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	var parts []string
	for _, name := range names[:min(len(names), maxFolders)] {
		parts = append(parts, fmt.Sprintf("%d in %.60q", counts[name], name))
	}
	if more := len(names) - maxFolders; more > 0 {
		parts = append(parts, counted(more, "more folder"))
	}
	return strings.Join(parts, ", ")
}
