package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// GraphQL is asked for review threads, because the REST API cannot resolve one,
// and for merged pull requests.
const (
	queryThreads = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { author { login } reviewThreads(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { id isResolved resolvedBy { login } isOutdated viewerCanResolve comments(first: 1) { totalCount nodes { id isMinimized } } }
  } } }
}`
	mutateResolve  = `mutation($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { id isResolved } } }`
	mutateMinimize = `mutation($subject: ID!) { minimizeComment(input: {subjectId: $subject, classifier: OUTDATED}) { minimizedComment { isMinimized } } }`
)

// threadPages times 100 threads are read.
const threadPages = 10

// Thread is a review thread with the comment that began it.
type Thread struct {
	ID         string
	Comment    string // the first comment's id
	Resolved   bool
	Settled    bool // resolved by a person who is not the pull request's author
	Hidden     bool // the first comment is minimized
	Outdated   bool
	Comments   int
	MayResolve bool
}

// Threads lists the review threads of a pull request.
func (c *Client) Threads(ctx context.Context, repo Repo, number int) ([]Thread, error) {
	var all []Thread
	var after *string
	for range threadPages {
		var page threadsAnswer
		err := c.graphQL(ctx, readThreads, queryThreads, map[string]any{"owner": repo.Owner, "name": repo.Name, "number": number, "after": after}, &page)
		if err != nil {
			return nil, err
		}
		threads := page.Repository.PullRequest.Threads
		for _, n := range threads.Nodes {
			t := n.thread()
			t.Settled = n.Resolved && c.isAnother(n.By, page.Repository.PullRequest.Author)
			all = append(all, t)
		}
		if !threads.Page.More {
			return all, nil
		}
		after = &threads.Page.End
	}
	return all, nil
}

type threadsAnswer struct {
	Repository struct {
		PullRequest struct {
			Author  *loginOnly `json:"author"`
			Threads struct {
				Page struct {
					More bool   `json:"hasNextPage"`
					End  string `json:"endCursor"`
				} `json:"pageInfo"`
				Nodes []threadNode `json:"nodes"`
			} `json:"reviewThreads"`
		} `json:"pullRequest"`
	} `json:"repository"`
}

// loginOnly is an account; where there is none any more, it is null.
type loginOnly struct {
	Login string `json:"login"`
}

// isAnother says that somebody is known who is neither we nor the author: an
// author does not sign off the remarks on their own change. GraphQL writes a
// bot's login without [bot].
func (c *Client) isAnother(who, author *loginOnly) bool {
	if who == nil || who.Login == "" || author == nil {
		return false
	}
	ours := strings.TrimSuffix(c.login, "[bot]")
	return !sameLogin(strings.TrimSuffix(who.Login, "[bot]"), ours) && !sameLogin(who.Login, author.Login)
}

type threadNode struct {
	ID         string     `json:"id"`
	Resolved   bool       `json:"isResolved"`
	By         *loginOnly `json:"resolvedBy"`
	Outdated   bool       `json:"isOutdated"`
	MayResolve bool       `json:"viewerCanResolve"`
	Comments   struct {
		Total int `json:"totalCount"`
		Nodes []struct {
			ID     string `json:"id"`
			Hidden bool   `json:"isMinimized"`
		} `json:"nodes"`
	} `json:"comments"`
}

func (n threadNode) thread() Thread {
	t := Thread{ID: n.ID, Resolved: n.Resolved, Outdated: n.Outdated, MayResolve: n.MayResolve, Comments: n.Comments.Total}
	if len(n.Comments.Nodes) > 0 {
		t.Comment, t.Hidden = n.Comments.Nodes[0].ID, n.Comments.Nodes[0].Hidden
	}
	return t
}

// ResolveThread resolves a thread. A workflow's token may do so with contents:
// write alone (https://github.com/github/gh-aw/issues/35726).
func (c *Client) ResolveThread(ctx context.Context, thread string) error {
	return c.graphQL(ctx, resolveThread, mutateResolve, map[string]any{"thread": thread}, nil)
}

// HideOutdated folds a comment away as outdated. It can be unfolded.
func (c *Client) HideOutdated(ctx context.Context, comment string) error {
	return c.graphQL(ctx, hideRemark, mutateMinimize, map[string]any{"subject": comment}, nil)
}

// graphQLPath is beside the REST API: /graphql on github.com, and /api/graphql
// where the REST API is /api/v3.
func (c *Client) graphQLPath() string {
	if strings.HasSuffix(c.api.base.Path, "/api/v3/") {
		return "../graphql"
	}
	return "graphql"
}

// graphQL asks and decodes the data into v, where there is one to decode. An
// error comes with the status 200 here, and what it says of the kind is what a
// status says elsewhere.
func (c *Client) graphQL(ctx context.Context, what call, query string, variables map[string]any, v any) error {
	data, _, err := c.send(ctx, what, http.MethodPost, c.graphQLPath(), map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors []struct {
			Type    string `json:"type"`
			Message string `json:"message"`
		} `json:"errors"`
	}
	if err := decode(what, data, &answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		first := answer.Errors[0]
		return graphQLError(what, first.Type, brief(first.Message))
	}
	if v == nil {
		return nil
	}
	if string(answer.Data) == "null" || len(answer.Data) == 0 {
		return fmt.Errorf("%s: the answer has no data", what)
	}
	return decode(what, answer.Data, v)
}

func graphQLError(what call, kind, message string) error {
	switch kind {
	case "FORBIDDEN", "INSUFFICIENT_SCOPES":
		return &PermissionError{Call: string(what), Status: http.StatusForbidden, Permission: what.permission(), Message: message}
	case "NOT_FOUND":
		return &PermissionError{Call: string(what), Status: http.StatusNotFound, Permission: what.permission(), Message: message}
	case "RATE_LIMITED":
		return &LimitError{Call: string(what), Status: http.StatusForbidden, Message: message}
	}
	return &APIError{Call: string(what), Status: http.StatusOK, Message: message}
}
