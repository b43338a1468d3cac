package signal

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// maxSharedNames bounds the names that are looked for at the base.
const maxSharedNames = 20

// SharedNames gives the names that others may use and whose declarations the
// change removes or alters: sorted, no duplicates, at most 20. Who looks for
// their users looks in all files of the base, those of the change too.
func SharedNames(in Input) []string {
	altered := in.altered()
	names := make([]string, 0, maxSharedNames)
	for _, a := range altered[:min(len(altered), maxSharedNames)] {
		names = append(names, a.name)
	}
	return names
}

// alteration is a declaration that a change takes away, or puts another in the
// place of.
type alteration struct {
	name  string
	line  int      // in the first of the files
	files []string // that declared it
}

// altered gives the alterations in the order of their names.
func (in Input) altered() []alteration {
	byName := map[string]*alteration{}
	var all []*alteration
	for _, f := range in.Change.Files {
		path := f.Paths()[len(f.Paths())-1] // removed lines stand in the old file
		if !in.touches(f, path) {
			continue
		}
		eachRemoved(f, splitPath(path).ext, func(name string, line int) {
			a := byName[name]
			if a == nil {
				a = &alteration{name: name, line: line}
				byName[name] = a
				all = append(all, a)
			}
			if !slices.Contains(a.files, path) && len(a.files) < 2 {
				a.files = append(a.files, path)
			}
		})
	}
	sorted := make([]alteration, len(all))
	for i, a := range all {
		sorted[i] = *a
	}
	slices.SortFunc(sorted, func(a, b alteration) int { return cmp.Compare(a.name, b.name) })
	return sorted
}

// eachRemoved gives the declarations on removed lines, except where the same
// block has the same text again: such a line was moved in, not taken away.
func eachRemoved(f change.File, ext string, give func(name string, line int)) {
	for h := range f.Hunks {
		for lines := range blocksOf(f.Hunks[h].Lines) {
			again := sync.OnceValue(func() map[string]bool { return addedTexts(lines) })
			for _, l := range lines {
				if l.Op != change.Delete {
					continue
				}
				if name := declaredSymbol(ext, l.Text); shareable(name, l.Text) && !again()[strings.TrimSpace(l.Text)] {
					give(name, l.OldLine)
				}
			}
		}
	}
}

func addedTexts(block []change.Line) map[string]bool {
	texts := map[string]bool{}
	for _, l := range block {
		if l.Op == change.Add {
			texts[strings.TrimSpace(l.Text)] = true
		}
	}
	return texts
}

const minShared = 4

// shareable leaves out names that a search would find everywhere: short ones,
// and members with a common word for a name.
func shareable(name, text string) bool {
	const common = 8
	if len(name) < minShared {
		return false
	}
	indented := text[0] == ' ' || text[0] == '\t'
	return !indented || len(name) >= common || strings.ToLower(name) != name || strings.Contains(name, "_")
}
