//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func filesOfEveryKind(t *testing.T) *sandbox {
	t.Helper()
	s := newSandbox(t)
	s.write("dir/file.txt", "at the first\n")
	s.write("empty", "")
	s.write("limit", strings.Repeat("x", maxFile))
	s.write("over", strings.Repeat("x", maxFile+1))
	if err := os.Symlink("dir/file.txt", filepath.Join(s.dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("dir", filepath.Join(s.dir, "dirlink")); err != nil {
		t.Fatal(err)
	}
	first := s.commit("first")
	s.write("dir/file.txt", "at the second\n")
	s.git("add", "-A")
	s.git("update-index", "--add", "--cacheinfo", "160000,"+first+",sub")
	s.git("commit", "-q", "-m", "second")
	return s
}

func TestFilesAreReadAtTheirRevision(t *testing.T) {
	t.Parallel()
	r := filesOfEveryKind(t).open()
	for _, test := range []struct {
		rev, path, want string
		found           bool
	}{
		{"HEAD~1", "dir/file.txt", "at the first\n", true},
		{"HEAD", "dir/file.txt", "at the second\n", true},
		{"HEAD^{tree}", "dir/file.txt", "at the second\n", true},
		{"HEAD", "empty", "", true},
		{"HEAD", "limit", strings.Repeat("x", maxFile), true},
		{"HEAD", "none", "", false},
		{"HEAD", "dir/none", "", false},
		{"HEAD", "dir*", "", false},
		{"HEAD", ":(glob)**", "", false},
		{"HEAD", "sub/x", "", false},
		{"HEAD", "dirlink/file.txt", "", false},
		{"HEAD", "dir/file.txt/x", "", false},
		{"HEAD", "-x", "", false},
	} {
		content, found, err := r.File(context.Background(), test.rev, test.path)
		if err != nil || found != test.found || string(content) != test.want {
			t.Errorf("%s %s: %d bytes, %t, %v", test.rev, test.path, len(content), found, err)
		}
	}
}

func TestWhatIsNoRegularFileIsRefused(t *testing.T) {
	t.Parallel()
	r := filesOfEveryKind(t).open()
	for path, want := range map[string]string{
		"link": "symlink", "dirlink": "symlink", "sub": "submodule", "dir": "folder", "over": "8 MiB",
		"../x": "out of the repository", "/etc/passwd": "out of the repository", "": "out of the repository", "dir/": "out of the repository",
	} {
		content, found, err := r.File(context.Background(), "HEAD", path)
		if err == nil || found || content != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %d bytes, %t, %v", path, len(content), found, err)
		}
	}
	if _, _, err := r.File(context.Background(), "none", "dir/file.txt"); !errors.Is(err, ErrNoCommit) {
		t.Errorf("no revision: %v", err)
	}
	if _, _, err := r.File(context.Background(), "-x", "dir/file.txt"); err == nil {
		t.Error("an option passes as a revision")
	}
}

func TestTreeListsEveryFile(t *testing.T) {
	t.Parallel()
	s := filesOfEveryKind(t)
	r := openAt(t, filepath.Join(s.dir, "dir"))
	got, err := r.Tree(context.Background(), "HEAD")
	want := []string{"dir/file.txt", "dirlink", "empty", "limit", "link", "over", "sub"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if got, err := r.Tree(context.Background(), "4b825dc642cb6eb9a060e54bf8d69288fbee4904"); err != nil || len(got) != 0 {
		t.Errorf("the empty tree: %q, %v", got, err)
	}
	if _, err := r.Tree(context.Background(), "--all"); err == nil {
		t.Error("an option passes as a revision")
	}
}

func TestACancelledContextStopsEveryCall(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	r := s.open()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, changeErr := r.Change(ctx, "HEAD", "HEAD")
	_, baseErr := r.DefaultBase(ctx, "HEAD")
	_, _, fileErr := r.File(ctx, "HEAD", "a")
	_, treeErr := r.Tree(ctx, "HEAD")
	_, openErr := Open(ctx, s.dir)
	for _, err := range []error{changeErr, baseErr, fileErr, treeErr, openErr} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}
