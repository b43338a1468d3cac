package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
)

// gone is a talk that fails for pull request 9, which is the newest.
type gone struct {
	*talk
	err error
}

func (g gone) CommentsSince(ctx context.Context, r github.Repo, number int, since time.Time) ([]github.Comment, bool, error) {
	if number == 9 && g.err != nil {
		return nil, false, g.err
	}
	if number == 9 {
		return nil, false, nil
	}
	return g.talk.CommentsSince(ctx, r, number, since)
}

func listener(t *testing.T, of Talk) *Listener {
	t.Helper()
	runs := ledger.NewRuns()
	for _, n := range []int{7, 9} {
		runs.Add(ledger.Record{ID: fmt.Sprint("a", n), Repository: "acme/widgets", PullRequest: n, Task: "docs", Status: "clean", TierUsed: "mid", Finished: "2026-11-20T09:00:00Z"})
	}
	file, err := policy.Default(Known())
	if err != nil {
		t.Fatal(err)
	}
	return &Listener{Talk: of, Repo: github.Repo{Owner: "acme", Name: "widgets"}, Policy: file, Runs: runs}
}

func TestWhatFailsOfOnePullRequestEndsNoReport(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err   error // of the newest pull request's comments
		asked error // of a permission
		flags int
		note  string
	}{
		"all are there":                    {flags: 1},
		"a forged number":                  {err: &github.PermissionError{Status: 404}, flags: 1, note: "pull request 9 were not read"},
		"a low rate at the comments":       {err: github.ErrRateLow, note: "flags of comments are incomplete, of 2 pull requests 0"},
		"a refusal at the comments":        {err: &github.LimitError{Status: 429}, note: "flags of comments are incomplete"},
		"a low rate at a permission":       {asked: github.ErrRateLow, note: "flags of comments are incomplete, of 2 pull requests 1"},
		"a permission that cannot be seen": {asked: errors.New("403")},
	} {
		of := newTalk(saidBy("bob", "/flag docs right"))
		of.failing = c.asked
		h, err := listener(t, gone{of, c.err}).Listen(t.Context(), hour(0))
		said := strings.Join(h.Notes, "\n")
		if err != nil || len(h.Flags) != c.flags || !strings.Contains(said, c.note) || (said == "") != (c.note == "") {
			t.Errorf("%s: %v, %d flags, %q", name, err, len(h.Flags), said)
		}
	}
}

func TestARunThatIsToldToStopStopsListening(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := listener(t, gone{newTalk(), ctx.Err()}).Listen(ctx, hour(0)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestStrangersSpendNoMoreLookupsThanTheBound(t *testing.T) {
	t.Parallel()
	for _, many := range []int{maxPeople, maxPeople + 3} {
		var all []github.Comment
		for i := range many {
			all = append(all, saidBy(fmt.Sprint("stranger", i), "/flag docs cheaper"))
		}
		of := newTalk(append(all, saidBy("stranger0", "/flag docs cheaper"))...)
		h, err := listener(t, gone{of, nil}).Listen(t.Context(), hour(0))
		said := strings.Join(h.Notes, "")
		if err != nil || of.asked != maxPeople || h.Refused != many+1 || strings.Contains(said, "3 comments and reactions of others") != (many > maxPeople) {
			t.Errorf("%d: %v, asked %d, refused %d, %q", many, err, of.asked, h.Refused, said)
		}
	}
}

func TestReactionsAreAskedForOnSoManyCommentsOnly(t *testing.T) {
	t.Parallel()
	for _, many := range []int{maxReacted, maxReacted + 2} {
		var all []github.Comment
		for range many {
			all = append(all, github.Comment{ID: 5, Number: 7, Body: "<!-- tierwise -->", Ours: true, Reacted: true, Author: event.Account{Bot: true}, Created: hour(9), Updated: hour(9)})
		}
		l := listener(t, gone{newTalk(all...), nil})
		h, err := l.Listen(t.Context(), hour(0))
		if err != nil || l.reacted != maxReacted || strings.Contains(strings.Join(h.Notes, ""), "those on 2 older ones were not") != (many > maxReacted) {
			t.Errorf("%d: %v, %d, %q", many, err, l.reacted, h.Notes)
		}
	}
}
