//go:build !image

package gitrepo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/change"
)

// History visits the commits of a span, newest first or in the order of the
// list, each with its patch. Git makes the next patches while earlier ones are
// visited. A commit whose patch is larger than 256 MiB, that a shallow clone
// cuts off from its parent, or whose objects are not all there, is visited
// without files and says so. A patch that cannot be read, an error of visit
// and the end of ctx stop it.
func (r *Repo) History(ctx context.Context, span Span, visit func(Past) error) error {
	ids, err := r.ids(ctx, span)
	if err != nil {
		return fmt.Errorf("list the history: %w", err)
	}
	for len(ids) > 0 {
		n, err := r.replay(ctx, ids, visit, pastOptions()...)
		ids = ids[n:]
		if err == nil && len(ids) > 0 {
			err = fmt.Errorf("git log left out %d commits from %.12s on", len(ids), ids[0])
		}
		if exited(err, gitDied) {
			err = r.replayOne(ctx, ids[0], visit)
			ids = ids[1:]
		}
		if err != nil {
			return fmt.Errorf("read the history: %w", err)
		}
	}
	return nil
}

// Count gives how many commits History would visit.
func (r *Repo) Count(ctx context.Context, span Span) (int, error) {
	ids, err := r.ids(ctx, span)
	if err != nil {
		return 0, fmt.Errorf("count the history: %w", err)
	}
	return len(ids), nil
}

// gitDied is git's exit code for a mistake or a broken repository.
const gitDied = 128

// replayOne tries one commit alone. Where its patch cannot be made, as in a
// clone without some of the objects, it is visited without.
func (r *Repo) replayOne(ctx context.Context, id string, visit func(Past) error) error {
	n, err := r.replay(ctx, []string{id}, visit, pastOptions()...)
	if n == 1 || !exited(err, gitDied) {
		return err
	}
	reason := "git could not make the patch"
	var exit *exitError
	if errors.As(err, &exit) {
		reason += ": " + exit.text
	}
	_, err = r.replay(ctx, []string{id}, func(p Past) error {
		p.Change.Incomplete = append(p.Change.Incomplete, reason)
		return visit(p)
	}, "--no-patch")
	return err
}

// replay has one git log print the commits and visits them in step. It gives
// how many it visited; where it was git that failed, the next is the one that
// git may have failed at.
func (r *Repo) replay(ctx context.Context, ids []string, visit func(Past) error, options ...string) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	mark := "\x00" + rand.Text() + "\x00"
	git, err := r.git.start(ctx, strings.NewReader(strings.Join(ids, "\n")), "log", logArgs(mark, options)...)
	if err != nil {
		return 0, err
	}
	widen(git.out)
	q, done := newQueue(), make(chan error, 1)
	go func() { done <- q.fill(ctx, git, newFramer(git.out, mark, r.limit)) }()
	n := 0
	for f := range q.frames {
		if err = r.visitFrame(ctx, f, ids[n:], visit); err != nil {
			break
		}
		q.free(f)
		n++
	}
	if err != nil {
		cancel()
	}
	end := <-done
	if err != nil {
		return n, err // git was killed, and what it says of that does not matter
	}
	return n, end
}

func logArgs(mark string, options []string) []string {
	// git's own words for the bytes of the mark: an argument holds no NUL.
	format := "--format=" + strings.ReplaceAll(mark, "\x00", "%x00") + "%ct%x00" + commitFormat + "%x00"
	return append(append(headerOptions(), "--no-walk=unsorted", "--stdin", format), options...)
}

// pastOptions make git log print each patch as diff prints it.
func pastOptions() []string {
	return append(patchOptions(), "-O"+os.DevNull, "--root", "--diff-merges=first-parent")
}

func (r *Repo) visitFrame(ctx context.Context, f frame, ids []string, visit func(Past) error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if len(ids) == 0 {
		return errors.New("git log gave more commits than were asked for")
	}
	past, err := r.past(ctx, f, ids[0])
	if err != nil {
		return fmt.Errorf("commit %.12s: %w", ids[0], err)
	}
	return visit(past)
}

// past reads a frame: the time, the fields of the commit, and the patch, with
// a NUL between.
func (r *Repo) past(ctx context.Context, f frame, id string) (Past, error) {
	fields := strings.SplitN(f.text, "\x00", commitFields+2)
	whole := len(fields) == commitFields+2
	if !whole && (!f.cut || len(fields) < 4) {
		return Past{}, fmt.Errorf("git log gave %d fields", len(fields))
	}
	fields = append(fields, make([]string, commitFields)...)
	commit := commitOf([commitFields]string(fields[1 : 1+commitFields]))
	seconds, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return Past{}, fmt.Errorf("read its time: %w", err)
	}
	if commit.SHA != id {
		return Past{}, fmt.Errorf("git log gave %.80q instead", commit.SHA)
	}
	past := Past{When: time.Unix(seconds, 0).UTC(), Change: change.Change{Head: id, Commits: []change.Commit{commit}}}
	return past, r.fill(ctx, &past.Change, fields[2], fields[commitFields+1], f.cut)
}

// fill adds what a commit is compared with, and its files.
func (r *Repo) fill(ctx context.Context, c *change.Change, parents, patch string, cut bool) (err error) {
	c.Base, _, _ = strings.Cut(parents, " ")
	if c.Base == "" {
		if err := r.fillRoot(ctx, c); err != nil {
			return err
		}
	}
	if cut {
		c.Incomplete = append(c.Incomplete, fmt.Sprintf("the commit is larger than %d MiB", r.limit>>20))
	}
	if c.Complete() {
		c.Files, err = change.ParseText(patch)
	}
	return err
}

// fillRoot tells a first commit from one that a shallow clone shows as such:
// the patch of that one would be all files.
func (r *Repo) fillRoot(ctx context.Context, c *change.Change) (err error) {
	if c.Base, err = r.emptyTree(ctx); err != nil || !r.shallow {
		return err
	}
	cut, err := r.isCut(ctx, c.Head)
	if cut {
		c.Incomplete = append(c.Incomplete, "the clone is shallow and its parent is not there; run `git fetch --unshallow`")
	}
	return err
}
