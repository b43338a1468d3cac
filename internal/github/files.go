package github

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	gh "github.com/google/go-github/v62/github"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/event"
)

const (
	// maxRequests is what a run on a pull request of 300 files may cost.
	maxRequests = 15
	// afterFiles is what such a run still asks once it has the files: commits
	// (3), .gitattributes, tree, rules (2), and the head again.
	afterFiles = 8
	// maxPages times 100 rows is where the list ends
	// (https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files).
	maxPages = 30
)

// PullFiles lists the files of a pull request as PullRequest gave it.
// Incomplete says in plain words what is known to be missing: the rows are
// held against the totals of the pull request, since the platform may drop
// the patches and the counts of later rows unmarked
// (https://github.com/orgs/community/discussions/213491). Rows that do not add
// up are asked for once more in smaller pages, where the requests suffice.
func (c *Client) PullFiles(ctx context.Context, repo Repo, pr event.PullRequest) (files []change.File, incomplete []string, err error) {
	l, err := c.listFiles(ctx, repo, pr, 100)
	if err != nil {
		return nil, nil, err
	}
	if len(l.doubts) > 0 {
		if size := c.smallerPages(pr.ChangedFiles); size > 0 {
			if l, err = c.listFiles(ctx, repo, pr, size); err != nil {
				return nil, nil, err
			}
		}
	}
	moved, err := c.moved(ctx, repo, pr, l.rows)
	if err != nil {
		return nil, nil, err
	}
	return l.files, append(l.doubts, moved...), nil
}

// smallerPages gives a page size for a second listing, or 0 where it would
// take more requests than are left.
func (c *Client) smallerPages(files int) int {
	size := 30
	if files <= size {
		size = 10
	}
	if needed := (files + size - 1) / size; c.Requests()+needed+afterFiles > maxRequests {
		return 0
	}
	return size
}

type listing struct {
	rows   []*gh.CommitFile
	files  []change.File
	doubts []string
}

func (c *Client) listFiles(ctx context.Context, repo Repo, pr event.PullRequest, size int) (listing, error) {
	path := repo.path("/pulls/%s/files", strconv.Itoa(pr.Number))
	rows, err := pages[*gh.CommitFile](ctx, c, listFiles, path, size, maxPages*100/size)
	if err != nil {
		return listing{}, err
	}
	l := listing{rows: rows}
	if l.files, l.doubts, err = parseRows(rows); err != nil {
		return listing{}, fmt.Errorf("%s: %w", listFiles, err)
	}
	l.doubts = append(l.doubts, change.CheckTotals(l.files, pr.ChangedFiles, pr.Additions, pr.Deletions)...)
	return l, nil
}

// parseRows reads the platform's rows. A patch that does not hold what its row
// counts is withheld and said, never shortened.
func parseRows(rows []*gh.CommitFile) (files []change.File, doubts []string, err error) {
	seen := map[string]bool{}
	unread := 0
	for _, r := range rows {
		if r == nil {
			return nil, nil, errors.New("a row is null")
		}
		if r.GetStatus() == "unchanged" {
			continue
		}
		if seen[r.GetFilename()] {
			doubts = append(doubts, fmt.Sprintf("%.200q was listed twice", r.GetFilename()))
			continue
		}
		seen[r.GetFilename()] = true
		row := rowOf(r)
		f, err := change.ParsePatch(row)
		if err != nil && row.HasPatch {
			if unread++; unread == 1 {
				doubts = append(doubts, fmt.Sprintf("a patch could not be read: %v", err))
			}
			row.Patch, row.HasPatch = "", false
			if f, err = change.ParsePatch(row); err == nil {
				f.Withheld = true
			}
		}
		if err != nil {
			return nil, nil, err
		}
		files = append(files, f)
	}
	if unread > 1 {
		doubts = append(doubts, fmt.Sprintf("%d patches in all could not be read", unread))
	}
	return files, doubts, nil
}

func rowOf(r *gh.CommitFile) change.Row {
	return change.Row{
		Path: r.GetFilename(), OldPath: r.GetPreviousFilename(), Status: r.GetStatus(),
		Patch: r.GetPatch(), HasPatch: r.Patch != nil,
		Additions: r.GetAdditions(), Deletions: r.GetDeletions(), Changes: r.GetChanges(),
	}
}

// moved says where the rows are of another head than the pull request's. Each
// row names its commit in contents_url; only a row that names another one
// costs a request, to be sure.
func (c *Client) moved(ctx context.Context, repo Repo, pr event.PullRequest, rows []*gh.CommitFile) ([]string, error) {
	suspect := false
	for _, r := range rows {
		u, err := url.Parse(r.GetContentsURL())
		if err != nil || r.GetStatus() == "removed" {
			continue
		}
		ref := u.Query().Get("ref")
		suspect = suspect || ref != "" && ref != pr.Head.SHA
	}
	if !suspect {
		return nil, nil
	}
	now, err := c.PullRequest(ctx, repo, pr.Number)
	if err != nil {
		return nil, fmt.Errorf("see whether the head moved: %w", err)
	}
	if now.Head.SHA == pr.Head.SHA {
		return nil, nil
	}
	return []string{fmt.Sprintf("the head moved from %.12s to %.12s while the files were listed", pr.Head.SHA, now.Head.SHA)}, nil
}
