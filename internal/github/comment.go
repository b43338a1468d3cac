package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf16"

	gh "github.com/google/go-github/v62/github"
)

const (
	// actionsLogin is who a GITHUB_TOKEN acts as.
	actionsLogin = "github-actions[bot]"
	// maxComment is the longest body, in UTF-16 units: over it the platform
	// answers 422 (https://github.com/docker/scout-action/issues/66).
	maxComment = 65536
	// commentPages times 100 comments are searched for our own.
	commentPages = 10
)

// UpsertComment writes the one sticky comment of a pull request that marker
// names, and edits it the next time. It edits only a comment that starts with marker and was
// written by our own token: anyone can copy a marker. The marker carries no
// data to trust.
func (c *Client) UpsertComment(ctx context.Context, repo Repo, number int, marker, body string) error {
	return c.upsert(ctx, findComment, writeComment, repo, number, marker, body)
}

func (c *Client) upsert(ctx context.Context, find, write call, repo Repo, number int, marker, body string) error {
	if marker == "" || number <= 0 {
		return errors.New("write a comment: no marker or no number")
	}
	if !strings.HasPrefix(body, marker) {
		body = marker + "\n" + body
	}
	if n := len(utf16.Encode([]rune(body))); n > maxComment {
		return fmt.Errorf("%s: the body has %d characters, the bound is %d", write, n, maxComment)
	}
	ours, err := c.ownComment(ctx, find, repo, number, marker)
	if err != nil {
		return err
	}
	method, path := http.MethodPost, repo.path("/issues/%s/comments", strconv.Itoa(number))
	if ours != nil {
		if ours.Body == body {
			return nil
		}
		method, path = http.MethodPatch, repo.path("/issues/comments/%s", strconv.FormatInt(ours.ID, 10))
	}
	_, _, err = c.send(ctx, write, method, path, &gh.IssueComment{Body: &body})
	return err
}

// OwnComment gives the text of the sticky comment, "" where there is none yet.
// It is found as UpsertComment finds it: a stranger's comment with our marker
// is not ours. Whoever may edit comments may have edited it all the same.
func (c *Client) OwnComment(ctx context.Context, repo Repo, number int, marker string) (string, error) {
	if marker == "" || number <= 0 {
		return "", errors.New("read our comment: no marker or no number")
	}
	ours, err := c.ownComment(ctx, findComment, repo, number, marker)
	if err != nil || ours == nil {
		return "", err
	}
	return ours.Body, nil
}

func (c *Client) ownComment(ctx context.Context, find call, repo Repo, number int, marker string) (*issueComment, error) {
	comments, err := pages[issueComment](ctx, c, find, repo.path("/issues/%s/comments", strconv.Itoa(number)), 100, commentPages)
	if err != nil {
		return nil, err
	}
	for _, k := range comments {
		if c.isOurs(k, marker) {
			return &k, nil
		}
	}
	return nil, nil
}

// isOurs says that our token wrote the comment. A bot's login ends in [bot],
// which no person's can, and its type must agree. Of an app that the comment
// was made with, the login must be the app's own: a person's comment through
// an app carries the person's login.
func (c *Client) isOurs(k issueComment, marker string) bool {
	if k.User == nil || k.User.Login != c.login || !strings.HasPrefix(k.Body, marker) {
		return false
	}
	if strings.HasSuffix(c.login, "[bot]") && k.User.Type != "Bot" {
		return false
	}
	return k.App == nil || k.App.Slug+"[bot]" == c.login
}

// issueComment is the part of a comment that we read. go-github v62 does not
// have performed_via_github_app.
type issueComment struct {
	ID        int64  `json:"id"`
	IssueURL  string `json:"issue_url"`
	Body      string `json:"body"`
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
	Reactions *struct {
		Total int `json:"total_count"`
	} `json:"reactions"`
	User *struct {
		Login string `json:"login"`
		Type  string `json:"type"`
	} `json:"user"`
	App *struct {
		Slug string `json:"slug"`
	} `json:"performed_via_github_app"`
}
