package github

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/event"
)

// GraphQL lists merged pull requests with their totals in one request. The
// REST API lists closed ones, merged or not, and without totals nothing tells
// whether the files of one are all there.
const queryMerged = `query($owner: String!, $name: String!, $base: String!, $count: Int!) {
  repository(owner: $owner, name: $name) { pullRequests(states: MERGED, baseRefName: $base, first: $count, orderBy: {field: UPDATED_AT, direction: DESC}) {
    nodes { number title mergedAt changedFiles additions deletions baseRefOid headRefOid }
  } } }`

// Merged is a merged pull request.
type Merged struct {
	event.PullRequest
	At time.Time
}

// Requests is how many requests the list of its files takes.
func (m Merged) Requests() int { return max(1, (m.ChangedFiles+99)/100) }

// mergedListed is the longest page. The platform orders by the last update
// and not by the merge, so more are asked for than are given.
const mergedListed = 100

// MergedPulls lists the pull requests that were last merged into a branch, the
// newest first, at most count of them. Labels and people are not read.
func (c *Client) MergedPulls(ctx context.Context, repo Repo, base string, count int) ([]Merged, error) {
	var answer struct {
		Repository struct {
			PullRequests struct {
				Nodes []mergedNode `json:"nodes"`
			} `json:"pullRequests"`
		} `json:"repository"`
	}
	variables := map[string]any{"owner": repo.Owner, "name": repo.Name, "base": base, "count": mergedListed}
	if err := c.graphQL(ctx, listMerged, queryMerged, variables, &answer); err != nil {
		return nil, err
	}
	var list []Merged
	for _, n := range answer.Repository.PullRequests.Nodes {
		if n.Number <= 0 || n.MergedAt.IsZero() || n.ChangedFiles < 0 || n.Additions < 0 || n.Deletions < 0 {
			return nil, fmt.Errorf("%s: number %d was merged at %s with %d files", listMerged, n.Number, n.MergedAt, n.ChangedFiles)
		}
		list = append(list, n.merged(base))
	}
	slices.SortStableFunc(list, func(a, b Merged) int { return b.At.Compare(a.At) })
	return list[:min(len(list), count)], nil
}

type mergedNode struct {
	Number       int       `json:"number"`
	Title        string    `json:"title"`
	MergedAt     time.Time `json:"mergedAt"`
	ChangedFiles int       `json:"changedFiles"`
	Additions    int       `json:"additions"`
	Deletions    int       `json:"deletions"`
	Base         string    `json:"baseRefOid"`
	Head         string    `json:"headRefOid"`
}

func (n mergedNode) merged(base string) Merged {
	return Merged{At: n.MergedAt, PullRequest: event.PullRequest{
		Number: n.Number, Title: strings.ToValidUTF8(n.Title, "\ufffd"),
		Base:         event.Ref{SHA: n.Base, Name: base},
		Head:         event.Ref{SHA: n.Head},
		ChangedFiles: n.ChangedFiles, Additions: n.Additions, Deletions: n.Deletions,
	}}
}
