package pipeline

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
)

// talk is a platform of one pull request.
type talk struct {
	comments  []github.Comment
	reactions []github.Reaction
	people    map[string]github.Permission
	pull      event.PullRequest
	failing   error
	asked     int // for permissions
}

func (t *talk) CommentsSince(context.Context, github.Repo, int, time.Time) ([]github.Comment, bool, error) {
	return t.comments, false, nil
}

func (t *talk) Reactions(context.Context, github.Repo, int64) ([]github.Reaction, error) {
	return t.reactions, nil
}

func (t *talk) Permission(_ context.Context, _ github.Repo, login string) (github.Permission, error) {
	t.asked++
	p, known := t.people[login]
	switch {
	case t.failing != nil:
		return p, t.failing
	case !known:
		return p, errors.New("no such user")
	}
	return p, nil
}

func (t *talk) PullRequest(context.Context, github.Repo, int) (event.PullRequest, error) {
	return t.pull, nil
}

func hour(h int) time.Time { return time.Date(2026, 11, 20, h, 0, 0, 0, time.UTC) }

// saidBy gives a comment on the pull request at noon.
func saidBy(login, body string) github.Comment {
	return github.Comment{ID: 9, Number: 7, Body: body, Author: event.Account{Login: login}, Created: hour(12), Updated: hour(12)}
}

func newTalk(comments ...github.Comment) *talk {
	return &talk{comments: comments, people: map[string]github.Permission{
		"ada": {Permission: "write", RoleName: "maintain"}, "bob": {Permission: "write"}, "eve": {Permission: "read"}, "helper": {Permission: "write", Bot: true},
	}}
}

// heard listens to a pull request on which docs ran at 9 and 11, tests at 10,
// and code-review at 10.
func heard(t *testing.T, of *talk, allow ...string) Heard {
	t.Helper()
	runs := ledger.NewRuns()
	for id, r := range map[string]ledger.Record{
		"a1": {Task: "docs", Finished: "2026-11-20T09:00:00Z"}, "a2": {Task: "docs", Finished: "2026-11-20T11:00:00Z"},
		"a3": {Task: "tests", Finished: "2026-11-20T10:00:00Z"}, "a4": {Task: "code-review", Finished: "2026-11-20T10:00:00Z"},
	} {
		r.ID, r.Repository, r.PullRequest, r.Status, r.TierUsed = id+strings.Repeat("0", 30), "acme/widgets", 7, "clean", "mid"
		runs.Add(r)
	}
	file, err := policy.Default(Known())
	if err != nil {
		t.Fatal(err)
	}
	if allow != nil {
		file.Flag.Allow = allow
	}
	l := Listener{Talk: of, Repo: github.Repo{Owner: "acme", Name: "widgets"}, Policy: file, Runs: runs}
	h, err := l.Listen(t.Context(), hour(0))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// flagged shows flags as "record verdict source permission".
func flagged(flags []ledger.Flag) []string {
	var list []string
	for _, f := range flags {
		list = append(list, strings.Join([]string{f.Record[:2], string(f.Verdict), f.Source, f.Permission}, " "))
	}
	return list
}

func TestCommentsBecomeFlagsOfThoseWhoMay(t *testing.T) {
	t.Parallel()
	bot := saidBy("deploy", "/flag docs cheaper")
	bot.Author.Bot = true
	early := saidBy("bob", "/flag docs cheaper")
	early.Created = hour(10)
	for name, c := range map[string]struct {
		talk    *talk
		allow   []string
		want    []string
		refused int
	}{
		"a writer's comment means the last run":   {newTalk(saidBy("bob", "/flag docs cheaper")), nil, []string{"a2 cheaper comment write"}, 0},
		"an earlier comment means an earlier run": {newTalk(early), nil, []string{"a1 cheaper comment write"}, 0},
		"a maintainer's role is kept":             {newTalk(saidBy("ada", "/flag tests frontier\n/flag docs right")), nil, []string{"a3 frontier comment maintain", "a2 right comment maintain"}, 0},
		"a reader's does not count":               {newTalk(saidBy("eve", "/flag docs cheaper")), nil, nil, 1},
		"a stranger's does not count":             {newTalk(saidBy("mallory", "/flag docs cheaper\n/flag tests right")), nil, nil, 2},
		"a bot's does not count":                  {newTalk(bot), nil, nil, 1},
		"nor that of a bot that looks a person":   {newTalk(saidBy("helper", "/flag docs cheaper")), nil, nil, 1},
		"a gone account's does not count":         {newTalk(saidBy("", "/flag docs cheaper")), nil, nil, 1},
		"the policy may want more":                {newTalk(saidBy("bob", "/flag docs cheaper"), saidBy("ada", "/flag docs right")), []string{"maintain"}, []string{"a2 right comment maintain"}, 1},
		"the policy may want nobody":              {newTalk(saidBy("ada", "/flag docs right")), []string{}, nil, 1},
		"other words are no flags":                {newTalk(saidBy("eve", "docs is fine")), nil, nil, 0},
	} {
		h := heard(t, c.talk, c.allow...)
		if diff := cmp.Diff(c.want, flagged(h.Flags)); diff != "" || h.Refused != c.refused {
			t.Errorf("%s: %d refused, want %d (-want +got):\n%s", name, h.Refused, c.refused, diff)
		}
	}
}

func TestAnEditedCommentCountsWhereWhoeverMayEditMayFlag(t *testing.T) {
	t.Parallel()
	edited := func(body string) github.Comment {
		c := saidBy("ada", body)
		c.Updated = hour(13)
		return c
	}
	for name, c := range map[string]struct {
		comment       github.Comment
		allow         []string
		flags, refuse int
	}{
		"all who may write may flag":        {edited("/flag docs right"), nil, 1, 0},
		"only some of them may":             {edited("/flag docs right"), []string{"admin", "maintain"}, 0, 1},
		"it was not edited":                 {saidBy("ada", "/flag docs right"), []string{"admin", "maintain"}, 1, 0},
		"edited, and it flags nothing":      {edited("docs is fine"), []string{"maintain"}, 0, 0},
		"edited, by the author of no right": {func() github.Comment { c := edited("/flag docs right"); c.Author.Login = "eve"; return c }(), nil, 0, 1},
	} {
		h := heard(t, newTalk(c.comment), c.allow...)
		if len(h.Flags) != c.flags || h.Refused != c.refuse || (len(h.Notes) == 1) != (c.refuse == 1 && c.allow != nil) {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

func TestTheAuthorOfAForkDoesNotFlag(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fork   bool
		author string
		want   int
	}{
		"the fork's author, though a writer": {true, "Bob", 0},
		"somebody else on that pull request": {true, "mallory", 1},
		"the author of a branch of ours":     {false, "bob", 1},
	} {
		of := newTalk(saidBy("bob", "/flag docs cheaper"))
		of.pull = event.PullRequest{Number: 7, Fork: c.fork, Author: event.Account{Login: c.author}}
		if h := heard(t, of); len(h.Flags) != c.want || h.Refused != 1-c.want {
			t.Errorf("%s: %d flags, %d refused", name, len(h.Flags), h.Refused)
		}
	}
}

func TestReactionsToOurCommentsSpeakOfTheirTasks(t *testing.T) {
	t.Parallel()
	ours := func(body string) github.Comment {
		return github.Comment{ID: 5, Number: 7, Body: body, Ours: true, Reacted: true, Author: event.Account{Login: "github-actions[bot]", Bot: true}, Created: hour(9), Updated: hour(9)}
	}
	theirs := ours("<!-- tierwise -->\n/flag docs right")
	theirs.Ours = false
	react := func(word, login string, h int) github.Reaction {
		return github.Reaction{ID: 3, Content: word, Author: event.Account{Login: login}, Created: hour(h)}
	}
	for name, c := range map[string]struct {
		comment   github.Comment
		reactions []github.Reaction
		flags     []string
		disputes  []string
		refused   int
	}{
		"a thumbs-up is right of the auxiliary tasks": {ours("<!-- tierwise -->\n…"), []github.Reaction{react("+1", "bob", 12)}, []string{"a2 right reaction write", "a3 right reaction write"}, nil, 0},
		"what ran later is not meant":                 {ours("<!-- tierwise -->\n…"), []github.Reaction{react("+1", "bob", 9)}, []string{"a1 right reaction write"}, nil, 0},
		"of the critical comment its tasks":           {ours("<!-- tierwise: code-review, security-scan at 0123456789ab -->\n…"), []github.Reaction{react("+1", "bob", 12)}, []string{"a4 right reaction write"}, nil, 0},
		"a thumbs-down is a reason to look":           {ours("<!-- tierwise -->\n…"), []github.Reaction{react("-1", "bob", 12)}, nil, []string{"a2 right reaction write", "a3 right reaction write"}, 0},
		"a heart means nothing":                       {ours("<!-- tierwise -->\n…"), []github.Reaction{react("heart", "bob", 12)}, nil, nil, 0},
		"a reader's does not count":                   {ours("<!-- tierwise -->\n…"), []github.Reaction{react("+1", "eve", 12), react("-1", "eve", 12)}, nil, nil, 2},
		"a comment that only looks like ours":         {theirs, []github.Reaction{react("+1", "bob", 12)}, nil, nil, 1},
	} {
		of := newTalk(c.comment)
		of.reactions = c.reactions
		h := heard(t, of)
		if diff := cmp.Diff(c.flags, flagged(h.Flags)); diff != "" {
			t.Errorf("%s: flags (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(c.disputes, flagged(h.Disputes)); diff != "" || h.Refused != c.refused {
			t.Errorf("%s: %d refused, want %d, disputes (-want +got):\n%s", name, h.Refused, c.refused, diff)
		}
	}
}

func TestAFlagOfNoRunIsSaid(t *testing.T) {
	t.Parallel()
	h := heard(t, newTalk(saidBy("bob", "/flag changelog right")))
	if len(h.Flags) != 0 || len(h.Notes) != 1 || !strings.Contains(h.Notes[0], `"changelog"`) {
		t.Errorf("%+v", h)
	}
}

func TestAPersonIsLookedUpOnce(t *testing.T) {
	t.Parallel()
	of := newTalk(saidBy("bob", "/flag docs right"), saidBy("BOB", "/flag tests right"))
	if h := heard(t, of); len(h.Flags) != 2 || of.asked != 1 {
		t.Errorf("%d flags, asked %d times", len(h.Flags), of.asked)
	}
}
