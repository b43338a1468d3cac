package github

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// remarkPages times 100 review comments are read.
const remarkPages = 10

// Remark is a review comment of our own that stands on a pull request.
type Remark struct {
	Node string // its id in GraphQL
	Body string
	// Outdated says that the lines it was made on are no longer in the diff.
	Outdated bool
	// Answered says that somebody replied to it.
	Answered bool
}

// NewRemark is a review comment to write, on the new side of the diff. Lines
// are 1-based; StartLine is 0 where it is one line.
type NewRemark struct {
	Path            string
	StartLine, Line int
	Body            string
}

// reviewComment is the part of a review comment that we read.
type reviewComment struct {
	ID      int64  `json:"id"`
	Node    string `json:"node_id"`
	Body    string `json:"body"`
	Line    *int   `json:"line"`
	ReplyTo int64  `json:"in_reply_to_id"`
	User    *struct {
		Login string `json:"login"`
		Type  string `json:"type"`
	} `json:"user"`
}

// OwnRemarks lists the review comments that our token wrote and that begin
// with prefix: anyone can copy the prefix. It fails where there are more
// comments than are read, since one of ours may stand among the rest.
func (c *Client) OwnRemarks(ctx context.Context, repo Repo, number int, prefix string) ([]Remark, error) {
	path := repo.path("/pulls/%s/comments", strconv.Itoa(number))
	comments, more, err := pagesMore[reviewComment](ctx, c, listRemarks, path, 100, remarkPages)
	if err != nil {
		return nil, err
	}
	if more {
		return nil, fmt.Errorf("%s: there are more than %d: ours may be among those that were not read", listRemarks, 100*remarkPages)
	}
	var ours []Remark
	for _, k := range comments {
		if k.ReplyTo != 0 || !c.wrote(k, prefix) {
			continue
		}
		answered := slices.ContainsFunc(comments, func(other reviewComment) bool { return other.ReplyTo == k.ID })
		ours = append(ours, Remark{Node: k.Node, Body: k.Body, Outdated: k.Line == nil, Answered: answered})
	}
	return ours, nil
}

// wrote says that our token wrote the comment; see isOurs. A review comment
// does not say which app it was made with.
func (c *Client) wrote(k reviewComment, prefix string) bool {
	if k.User == nil || k.User.Login != c.login || !strings.HasPrefix(k.Body, prefix) {
		return false
	}
	return !strings.HasSuffix(c.login, "[bot]") || k.User.Type == "Bot"
}

type reviewRequest struct {
	CommitID string           `json:"commit_id"`
	Event    string           `json:"event"`
	Body     string           `json:"body"`
	Comments []commentRequest `json:"comments"`
}

type commentRequest struct {
	Path      string `json:"path"`
	Side      string `json:"side"`
	Line      int    `json:"line"`
	StartSide string `json:"start_side,omitempty"`
	StartLine int    `json:"start_line,omitempty"`
	Body      string `json:"body"`
}

// CreateReview writes one review with its comments, on the commit that was
// read. It is of the event COMMENT, always: we approve nothing, and ask for no
// change that would block a merge.
func (c *Client) CreateReview(ctx context.Context, repo Repo, number int, head, body string, remarks []NewRemark) error {
	r := reviewRequest{CommitID: head, Event: "COMMENT", Body: body, Comments: []commentRequest{}}
	for _, k := range remarks {
		comment := commentRequest{Path: k.Path, Side: "RIGHT", Line: k.Line, Body: k.Body}
		if k.StartLine > 0 && k.StartLine < k.Line {
			comment.StartSide, comment.StartLine = "RIGHT", k.StartLine
		}
		r.Comments = append(r.Comments, comment)
	}
	_, _, err := c.send(ctx, writeReview, http.MethodPost, repo.path("/pulls/%s/reviews", strconv.Itoa(number)), r)
	return err
}
