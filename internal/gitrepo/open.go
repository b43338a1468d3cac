//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// Repo is one local checkout or bare repository. It is read only and safe for use at once by
// several goroutines.
type Repo struct {
	git     program
	root    string
	name    string
	host    string
	shallow bool // the history was cut when the checkout was opened
	limit   int  // of one commit of a history, in bytes
}

// Open finds the checkout or the bare repository that dir lies in. env is what git may see of the
// caller's environment ("NAME=value"), such as PATH and HOME where git is a
// wrapper script; git needs none of it, and GIT_ variables are dropped. The
// error is ErrNoGit or ErrNoCheckout where one of these is the reason.
func Open(ctx context.Context, dir string, env ...string) (*Repo, error) {
	path, err := exec.LookPath("git")
	if errors.Is(err, exec.ErrNotFound) {
		return nil, ErrNoGit
	}
	if err != nil {
		return nil, fmt.Errorf("find git: %w", err)
	}
	return open(ctx, program{path: path, dir: dir}, env)
}

// OpenHistory finds the repository that dir lies in, also one without a work
// tree, as a mirror is: its history is all there. The root of such a one is
// its git folder.
func OpenHistory(ctx context.Context, dir string, env ...string) (*Repo, error) {
	r, err := Open(ctx, dir, env...)
	if err == nil || !errors.Is(err, ErrNoCheckout) {
		return r, err
	}
	git := program{dir: dir}
	if git.path, err = exec.LookPath("git"); err != nil {
		return nil, ErrNoGit
	}
	git.env = environment(env, "*")
	text, err := git.line(ctx, "rev-parse", "--is-bare-repository", "--is-shallow-repository", "--absolute-git-dir")
	lines := strings.SplitN(text, "\n", 3)
	if err != nil || len(lines) != 3 || lines[0] != "true" {
		return nil, fmt.Errorf("open %.200q: %w", dir, ErrNoCheckout)
	}
	root := lines[2]
	git.dir, git.env = root, environment(env, root)
	return &Repo{git: git, root: root, name: filepath.Base(root), shallow: lines[1] == "true"}, nil
}

// open asks for the root first, with every folder trusted, since the root is
// not known yet and the questions run nothing; from then on the root alone is
// trusted.
func open(ctx context.Context, git program, env []string) (*Repo, error) {
	dir := git.dir
	git.env = environment(env, "*")
	var r Repo
	var address string
	err := both(func() (err error) {
		r.root, r.shallow, err = findRoot(ctx, git)
		return err
	}, func() (err error) {
		address, err = remoteAddress(ctx, git)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open %.200q: %w", dir, err)
	}
	r.host = hostOf(address)
	if r.name = nameOf(address); r.name == "" {
		r.name = strings.TrimSuffix(filepath.Base(r.root), ".git")
	}
	r.limit = maxOutput
	git.dir, git.env = r.root, environment(env, r.root)
	r.git = git
	return &r, nil
}

// both runs two questions to git at once, since starting git is most of what
// a small one costs. The first one's error comes first.
func both(first, second func() error) error {
	done := make(chan error, 1)
	go func() { done <- second() }()
	err := first()
	if other := <-done; err == nil {
		err = other
	}
	return err
}

// findRoot gives the top folder, which in a bare repository is its own. From
// within the .git folder of a checkout there is none.
func findRoot(ctx context.Context, git program) (root string, shallow bool, err error) {
	text, err := git.line(ctx, "rev-parse", "--show-toplevel", "--is-shallow-repository")
	if exited(err, 128) {
		if root, shallow, ok := findBare(ctx, git); ok {
			return root, shallow, nil
		}
		return "", false, fmt.Errorf("%w (%w)", ErrNoCheckout, err)
	}
	root, shallow = cutShallow(text)
	return root, shallow, err
}

// cutShallow takes the last answer off, since a folder's name may hold a
// newline.
func cutShallow(text string) (rest string, shallow bool) {
	rest, shallow = strings.CutSuffix(text, "\ntrue")
	return strings.TrimSuffix(rest, "\nfalse"), shallow
}

func findBare(ctx context.Context, git program) (root string, shallow, ok bool) {
	text, err := git.line(ctx, "rev-parse", "--is-bare-repository", "--absolute-git-dir", "--is-shallow-repository")
	text, bare := strings.CutPrefix(text, "true\n")
	root, shallow = cutShallow(text)
	return root, shallow, err == nil && bare
}

// remoteAddress gives what the repository has as origin, "" for nothing.
func remoteAddress(ctx context.Context, git program) (string, error) {
	address, err := git.line(ctx, "config", "--get", "remote.origin.url")
	if exited(err, 1) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the remote's address: %w", err)
	}
	return address, nil
}

// Root gives the absolute path of the checkout's top folder, or of a bare
// repository itself.
func (r *Repo) Root() string { return r.root }

// Name gives "owner/name" from the address of the remote origin, or the
// folder's name where there is none or it has another form. Nothing else of
// the address is shown, since it may hold a password.
func (r *Repo) Name() string { return r.name }

// Host gives the host of the remote origin where Name comes from its address,
// "" elsewhere.
func (r *Repo) Host() string { return r.host }
