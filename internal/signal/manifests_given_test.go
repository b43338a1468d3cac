package signal

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
)

func TestManifestsThatAreGivenChangeNoFact(t *testing.T) {
	t.Parallel()
	files := []change.File{{Path: "a/x.go", Status: change.Modified}, {Path: "b/y.go", Status: change.Modified}}
	for name, tree := range map[string][]string{
		"two services":   {"README.md", "a/go.mod", "a/x.go", "b/go.mod", "b/y.go"},
		"one service":    {"a/x.go", "b/y.go", "go.mod"},
		"no manifest":    {"a/x.go", "b/y.go"},
		"nothing at all": {},
	} {
		in := Input{HasChange: true, Change: change.Change{Files: files}, Tree: tree}
		want := Measure(in)
		in.Manifests = slices.DeleteFunc(append([]string{}, tree...), func(path string) bool { return !IsManifest(path) })
		if diff := cmp.Diff(want, Measure(in)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}
