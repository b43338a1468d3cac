//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// commit gives the id of the commit that a revision names.
func (r *Repo) commit(ctx context.Context, rev string) (string, error) {
	return r.resolve(ctx, rev, "commit")
}

// tree gives the id of a revision's tree.
func (r *Repo) tree(ctx context.Context, rev string) (string, error) {
	return r.resolve(ctx, rev, "tree")
}

func (r *Repo) resolve(ctx context.Context, rev, kind string) (string, error) {
	if err := checkRevision(rev); err != nil {
		return "", err
	}
	id, err := r.git.line(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{"+kind+"}")
	if exited(err, 1) { // the quiet answer to a name that leads nowhere
		return "", fmt.Errorf("find revision %.200q: %w%s", rev, ErrNoCommit, r.shallowHint())
	}
	if err != nil {
		return "", fmt.Errorf("find revision %.200q: %w", rev, err)
	}
	return id, nil
}

// checkRevision refuses what git could take for an option, and what no name
// of a revision may hold (https://git-scm.com/docs/git-check-ref-format).
func checkRevision(rev string) error {
	switch {
	case rev == "":
		return errors.New("find revision: the name is empty")
	case strings.HasPrefix(rev, "-"):
		return fmt.Errorf("find revision %.200q: a revision does not begin with a dash", rev)
	case strings.ContainsFunc(rev, unicode.IsControl):
		return fmt.Errorf("find revision %.200q: control character in the name", rev)
	}
	return nil
}

// mergeBase gives the commit where two histories parted: the first of git's
// where there are several, as "git diff A...B" does.
func (r *Repo) mergeBase(ctx context.Context, a, b string) (string, error) {
	id, err := r.git.line(ctx, "merge-base", a, b)
	if !exited(err, 1) {
		return id, err
	}
	if r.shallow {
		return "", ErrShallow
	}
	return "", fmt.Errorf("find the merge base of %.12s and %.12s: they have no commit in common; pass --base with one that head descends from", a, b)
}

// shallowHint adds the likely reason to an error that stands anyway.
func (r *Repo) shallowHint() string {
	if !r.shallow {
		return ""
	}
	return "; the clone is shallow, which may be why: run `git fetch --unshallow`"
}

// isCut says whether a commit has a parent that a shallow clone does not
// show. The commit's own text names its parents whatever the clone holds.
func (r *Repo) isCut(ctx context.Context, id string) (bool, error) {
	text, err := r.git.run(ctx, maxOutput, "cat-file", "commit", id)
	if err != nil {
		return false, err
	}
	head, _, _ := strings.Cut(string(text), "\n\n")
	named := strings.Count(head, "\nparent ")
	shown, err := r.git.line(ctx, "rev-list", "--parents", "--max-count=1", id)
	return named > len(strings.Fields(shown))-1, err
}

// emptyTree gives the id of the tree with no files, which depends on the
// repository's kind of hash. Nothing is written.
func (r *Repo) emptyTree(ctx context.Context) (string, error) {
	return r.git.line(ctx, "hash-object", "-t", "tree", "--stdin")
}
