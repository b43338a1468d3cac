package github

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// UpsertReport writes the one comment on an issue that marker names, as
// UpsertComment does on a pull request.
func (c *Client) UpsertReport(ctx context.Context, repo Repo, number int, marker, body string) error {
	return c.upsert(ctx, findReport, writeReport, repo, number, marker, body)
}

// issuePages times 100 open issues of ours are looked through.
const issuePages = 5

// ReportIssue gives the number of the oldest open issue that has a title and
// that our own token opened; where there is none it opens one. Anybody can open
// an issue with the title, and that one is not ours.
func (c *Client) ReportIssue(ctx context.Context, repo Repo, title, body string) (int, error) {
	type row struct {
		Number int    `json:"number"`
		Title  string `json:"title"`
		User   *struct {
			Login string `json:"login"`
		} `json:"user"`
		Pull *struct{} `json:"pull_request"`
	}
	path := repo.path("/issues") + "?state=open&creator=" + url.QueryEscape(c.login)
	rows, err := pages[row](ctx, c, findReport, path, 100, issuePages)
	if err != nil {
		return 0, err
	}
	found := 0
	for _, r := range rows {
		if r.Title == title && r.Pull == nil && r.User != nil && r.User.Login == c.login && r.Number > 0 && (found == 0 || r.Number < found) {
			found = r.Number
		}
	}
	if found > 0 {
		return found, nil
	}
	data, _, err := c.send(ctx, writeReport, http.MethodPost, repo.path("/issues"), map[string]string{"title": title, "body": body})
	if err != nil {
		return 0, err
	}
	var made row
	if err := decode(writeReport, data, &made); err != nil {
		return 0, err
	}
	if made.Number <= 0 {
		return 0, fmt.Errorf("%s: the answer names no issue", writeReport)
	}
	return made.Number, nil
}
