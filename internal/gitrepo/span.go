//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ids lists the commits of a span, so that what git log prints can be held
// against it.
func (r *Repo) ids(ctx context.Context, span Span) ([]string, error) {
	var out []byte
	var err error
	switch {
	case span.Commits == nil:
		out, err = r.walk(ctx, span)
	case span.Base+span.Head+span.Since != "":
		err = errors.New("both a list of commits and a range are given")
	default:
		out, err = r.listed(ctx, span.Commits)
	}
	if err != nil {
		return nil, err
	}
	ids := strings.Fields(string(out))
	if span.Limit > 0 && len(ids) > span.Limit {
		ids = ids[:span.Limit]
	}
	return ids, nil
}

// walk follows the first parents.
func (r *Repo) walk(ctx context.Context, span Span) ([]byte, error) {
	args := []string{"--first-parent"}
	if span.Since != "" {
		since, err := sinceDate(span.Since)
		if err != nil {
			return nil, err
		}
		args = append(args, "--since="+since)
	}
	if span.Limit > 0 {
		args = append(args, "--max-count="+strconv.Itoa(span.Limit))
	}
	if span.Head == "" {
		span.Head = "HEAD"
	}
	var ends commitSpan
	empty := false
	err := both(func() (err error) {
		ends.head, err = r.commit(ctx, span.Head)
		return err
	}, func() (err error) {
		if span.Base != "" {
			ends.base, empty, err = r.baseOf(ctx, span.Base)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if empty {
		ends.base = ""
	}
	return r.git.run(ctx, maxOutput, "rev-list", append(args, "--end-of-options", ends.ahead())...)
}

// listed resolves ids, which may be cut short.
func (r *Repo) listed(ctx context.Context, commits []string) ([]byte, error) {
	if len(commits) == 0 {
		return nil, nil
	}
	var b strings.Builder
	for _, id := range commits {
		if len(id) < 4 || len(id) > 64 || strings.Trim(id, "0123456789abcdef") != "" {
			return nil, fmt.Errorf("%.80q is no commit id", id)
		}
		b.WriteString(id + "^{commit}\n")
	}
	return r.git.feed(ctx, maxOutput, strings.NewReader(b.String()), "rev-list", "--no-walk=unsorted", "--stdin")
}

// sinceDate reads Span.Since. Git would take any text for some date.
func sinceDate(text string) (string, error) {
	units := map[byte]string{'d': "days", 'w': "weeks", 'm': "months", 'y': "years"}
	last := max(len(text)-1, 0)
	if n, err := strconv.ParseUint(text[:last], 10, 16); err == nil && units[text[last]] != "" {
		return fmt.Sprintf("%d.%s.ago", n, units[text[last]]), nil
	}
	for _, layout := range [...]string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC().Format(time.RFC3339), nil
		}
	}
	return "", fmt.Errorf("read since %.40q: expected a number of days, weeks, months or years such as 90d, or a date such as 2026-01-31", text)
}
