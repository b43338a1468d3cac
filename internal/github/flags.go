package github

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/event"
)

// Comment is what somebody said on an issue or a pull request. Its body is a
// stranger's.
type Comment struct {
	ID      int64
	Number  int // of the issue or pull request
	Body    string
	Author  event.Account // without a login: the account is gone
	Ours    bool          // our own token wrote it, and it begins with a mark of ours
	Created time.Time
	Updated time.Time
	Reacted bool // there are reactions to it
}

// ownMark begins every comment of ours.
const ownMark = "<!-- tierwise"

// CommentsSince lists the comments on an issue or a pull request that were
// written or edited since a moment, oldest first. More says that there are more
// than were read.
func (c *Client) CommentsSince(ctx context.Context, repo Repo, number int, since time.Time) (list []Comment, more bool, err error) {
	path := repo.path("/issues/%s/comments", strconv.Itoa(number)) + "?since=" + url.QueryEscape(since.UTC().Format(time.RFC3339))
	rows, more, err := pagesMore[issueComment](ctx, c, listComments, path, 100, commentPages)
	if err != nil {
		return nil, false, err
	}
	for _, k := range rows {
		one, err := c.comment(k, number)
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", listComments, err)
		}
		list = append(list, one)
	}
	return list, more, nil
}

// Comment reads one comment as it stands now; found is false where it is gone.
func (c *Client) Comment(ctx context.Context, repo Repo, id int64) (one Comment, found bool, err error) {
	var k issueComment
	_, err = c.get(ctx, readComment, repo.path("/issues/comments/%s", strconv.FormatInt(id, 10)), &k)
	if isNotFound(err) {
		return Comment{}, false, nil
	}
	if err != nil {
		return Comment{}, false, err
	}
	_, text, _ := strings.Cut(k.IssueURL, "/issues/")
	number, err := strconv.Atoi(text)
	if err != nil || number <= 0 || k.ID != id {
		return Comment{}, false, fmt.Errorf("%s: the answer is not that comment", readComment)
	}
	one, err = c.comment(k, number)
	if err != nil {
		return Comment{}, false, fmt.Errorf("%s: %w", readComment, err)
	}
	return one, true, nil
}

func (c *Client) comment(k issueComment, number int) (Comment, error) {
	created, err := time.Parse(time.RFC3339, k.CreatedAt)
	if err != nil {
		return Comment{}, fmt.Errorf("when it was written: %w", err)
	}
	updated, err := time.Parse(time.RFC3339, k.UpdatedAt)
	if err != nil {
		return Comment{}, fmt.Errorf("when it was edited: %w", err)
	}
	one := Comment{
		ID: k.ID, Number: number, Body: k.Body, Ours: c.isOurs(k, ownMark), Created: created, Updated: updated,
		Reacted: k.Reactions == nil || k.Reactions.Total > 0,
	}
	if k.User != nil {
		one.Author = event.Account{Login: k.User.Login, Bot: k.User.Type != "User"}
	}
	return one, nil
}

// Reaction is one person's reaction to a comment.
type Reaction struct {
	ID      int64
	Content string // +1, -1, …
	Author  event.Account
	Created time.Time
}

// reactionPages times 100 reactions to one comment are read.
const reactionPages = 5

// Reactions lists the reactions to a comment.
func (c *Client) Reactions(ctx context.Context, repo Repo, comment int64) ([]Reaction, error) {
	type row struct {
		ID      int64  `json:"id"`
		Content string `json:"content"`
		Created string `json:"created_at"`
		User    *struct {
			Login string `json:"login"`
			Type  string `json:"type"`
		} `json:"user"`
	}
	rows, err := pages[row](ctx, c, listReactions, repo.path("/issues/comments/%s/reactions", strconv.FormatInt(comment, 10)), 100, reactionPages)
	if err != nil {
		return nil, err
	}
	var list []Reaction
	for _, r := range rows {
		at, err := time.Parse(time.RFC3339, r.Created)
		if err != nil {
			return nil, fmt.Errorf("%s: when it was given: %w", listReactions, err)
		}
		one := Reaction{ID: r.ID, Content: r.Content, Created: at}
		if r.User != nil {
			one.Author = event.Account{Login: r.User.Login, Bot: r.User.Type != "User"}
		}
		list = append(list, one)
	}
	return list, nil
}
