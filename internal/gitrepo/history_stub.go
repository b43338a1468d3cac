//go:build !image

package gitrepo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/change"
)

// Span names past commits: those of a range on its first-parent line, or the
// ones that are listed.
type Span struct {
	Base, Head string
	Since      string
	Commits    []string
	Limit      int
}

// Past is one commit against its first parent.
type Past struct {
	Change change.Change
	When   time.Time
}

// History visits the commits of a span, newest first, or as they are listed.
func (r *Repo) History(ctx context.Context, s Span, visit func(Past) error) error {
	list, err := r.list(ctx, s)
	if err != nil {
		return err
	}
	for _, id := range list {
		past, err := r.past(ctx, id)
		if err != nil {
			return err
		}
		if err := visit(past); err != nil {
			return err
		}
	}
	return nil
}

// Count counts the commits of a span.
func (r *Repo) Count(ctx context.Context, s Span) (int, error) {
	list, err := r.list(ctx, s)
	return len(list), err
}

func (r *Repo) list(ctx context.Context, s Span) ([]string, error) {
	if len(s.Commits) > 0 {
		var list []string
		for _, rev := range s.Commits {
			id, err := r.commit(ctx, rev)
			if err != nil {
				return nil, err
			}
			list = append(list, id)
		}
		return list, nil
	}
	head := s.Head
	if head == "" {
		head = "HEAD"
	}
	args := []string{"--first-parent"}
	if s.Since != "" {
		args = append(args, "--since="+s.Since)
	}
	if s.Limit > 0 {
		args = append(args, fmt.Sprintf("--max-count=%d", s.Limit))
	}
	args = append(args, "--end-of-options", head)
	if s.Base != "" {
		args = append(args, "^"+s.Base)
	}
	out, err := r.git.run(ctx, maxOutput, "rev-list", args...)
	return strings.Fields(string(out)), err
}

func (r *Repo) past(ctx context.Context, id string) (Past, error) {
	text, err := r.git.run(ctx, maxOutput, "log", "-z", commitFormat, "--no-patch", "--max-count=1", "--encoding=UTF-8", "--no-color", "--no-decorate",
		"--no-notes", "--no-mailmap", "--no-show-signature", "--end-of-options", id)
	if err != nil {
		return Past{}, err
	}
	commits, err := readCommits(string(text))
	if err != nil {
		return Past{}, err
	}
	line, err := r.git.line(ctx, "show", "--no-patch", "--format=%ct %P", "--end-of-options", id)
	if err != nil {
		return Past{}, err
	}
	fields := strings.Fields(line)
	var seconds int64
	if _, err := fmt.Sscan(fields[0], &seconds); err != nil {
		return Past{}, err
	}
	base := ""
	if len(fields) > 1 {
		base = fields[1]
	} else if base, err = r.emptyTree(ctx); err != nil {
		return Past{}, err
	}
	files, err := r.diff(ctx, base, id)
	if err != nil {
		return Past{}, err
	}
	return Past{Change: change.Change{Base: base, Head: id, Files: files, Commits: commits}, When: time.Unix(seconds, 0).UTC()}, nil
}

// Contents reads files at revisions.
type Contents struct {
	repo *Repo
	ctx  context.Context //nolint:containedctx // a stand-in
}

// Contents opens a reader.
func (r *Repo) Contents(ctx context.Context) (*Contents, error) { return &Contents{r, ctx}, nil }

// Read gives a file's content at a revision.
func (c *Contents) Read(rev, path string) ([]byte, bool, error) { return c.repo.File(c.ctx, rev, path) }

// Close ends the reader.
func (c *Contents) Close() error { return nil }
