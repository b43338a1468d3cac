//go:build !image

package gitrepo

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// sandbox is a real repository in a folder of its own, with fixed dates.
type sandbox struct {
	t   testing.TB
	dir string
	day int
}

func newSandbox(t testing.TB) *sandbox {
	t.Helper()
	s := &sandbox{t: t, dir: t.TempDir()}
	s.git("init", "-q", "-b", "main")
	return s
}

// git runs git as a user would, apart from the code under test.
func (s *sandbox) git(args ...string) string {
	s.t.Helper()
	out, err := s.tryGit(args...)
	if err != nil {
		s.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSuffix(out, "\n")
}

func (s *sandbox) tryGit(args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"-C", s.dir}, args...)...)
	date := fmt.Sprintf("2026-01-%02dT12:00:00Z", s.day%28+1)
	cmd.Env = []string{
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "LC_ALL=C", "HOME=" + s.dir,
		"GIT_AUTHOR_NAME=Ann Author", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_AUTHOR_DATE=" + date,
		"GIT_COMMITTER_NAME=Carl Committer", "GIT_COMMITTER_EMAIL=carl@example.com", "GIT_COMMITTER_DATE=" + date,
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (s *sandbox) write(name, content string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// commit commits everything and gives the id.
func (s *sandbox) commit(message string) string {
	s.t.Helper()
	s.day++
	s.git("add", "-A")
	s.git("commit", "-q", "--allow-empty", "-m", message)
	return s.git("rev-parse", "HEAD")
}

func (s *sandbox) commitFile(name, content string) string {
	s.t.Helper()
	s.write(name, content)
	return s.commit("write " + filepath.Base(name))
}

func (s *sandbox) open() *Repo {
	s.t.Helper()
	return openAt(s.t, s.dir)
}

func openAt(t testing.TB, dir string) *Repo {
	t.Helper()
	r, err := Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// clone makes a clone with the given options.
func (s *sandbox) clone(options ...string) *sandbox {
	s.t.Helper()
	dir := filepath.Join(s.t.TempDir(), "copy")
	s.git(append(append([]string{"clone", "-q"}, options...), "file://"+s.dir, dir)...)
	return &sandbox{t: s.t, dir: dir, day: s.day}
}
