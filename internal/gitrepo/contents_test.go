//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func contentsOf(t testing.TB, r *Repo) *Contents {
	t.Helper()
	c, err := r.Contents(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func readFrom(t testing.TB, r *Repo, rev, name string) (string, bool, error) {
	t.Helper()
	id, err := r.commit(context.Background(), rev)
	if err != nil {
		t.Fatal(err)
	}
	content, found, err := contentsOf(t, r).Read(id, name)
	return string(content), found, err
}

func TestContentsReadsRegularFilesAlone(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("top", "at the top")
	s.write("dir/sub dir/a:b", "no newline at the end")
	s.write("dir/empty", "")
	s.write("dir/new\nline", "x")
	s.write("carriage\r/a", "x")
	s.write("q\"я\t", "odd")
	s.write("run.sh", "#!")
	if err := os.Chmod(filepath.Join(s.dir, "run.sh"), 0o700); err != nil { //nolint:gosec // the mode is what is tested
		t.Fatal(err)
	}
	for name, target := range map[string]string{"link": "top", "linked": "dir", "out": "/etc/passwd"} {
		if err := os.Symlink(target, filepath.Join(s.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	id := s.commit("files")
	s.git("update-index", "--add", "--cacheinfo", "160000,"+id+",module")
	id = s.commit("with a submodule")
	c := contentsOf(t, s.open())
	for name, want := range map[string]string{
		"top": "at the top", "dir/sub dir/a:b": "no newline at the end", "dir/empty": "", "q\"я\t": "odd", "run.sh": "#!",
	} {
		if got, found, err := c.Read(id, name); string(got) != want || !found || err != nil {
			t.Errorf("%q: %q, %v, %v", name, got, found, err)
		}
	}
	for _, name := range []string{
		"", "none", "dir", "dir/", "dir/none", "none/none", "link", "linked/empty", "out", "module", "module/x", "top/x",
		"../top", "/top", "./top", "dir/new\nline", "top\n" + id + ":top", "carriage\r/a", "carriage/a", "a\x00b",
	} {
		if got, found, err := c.Read(id, name); found || err != nil {
			t.Errorf("%q: %q, %v, %v", name, got, found, err)
		}
	}
}

func TestContentsRefusesLargeFilesAndGoesOn(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("large", strings.Repeat("x", maxContent+1))
	s.write("full", strings.Repeat("x", maxContent))
	id := s.commit("files")
	c := contentsOf(t, s.open())
	if _, found, err := c.Read(id, "large"); found || !errors.Is(err, ErrTooBig) {
		t.Errorf("%v, %v", found, err)
	}
	if got, found, err := c.Read(id, "full"); len(got) != maxContent || !found || err != nil {
		t.Errorf("%d bytes, %v, %v", len(got), found, err)
	}
}

func TestContentsTakesIDsAlone(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id := s.commitFile("a", "1")
	c := contentsOf(t, s.open())
	for _, rev := range []string{"", "HEAD", "main", id[:12], id + "\n", "-p", strings.ToUpper(id)} {
		if _, _, err := c.Read(rev, "a"); err == nil {
			t.Errorf("%q passes", rev)
		}
	}
	for _, rev := range []string{strings.Repeat("1", 40), "4b825dc642cb6eb9a060e54bf8d69288fbee4904"} {
		if _, found, err := c.Read(rev, "a"); found || err != nil {
			t.Errorf("%s: %v, %v", rev, found, err)
		}
	}
}

func TestContentsEndsWithItsContextOrClose(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id := s.commitFile("a", "1")
	ctx, cancel := context.WithCancel(context.Background())
	c, err := s.open().Contents(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for range 2 {
		if _, _, err := c.Read(id, "a"); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if err := c.Close(); !errors.Is(err, context.Canceled) {
		t.Errorf("close: %v", err)
	}
	c = contentsOf(t, s.open())
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if _, _, err := c.Read(id, "a"); !errors.Is(err, errClosed) {
		t.Errorf("got %v", err)
	}
}
