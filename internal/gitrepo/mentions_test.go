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

func mustMentions(t testing.TB, r *Repo, limit int, names ...string) map[string][]string {
	t.Helper()
	found, err := r.Mentions(context.Background(), "HEAD", names, limit)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestMentionsFindsWholeWords(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("a/use.go", "x := Parse(y)\nz := Parse(y)\n")
	s.write("b.py", "from x import Parse, ParseFile\n")
	s.write("c.txt", "Parser _Parse Parse2 parse reParse\n")
	s.write("d.css", ".nav-bar { }\n")
	s.write("e.bin", "\x00 Parse")
	s.write("я\nb\t.go", "ParseFile")
	if err := os.Symlink("Parse", filepath.Join(s.dir, "link")); err != nil {
		t.Fatal(err)
	}
	s.commit("files")
	s.write("b.py", "changed and not committed")
	hostileConfig(s)
	r := s.open()
	want := map[string][]string{
		"Parse": {"a/use.go", "b.py"}, "ParseFile": {"b.py", "я\nb\t.go"}, "nav": {"d.css"}, "nav-bar": {"d.css"},
	}
	got := mustMentions(t, r, 9, "Parse", "ParseFile", "nav", "nav-bar", "none", "Parse", ".*", "Pars", "")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestMentionsIsBounded(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for _, name := range []string{"a", "b", "c"} {
		s.write(name, strings.Repeat("Rare Common\n", 1000))
	}
	s.commit("files")
	want := map[string][]string{"Common": {"a", "b"}, "Rare": {"a", "b"}}
	if diff := cmp.Diff(want, mustMentions(t, s.open(), 2, "Rare", "Common")); diff != "" {
		t.Error(diff)
	}
}

func TestNamesThatStandInNoLineStartNothing(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "x\ny")
	r := s.open()
	r.git.path = "/none/git"
	for _, names := range [][]string{nil, {""}, {"x\ny"}, {"x\x00"}, {strings.Repeat("x", maxName+1)}} {
		if got := mustMentions(t, r, 9, names...); len(got) != 0 {
			t.Errorf("%.40q: %v", names, got)
		}
	}
}

func TestMentionsFailsWithItsRevisionOrContext(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "x")
	r := s.open()
	for _, rev := range []string{"none", "--open-files-in-pager=touch x", ""} {
		if _, err := r.Mentions(context.Background(), rev, []string{"x"}, 1); err == nil {
			t.Errorf("%q passes", rev)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Mentions(ctx, "HEAD", []string{"x"}, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestMentionsDoesNotPassOverWhatItCannotRead(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("a", "x here")
	s.write("b", "x there")
	s.commit("files")
	blob := s.git("rev-parse", "HEAD:a")
	if err := os.Remove(filepath.Join(s.dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	r := s.open()
	for _, name := range []string{"x", "none"} {
		if found, err := r.Mentions(context.Background(), "HEAD", []string{name}, 9); err == nil {
			t.Errorf("%s: %v", name, found)
		}
	}
}
