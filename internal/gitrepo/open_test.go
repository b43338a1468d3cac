//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestOpenFindsTheRootFromASubfolder(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("a/b/c.txt", "x")
	r := openAt(t, filepath.Join(s.dir, "a", "b"))
	if want, err := filepath.EvalSymlinks(s.dir); err != nil || r.Root() != want {
		t.Errorf("got %q, want %q, %v", r.Root(), want, err)
	}
	if r.Name() != filepath.Base(r.Root()) {
		t.Errorf("name %q", r.Name())
	}
}

func TestOpenSaysWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for name, dir := range map[string]string{
		"a plain folder": t.TempDir(), "no folder": filepath.Join(t.TempDir(), "none"), "the git folder of a checkout": filepath.Join(s.dir, ".git"),
	} {
		if _, err := Open(context.Background(), dir); !errors.Is(err, ErrNoCheckout) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenWithoutGitSaysSo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Open(context.Background(), t.TempDir()); !errors.Is(err, ErrNoGit) {
		t.Errorf("got %v", err)
	}
}

func TestTheNameShowsNothingOfThePassword(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.git("config", "remote.origin.url", "https://user:hunter2@example.com/owner/name.git")
	if name := s.open().Name(); name != "owner/name" {
		t.Errorf("got %q", name)
	}
	s.git("config", "remote.origin.url", "https://user:hunter2@example.com:x/owner/name.git")
	if r := s.open(); r.Name() != filepath.Base(r.Root()) {
		t.Errorf("got %q", r.Name())
	}
}

func TestNamesComeFromAddressesInEveryForm(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://github.com/owner/name.git":              "owner/name",
		"https://github.com/owner/name/":                 "owner/name",
		"https://x-access-token:abc@github.com/o/n":      "o/n",
		"https://github.com/o/n?token=abc#frag":          "o/n",
		"git@github.com:owner/name.git":                  "owner/name",
		"github.com:owner/na.me.git":                     "owner/na.me",
		"ssh://git@host.example:2222/owner/name.git":     "owner/name",
		"https://gitlab.example/group/sub/name.git":      "group/sub/name",
		"file:///srv/git/owner/name.git":                 "",
		"/srv/git/owner/name.git":                        "",
		"../owner/name":                                  "",
		`C:\git\owner\name`:                              "",
		"https://host.example/name":                      "",
		"https://host.example/../name":                   "",
		"https://host.example/user:secret@x/name":        "",
		"https://user:p@ss@word%zz@host.example/o/n.git": "",
		"":                               "",
		"https://host/o/n\x1b[31m":       "",
		"https://host/o/<b>n":            "",
		"https://host/secret%40token/na": "",
	} {
		if got := nameOf(address); got != want {
			t.Errorf("%q gives %q, want %q", address, got, want)
		}
	}
}

func TestTheHostIsThatOfTheName(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://github.com/owner/name.git":               "github.com",
		"https://user:hunter2@GitHub.com:8443/owner/name": "github.com",
		"git@github.com:owner/name.git":                   "github.com",
		"ssh://git@host.example:2222/owner/name.git":      "host.example",
		"/srv/git/owner/name.git":                         "",
		"https://host.example/name":                       "",
		"a@b@evil\x1b[31m:owner/name":                     "",
	} {
		if got := hostOf(address); got != want {
			t.Errorf("%q gives %q, want %q", address, got, want)
		}
	}
}

func TestTheEnvironmentIsOursAndGitVariablesAreDropped(t *testing.T) {
	t.Parallel()
	env := environment([]string{"PATH=/bin", "GIT_DIR=/elsewhere", "git_ssh=x", "LC_ALL=de_DE.UTF-8"}, "/root")
	for _, pair := range []string{"PATH=/bin", "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_CONFIG_VALUE_0=/root"} {
		if !slices.Contains(env, pair) {
			t.Errorf("%s is missing", pair)
		}
	}
	if slices.Contains(env, "GIT_DIR=/elsewhere") || slices.Contains(env, "git_ssh=x") {
		t.Errorf("git's own variables pass: %q", env)
	}
	if slices.Index(env, "LC_ALL=C") < slices.Index(env, "LC_ALL=de_DE.UTF-8") {
		t.Error("the caller's language wins")
	}
}

func TestAFolderOfAnotherUserIsReadable(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "x")
	if err := os.Chown(s.dir, 4242, 4242); err != nil {
		t.Skip("only root can give a folder away: ", err)
	}
	if out, err := s.tryGit("status"); err == nil || !strings.Contains(out, "dubious ownership") {
		t.Skipf("this git does not care who owns a folder: %v %s", err, out)
	}
	if _, err := s.open().Tree(context.Background(), "HEAD"); err != nil {
		t.Error(err)
	}
}

// stub makes a program that takes git's place.
func stub(t *testing.T, script string) program {
	t.Helper()
	path := filepath.Join(t.TempDir(), "git")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return program{path: path, dir: t.TempDir(), env: []string{"PATH=/usr/bin:/bin"}}
}

func TestCancellingKillsGit(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := stub(t, "exec sleep 60").run(ctx, 10, "log")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestTooMuchOutputIsAnErrorAndNotCut(t *testing.T) {
	t.Parallel()
	p := stub(t, "echo 0123456789")
	if out, err := p.run(context.Background(), 10, "log"); err == nil || out != nil {
		t.Errorf("got %q, %v", out, err)
	}
	if out, err := p.run(context.Background(), 11, "log"); err != nil || string(out) != "0123456789\n" {
		t.Errorf("got %q, %v", out, err)
	}
}

func TestGitsComplaintIsCleanedAndBounded(t *testing.T) {
	t.Parallel()
	p := stub(t, `printf 'fatal: \033[31mbad\r\n::error::x \377' >&2; head -c 100000 /dev/zero | tr '\0' y >&2; exit 3`)
	_, err := p.run(context.Background(), 10, "log")
	if !exited(err, 3) {
		t.Fatalf("got %v", err)
	}
	if text := err.Error(); !strings.Contains(text, "fatal: [31mbad ::error::x") || len(text) > 500 || strings.ContainsAny(text, "\x1b\r\n") {
		t.Errorf("got %q", text)
	}
}

func TestAStubThatCannotStartIsAnError(t *testing.T) {
	t.Parallel()
	p := program{path: filepath.Join(t.TempDir(), "none"), dir: t.TempDir(), env: []string{"X=1"}}
	if _, err := open(context.Background(), p, nil); err == nil || errors.Is(err, ErrNoCheckout) {
		t.Errorf("got %v", err)
	}
}
