//go:build !image

package gitrepo

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWorkTreeListsWhatLiesThere(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write(".gitignore", "out/\n")
	s.commitFile("kept", "1")
	s.write("out/ignored", "1")
	s.write("dir/new\nline", "1")
	s.write("ä", "1")
	r := openAt(t, filepath.Join(s.dir, "dir"))
	got, err := r.WorkTree(context.Background())
	if diff := cmp.Diff([]string{".gitignore", "dir/new\nline", "kept", "ä"}, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if got, err := newSandbox(t).open().WorkTree(context.Background()); err != nil || len(got) > 0 {
		t.Errorf("an empty checkout gives %q, %v", got, err)
	}
}
