//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// defaultBranches are looked at in this order after origin/HEAD.
var defaultBranches = [...]string{"refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"}

// DefaultBase chooses what head is compared with where nobody said it: the
// merge base with the default branch, which is origin/HEAD, or else the first
// of origin/main, origin/master, main and master. Where head is on that branch
// itself, as in a fresh clone, or there is no such branch, it is the commit
// before head, and for a first commit the empty tree. The text of the range
// says which. In a shallow clone without the history it gives ErrShallow.
func (r *Repo) DefaultBase(ctx context.Context, head string) (Range, error) {
	id, err := r.commit(ctx, head)
	if err != nil {
		return Range{}, err
	}
	branch, err := r.defaultBranch(ctx)
	if err != nil {
		return Range{}, err
	}
	if branch == "" {
		return r.lastCommit(ctx, id, "no default branch was found (origin/HEAD, origin/main, origin/master, main, master)")
	}
	base, err := r.mergeBase(ctx, branch, id)
	if err != nil {
		return Range{}, fmt.Errorf("compare with the default branch %s: %w", shortName(branch), err)
	}
	if base == id {
		return r.lastCommit(ctx, id, fmt.Sprintf("%.100q is on the default branch %s", head, shortName(branch)))
	}
	return Range{base, id, fmt.Sprintf("from %.12s, the merge base with %s, to %.12s", base, shortName(branch), id)}, nil
}

// defaultBranch gives the full name of the default branch, "" where none is
// found. An origin/HEAD that leads nowhere is passed over.
func (r *Repo) defaultBranch(ctx context.Context) (string, error) {
	target, err := r.git.line(ctx, "symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
	if err != nil && !exited(err, 1) { // 1: there is no such reference
		return "", fmt.Errorf("read origin/HEAD: %w", err)
	}
	for _, name := range append([]string{target}, defaultBranches[:]...) {
		if name == "" {
			continue
		}
		_, err := r.commit(ctx, name)
		if err == nil {
			return name, nil
		}
		if !errors.Is(err, ErrNoCommit) {
			return "", err
		}
	}
	return "", nil
}

// DefaultBranch gives the default branch without its remote, "" where none is
// found.
func (r *Repo) DefaultBranch(ctx context.Context) (string, error) {
	ref, err := r.defaultBranch(ctx)
	return strings.TrimPrefix(shortName(ref), "origin/"), err
}

func shortName(ref string) string {
	for _, prefix := range [...]string{"refs/remotes/", "refs/heads/"} {
		if name, ok := strings.CutPrefix(ref, prefix); ok {
			return name
		}
	}
	return ref
}

// lastCommit is the range of one commit: from its first parent.
func (r *Repo) lastCommit(ctx context.Context, id, why string) (Range, error) {
	parent, err := r.commit(ctx, id+"~1")
	if err == nil {
		return Range{parent, id, fmt.Sprintf("the last commit, %.12s: %s", id, why)}, nil
	}
	if !errors.Is(err, ErrNoCommit) {
		return Range{}, err
	}
	cut, err := r.isCut(ctx, id)
	if err != nil {
		return Range{}, err
	}
	if cut {
		return Range{}, ErrShallow
	}
	empty, err := r.emptyTree(ctx)
	return Range{empty, id, fmt.Sprintf("the first commit, %.12s, with all its files: %s", id, why)}, err
}
