package lint

import (
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/signal"
)

// folded gives the files, and the folders above them, ready to be matched.
func (t *Tree) folded() (files, dirs []glob.Folded) {
	t.folding.Do(func() {
		seen := map[string]bool{}
		for _, path := range t.Paths {
			t.files = append(t.files, glob.FoldPath(path))
			for i := len(path) - 1; i > 0; i-- {
				if path[i] != '/' {
					continue
				}
				if seen[path[:i]] {
					break // and so are the folders above it
				}
				seen[path[:i]] = true
				t.dirs = append(t.dirs, glob.FoldPath(path[:i]))
			}
		}
	})
	return t.files, t.dirs
}

// about sorts the files that look like a subject.
func (t *Tree) about() map[signal.Subject][]string {
	t.sorting.Do(func() {
		t.subjects = map[signal.Subject][]string{}
		for _, path := range t.Paths {
			if s := signal.SubjectOf(path, signal.Marks{}); s != "" {
				t.subjects[s] = append(t.subjects[s], path)
			}
		}
	})
	return t.subjects
}
