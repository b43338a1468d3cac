package github

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	gh "github.com/google/go-github/v62/github"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/route"
)

// LabelEvent gathers what a lowering label rests on, where this run's own
// event is the labelling; otherwise it is nil. The actor and the head at the
// label are those of the payload: a timeline's order would not bind them
// (https://github.com/isaacs/github/issues/386). Now is the pull request as
// PullRequest read it. With tiers, only a reason for one of them counts.
//
// A lookup that fails stands in LookupError, and the label is then refused. A
// bot's permission is not looked up, since apps have none: its exact name
// decides. Only what stops the whole run is an error.
func (c *Client) LabelEvent(ctx context.Context, repo Repo, ev event.Event, now event.PullRequest, tiers ...string) (*route.LabelEvent, error) {
	if ev.Action != "labeled" || ev.PullRequest == nil {
		return nil, nil
	}
	actor := ev.Sender
	l := &route.LabelEvent{
		Label: ev.Label, Actor: actor.Login, Bot: actor.Bot,
		Author:      sameLogin(actor.Login, now.Author.Login) || sameLogin(actor.Login, ev.PullRequest.Author.Login),
		HeadAtLabel: ev.PullRequest.Head.SHA, HeadNow: now.Head.SHA,
	}
	if actor.Login == "" {
		l.LookupError = "the account that set the label is gone"
		return l, nil
	}
	if !actor.Bot {
		p, err := c.Permission(ctx, repo, actor.Login)
		if err != nil {
			return refuse(ctx, l, err)
		}
		l.Permission, l.Bot = p.Name(), p.Bot
	}
	reason, err := c.labelReason(ctx, repo, now, actor.Login, tiers)
	if err != nil {
		return refuse(ctx, l, err)
	}
	l.Reason = reason
	return l, nil
}

// refuse notes a failed lookup, unless the whole run must stop.
func refuse(ctx context.Context, l *route.LabelEvent, err error) (*route.LabelEvent, error) {
	if mustStop(ctx, err) {
		return nil, err
	}
	l.LookupError = err.Error()
	return l, nil
}

// reasonLine is "/tier <tier> because …" on a line of its own. It is compiled
// when a label is looked at.
var reasonLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?mi)^[ \t]*/tier[ \t]+([a-z0-9_-]+)[ \t]+because[ \t]+(\S[^\r\n]*)`)
})

// labelReason finds the actor's newest reason among the newest comments, in
// one request. The words are the actor's and stay untrusted.
func (c *Client) labelReason(ctx context.Context, repo Repo, pr event.PullRequest, actor string, tiers []string) (string, error) {
	size, number := lastPage(pr.Comments)
	if number == 0 {
		return "", nil
	}
	var comments []*gh.IssueComment
	path := repo.path("/issues/%s/comments", strconv.Itoa(pr.Number))
	if _, err := c.get(ctx, listComments, withPage(path, size, number), &comments); err != nil {
		return "", err
	}
	for _, k := range slices.Backward(comments) {
		if !sameLogin(k.GetUser().GetLogin(), actor) {
			continue
		}
		for _, m := range slices.Backward(reasonLine().FindAllStringSubmatch(k.GetBody(), -1)) {
			if len(tiers) == 0 || slices.Contains(tiers, strings.ToLower(m[1])) {
				return brief(strings.TrimSpace(m[2])), nil
			}
		}
	}
	return "", nil
}

// lastPage gives the page size and number whose page holds the most of the
// newest comments. The platform lists oldest first and cannot turn it round.
func lastPage(total int) (size, number int) {
	if total <= 0 {
		return 0, 0
	}
	most := 0
	for s := 100; s >= 50; s-- {
		if held := (total-1)%s + 1; held > most {
			most, size, number = held, s, (total+s-1)/s
		}
	}
	return size, number
}

// sameLogin compares as the platform does: without case. A ghost is nobody.
func sameLogin(a, b string) bool { return a != "" && strings.EqualFold(a, b) }
