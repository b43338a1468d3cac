package main

import (
	"context"
	"fmt"
	"slices"
)

// What a push was, as far as history still shows it.
const (
	opened  = "opened"
	pushed  = "pushed"  // new commits
	updated = "updated" // the base was merged into the branch
	rebased = "rebased" // the same commits again, on another base
)

// push is one moment at which a pull request's workflow ran.
type push struct{ kind, base, head string }

// pull is one pull request with its pushes, oldest first.
type pull struct {
	repo   string
	number int
	pushes []push
}

// Bounds of what is replayed. sitting is how long after the last commit the
// next one still belongs to the same push: history does not keep pushes. A
// branch of more commits than most is no single piece of work.
const (
	sitting     = 15 * 60
	mostCommits = 60
	mostPushes  = 12
	// rebaseAge is how much later than it was written a commit must have been
	// made again for it to count as rebased.
	rebaseAge = 3600
)

// pulls rebuilds up to n pull requests of a clone, spread evenly over all
// that it has.
func (h history) pulls(ctx context.Context, repo string, n int) ([]pull, error) {
	tip, err := h.one(ctx, "rev-parse", "HEAD")
	if err != nil {
		return nil, err
	}
	numbers, err := h.numbers(ctx)
	if err != nil {
		return nil, err
	}
	var found []pull
	step := max(1, len(numbers)/(2*n)) // about half of them cannot be rebuilt
	for i := step - 1; i < len(numbers) && len(found) < n; i += step {
		p, ok := h.pull(ctx, tip, repo, numbers[i])
		if ok {
			found = append(found, p)
		}
	}
	return found, nil
}

// pull rebuilds one; false where the clone lacks a part of it, or where it is
// no pull request that a person would have reviewed in one piece.
func (h history) pull(ctx context.Context, tip, repo string, number int) (pull, bool) {
	head, err := h.one(ctx, "rev-parse", fmt.Sprintf("refs/pull/%d/head", number))
	if err != nil {
		return pull{}, false
	}
	onto, ok := h.onto(ctx, tip, head)
	if !ok {
		return pull{}, false
	}
	fork, err := h.one(ctx, "merge-base", onto, head)
	if err != nil {
		return pull{}, false
	}
	commits, err := h.branch(ctx, fork, head)
	if err != nil || len(commits) == 0 || len(commits) > mostCommits {
		return pull{}, false
	}
	p := pull{repo: repo, number: number}
	for _, at := range moments(commits) {
		base, err := h.one(ctx, "merge-base", onto, at.head)
		if err != nil {
			return pull{}, false
		}
		at.base = base
		p.pushes = append(p.pushes, at)
	}
	return p, len(p.pushes) <= mostPushes
}

// onto is the line of history that the pull request was compared with: the
// tip, or where the head was merged as it is, what stood before that merge.
func (h history) onto(ctx context.Context, tip, head string) (string, bool) {
	if _, err := h.lines(ctx, "merge-base", "--is-ancestor", head, tip); err != nil {
		return tip, true
	}
	path, err := h.lines(ctx, "rev-list", "--first-parent", "--ancestry-path", "--reverse", head+".."+tip)
	if err != nil || len(path) == 0 {
		return "", false
	}
	before, err := h.one(ctx, "rev-parse", path[0]+"^1")
	return before, err == nil && before != head
}

// moments groups a branch's commits into pushes. Where commits were made again
// long after they were written, and together, the branch was rebased: it is
// replayed as it was written, and once more as it stands.
func moments(commits []commit) []push {
	again := wasRebased(commits)
	when := func(c commit) int64 { return c.committed }
	if again {
		when = func(c commit) int64 { return c.authored }
	}
	var found []push
	for i, c := range commits {
		next := i + 1
		ends := next == len(commits) || commits[next].parents > 1 || c.parents > 1 || when(commits[next])-when(c) > sitting
		if ends {
			found = append(found, push{kind: kindOf(c, len(found)), head: c.sha})
		}
	}
	if again {
		found = append(found, push{kind: rebased, head: commits[len(commits)-1].sha})
	}
	return found
}

func kindOf(c commit, before int) string {
	switch {
	case before == 0:
		return opened
	case c.parents > 1:
		return updated
	default:
		return pushed
	}
}

// wasRebased wants two commits at least that were written apart and made again
// in one go.
func wasRebased(commits []commit) bool {
	late := slices.DeleteFunc(slices.Clone(commits), func(c commit) bool { return c.committed-c.authored < rebaseAge })
	return len(late) > 1 && late[len(late)-1].committed-late[0].committed < 120
}
