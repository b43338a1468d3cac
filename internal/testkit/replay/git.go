package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// history asks one clone.
type history struct{ dir string }

// lines gives what git prints, a line each.
func (h history) lines(ctx context.Context, args ...string) ([]string, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"--git-dir=" + h.dir}, args...)...)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return nil, fmt.Errorf("git %s: %s", args[0], strings.TrimSpace(string(exit.Stderr)))
		}
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return strings.Fields(string(out)), nil
}

// commit is one step of a branch. Times are seconds since 1970.
type commit struct {
	sha                 string
	parents             int
	authored, committed int64
}

// branch gives the commits from fork to head, oldest first, along the branch.
func (h history) branch(ctx context.Context, fork, head string) ([]commit, error) {
	fields, err := h.lines(ctx, "log", "--first-parent", "--reverse", "--format=%H,%at,%ct,%P", fork+".."+head)
	if err != nil {
		return nil, err
	}
	var found []commit
	for _, f := range fields {
		parts := strings.Split(f, ",")
		if len(parts) < 4 { // a further parent, behind a space
			if len(found) > 0 {
				found[len(found)-1].parents++
			}
			continue
		}
		authored, err1 := strconv.ParseInt(parts[1], 10, 64)
		committed, err2 := strconv.ParseInt(parts[2], 10, 64)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("read a commit's times: %w", err)
		}
		found = append(found, commit{sha: parts[0], parents: 1, authored: authored, committed: committed})
	}
	return found, nil
}

// numbers lists the pull requests whose heads the clone has, the newest first.
func (h history) numbers(ctx context.Context) ([]int, error) {
	refs, err := h.lines(ctx, "for-each-ref", "--format=%(refname)", "--sort=-version:refname", "refs/pull")
	if err != nil {
		return nil, err
	}
	var found []int
	for _, ref := range refs {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(ref, "refs/pull/"), "/head"))
		if err == nil {
			found = append(found, n)
		}
	}
	return found, nil
}

// one gives a single answer.
func (h history) one(ctx context.Context, args ...string) (string, error) {
	found, err := h.lines(ctx, args...)
	if err != nil || len(found) == 0 {
		return "", errors.Join(err, fmt.Errorf("git %s: no answer", args[0]))
	}
	return found[0], nil
}
