package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	gh "github.com/google/go-github/v62/github"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/event"
)

// maxCommits is where the list of a pull request's commits ends
// (https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request).
const maxCommits = 250

// PullRequest reads a pull request as it is now. An answer about another
// pull request, or without its commits, is an error.
func (c *Client) PullRequest(ctx context.Context, repo Repo, number int) (event.PullRequest, error) {
	data, _, err := c.send(ctx, readPull, http.MethodGet, repo.path("/pulls/%s", strconv.Itoa(number)), nil)
	if err != nil {
		return event.PullRequest{}, err
	}
	pr, err := event.ParsePullRequest(repo.Owner, repo.Name, data)
	if err != nil {
		return event.PullRequest{}, fmt.Errorf("%s: %w", readPull, err)
	}
	if pr.Number != number {
		return event.PullRequest{}, fmt.Errorf("%s: asked for %d, got %d", readPull, number, pr.Number)
	}
	return pr, nil
}

// PullCommits lists the commits of a pull request, oldest first. Truncated
// says that the list reached the platform's end of 250, so that there may be
// more.
func (c *Client) PullCommits(ctx context.Context, repo Repo, number int) (commits []change.Commit, truncated bool, err error) {
	list, err := pages[*gh.RepositoryCommit](ctx, c, listCommits, repo.path("/pulls/%s/commits", strconv.Itoa(number)), 100, 3)
	if err != nil {
		return nil, false, err
	}
	if commits, err = readCommits(list); err != nil {
		return nil, false, fmt.Errorf("%s: %w", listCommits, err)
	}
	return commits, len(commits) >= maxCommits, nil
}

func readCommits(list []*gh.RepositoryCommit) ([]change.Commit, error) {
	commits := make([]change.Commit, 0, len(list))
	for _, k := range list {
		if k.GetSHA() == "" {
			return nil, errors.New("a commit has no id")
		}
		commits = append(commits, commit(k))
	}
	return commits, nil
}

func commit(k *gh.RepositoryCommit) change.Commit {
	subject, body, _ := strings.Cut(k.GetCommit().GetMessage(), "\n")
	return change.Commit{
		SHA: k.GetSHA(), Subject: strings.TrimSuffix(subject, "\r"), Body: strings.TrimSpace(body),
		Author: k.GetCommit().GetAuthor().GetName(), Parents: len(k.Parents),
	}
}

// PullRef is a pull request as a list shows it.
type PullRef struct {
	Number   int
	Open     bool
	BaseName string
	HeadSHA  string
	HeadRepo string // "owner/name", "" where it is gone
}

// PullsForCommit lists the pull requests into this repository that hold a
// commit. The caller checks head and repository before it believes one: a
// commit may be in many.
func (c *Client) PullsForCommit(ctx context.Context, repo Repo, sha string) ([]PullRef, error) {
	if sha == "" {
		return nil, errors.New("find the pull requests of a commit: no commit")
	}
	list, err := pages[*gh.PullRequest](ctx, c, findPulls, repo.path("/commits/%s/pulls", sha), 100, 1)
	if err != nil {
		return nil, err
	}
	var refs []PullRef
	for _, p := range list {
		if !strings.EqualFold(p.GetBase().GetRepo().GetFullName(), repo.String()) {
			continue
		}
		refs = append(refs, PullRef{
			Number: p.GetNumber(), Open: p.GetState() == "open", BaseName: p.GetBase().GetRef(),
			HeadSHA: p.GetHead().GetSHA(), HeadRepo: p.GetHead().GetRepo().GetFullName(),
		})
	}
	return refs, nil
}
