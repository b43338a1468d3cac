//go:build !image

package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Change gives what head has over base: the files from the merge base of the
// two to head, and the commits that are in head and not in base, oldest
// first, merges included. The merge base is base itself where head descends
// from it. Base may also be the id of the empty tree, as DefaultBase gives it:
// then it is all of head. Base and Head of the result are ids, and Base is
// the one that was compared. A commit list that a shallow clone may have cut
// makes the change incomplete.
func (r *Repo) Change(ctx context.Context, base, head string) (change.Change, error) {
	var c change.Change
	from, span, err := r.span(ctx, base, head)
	if err != nil {
		return c, fmt.Errorf("compare %.100q with %.100q: %w", base, head, err)
	}
	c.Base, c.Head = from, span.head
	err = both(func() (err error) {
		c.Files, err = r.diff(ctx, from, span.head)
		return err
	}, func() (err error) {
		c.Commits, err = r.commits(ctx, span)
		return err
	})
	if err != nil {
		return change.Change{}, err
	}
	if c.Incomplete, err = r.missing(ctx, span); err != nil {
		return change.Change{}, err
	}
	return c, nil
}

// span resolves both ends, and gives the tree to compare with and the commits
// to list.
func (r *Repo) span(ctx context.Context, base, head string) (from string, span commitSpan, err error) {
	empty := false
	err = both(func() (err error) {
		span.base, empty, err = r.baseOf(ctx, base)
		return err
	}, func() (err error) {
		span.head, err = r.commit(ctx, head)
		return err
	})
	if err != nil {
		return "", commitSpan{}, err
	}
	if empty {
		return base, commitSpan{head: span.head}, nil
	}
	from, err = r.mergeBase(ctx, span.base, span.head)
	return from, span, err
}

// baseOf resolves a base, which may be the empty tree instead of a commit.
func (r *Repo) baseOf(ctx context.Context, base string) (id string, empty bool, err error) {
	id, err = r.commit(ctx, base)
	if !errors.Is(err, ErrNoCommit) {
		return id, false, err
	}
	tree, treeErr := r.emptyTree(ctx)
	if treeErr != nil {
		return "", false, treeErr
	}
	if base == tree {
		return "", true, nil
	}
	return "", false, err
}

// commitSpan is a set of commits; base is empty where head's whole history is
// meant.
type commitSpan struct{ base, head string }

func (s commitSpan) ahead() string {
	if s.base == "" {
		return s.head
	}
	return s.base + ".." + s.head
}

func (s commitSpan) apart() string {
	if s.base == "" {
		return s.head
	}
	return s.base + "..." + s.head
}

// patchOptions give every option of a patch that the repository's
// configuration or a .gitmodules file could change.
func patchOptions() []string {
	return []string{
		"-p", "-M", "-l1000", "--full-index", "--unified=3", "--inter-hunk-context=0", "--diff-algorithm=myers",
		"--src-prefix=a/", "--dst-prefix=b/", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative",
		"--submodule=short", "--ignore-submodules=none",
	}
}

// diff compares two trees.
func (r *Repo) diff(ctx context.Context, from, to string) ([]change.File, error) {
	args := append([]string{"-r"}, patchOptions()...)
	text, err := r.git.run(ctx, maxOutput, "diff-tree", append(args, "--end-of-options", from, to)...)
	if err != nil {
		return nil, fmt.Errorf("make the diff: %w", err)
	}
	files, err := change.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read the diff of %.12s and %.12s: %w", from, to, err)
	}
	return files, nil
}

// commitFields are what git prints of a commit, each with a NUL after it. No
// field of a commit can hold a NUL: git ends a message there.
const (
	commitFormat = "%H%x00%P%x00%an%x00%s%x00%b"
	commitFields = 5
)

// headerOptions are for git log what patchOptions are for a patch.
func headerOptions() []string {
	return []string{
		"--encoding=UTF-8", "--no-color", "--no-decorate", "--no-notes", "--no-mailmap", "--no-show-signature",
	}
}

func (r *Repo) commits(ctx context.Context, span commitSpan) ([]change.Commit, error) {
	args := append([]string{"-z", "--format=" + commitFormat, "--no-patch", "--reverse", "--topo-order"}, headerOptions()...)
	text, err := r.git.run(ctx, maxOutput, "log", append(args, "--end-of-options", span.ahead())...)
	if err != nil {
		return nil, fmt.Errorf("list the commits: %w", err)
	}
	return readCommits(string(text))
}

func readCommits(text string) ([]change.Commit, error) {
	if text == "" {
		return nil, nil
	}
	fields := strings.Split(strings.TrimSuffix(text, "\x00"), "\x00")
	if len(fields)%commitFields != 0 {
		return nil, fmt.Errorf("list the commits: %d fields, which is no multiple of %d", len(fields), commitFields)
	}
	commits := make([]change.Commit, 0, len(fields)/commitFields)
	for i := 0; i < len(fields); i += commitFields {
		if !isID(fields[i]) {
			return nil, fmt.Errorf("list the commits: %.80q is no commit id", fields[i])
		}
		commits = append(commits, commitOf([commitFields]string(fields[i:i+commitFields])))
	}
	return commits, nil
}

func commitOf(fields [commitFields]string) change.Commit {
	return change.Commit{
		SHA: fields[0], Parents: len(strings.Fields(fields[1])), Author: fields[2],
		Subject: fields[3], Body: strings.TrimRight(fields[4], "\n"),
	}
}

func isID(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

// missing says what a shallow clone hides: where a commit on either side has
// parents that are not there, the list may lack commits or have too many.
func (r *Repo) missing(ctx context.Context, span commitSpan) ([]string, error) {
	if !r.shallow {
		return nil, nil
	}
	ends, err := r.git.run(ctx, maxOutput, "rev-list", "--max-parents=0", "--end-of-options", span.apart())
	if err != nil {
		return nil, fmt.Errorf("look for the end of a shallow history: %w", err)
	}
	for _, id := range strings.Fields(string(ends)) {
		cut, err := r.isCut(ctx, id)
		if err != nil {
			return nil, err
		}
		if cut {
			return []string{fmt.Sprintf("the clone is shallow at %.12s, so commits may be missing or too many; run `git fetch --unshallow`", id)}, nil
		}
	}
	return nil, nil
}
