package github

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	gh "github.com/google/go-github/v62/github"

	"github.com/tierwise/tierwise/internal/change"
)

const (
	// maxComparedFiles is where a comparison ends, on its first page
	// (https://docs.github.com/en/rest/commits/commits#compare-two-commits).
	maxComparedFiles = 300
	// manyPatchLines is how many patch lines make empty rows suspicious: the
	// platform has been seen to drop rows after about 20,000.
	manyPatchLines = 10_000
)

// Compare reads what lies between the merge base of two commits and head.
// There are no totals to hold it against, so whatever hints at a cut makes it
// incomplete.
func (c *Client) Compare(ctx context.Context, repo Repo, base, head string) (change.Change, error) {
	ch, _, err := c.compare(ctx, repo, base, head)
	return ch, err
}

// ComparePush reads what a push brought. Where it rewrote history, the three
// dots show what was added since the two parted and not what was taken away:
// the change is then incomplete.
func (c *Client) ComparePush(ctx context.Context, repo Repo, before, after string) (change.Change, error) {
	ch, status, err := c.compare(ctx, repo, before, after)
	if err == nil && status == "diverged" {
		ch.Incomplete = append(ch.Incomplete, "the push rewrote history: what was taken away is not shown")
	}
	return ch, err
}

func (c *Client) compare(ctx context.Context, repo Repo, base, head string) (change.Change, string, error) {
	if base == "" || head == "" || strings.Contains(base+head, "..") {
		return change.Change{}, "", fmt.Errorf("%s: %.80q and %.80q do not name two commits", compareCommits, base, head)
	}
	cmp, commits, err := c.readComparison(ctx, repo, url.PathEscape(base)+"..."+url.PathEscape(head))
	if err != nil {
		return change.Change{}, "", err
	}
	ch := change.Change{Base: base, Head: head}
	if ch.Files, ch.Incomplete, err = parseRows(cmp.Files); err != nil {
		return change.Change{}, "", fmt.Errorf("%s: %w", compareCommits, err)
	}
	if ch.Commits, err = readCommits(commits); err != nil {
		return change.Change{}, "", fmt.Errorf("%s: %w", compareCommits, err)
	}
	ch.Incomplete = append(ch.Incomplete, comparisonGaps(cmp, ch)...)
	return ch, cmp.GetStatus(), nil
}

// readComparison reads the first page, which has all files, and the further
// pages of commits up to 250.
func (c *Client) readComparison(ctx context.Context, repo Repo, basehead string) (*gh.CommitsComparison, []*gh.RepositoryCommit, error) {
	path := repo.path("/compare/") + basehead
	var first gh.CommitsComparison
	resp, err := c.get(ctx, compareCommits, withPage(path, 100, 1), &first)
	if err != nil {
		return nil, nil, err
	}
	if first.Status == nil || first.TotalCommits == nil {
		return nil, nil, fmt.Errorf("%s: the answer has no status", compareCommits)
	}
	commits := first.Commits
	for resp.NextPage != 0 && len(commits) < maxCommits {
		var next gh.CommitsComparison
		if resp, err = c.get(ctx, compareCommits, withPage(path, 100, resp.NextPage), &next); err != nil {
			return nil, nil, err
		}
		if len(next.Commits) == 0 {
			break
		}
		commits = append(commits, next.Commits...)
	}
	return &first, commits, nil
}

func comparisonGaps(cmp *gh.CommitsComparison, ch change.Change) []string {
	var gaps []string
	if len(cmp.Files) >= maxComparedFiles {
		gaps = append(gaps, fmt.Sprintf("%d files were compared, which is where the platform stops (%d)", len(cmp.Files), maxComparedFiles))
	}
	if total := cmp.GetTotalCommits(); len(ch.Commits) < total {
		gaps = append(gaps, fmt.Sprintf("%d of %d commits were listed", len(ch.Commits), total))
	}
	if cmp.GetStatus() == "behind" {
		gaps = append(gaps, "the head lies behind the base: what was taken away is not shown")
	}
	lines, hollow := 0, 0
	for _, f := range ch.Files {
		lines += f.Additions + f.Deletions
		if f.Withheld && f.Additions+f.Deletions == 0 {
			hollow++
		}
	}
	if hollow > 0 && lines >= manyPatchLines {
		gaps = append(gaps, fmt.Sprintf("%d files came with neither counts nor a patch, after %d lines", hollow, lines))
	}
	return gaps
}
