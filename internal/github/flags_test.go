package github

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func TestCommentsAndTheirReactionsAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mona := fakegithub.Person{Login: "mona"}
	w.repo.Comments[7] = []fakegithub.Comment{
		{ID: 1, Author: mona, Body: "long ago", Created: "2026-11-01T10:00:00Z"},
		{ID: 2, Author: mona, Body: "/flag docs right", Created: "2026-11-01T10:00:00Z", Updated: "2026-11-20T10:00:00Z"},
		{ID: 3, Author: actions(), App: "github-actions", Body: marker + "\nours", Created: "2026-11-20T10:00:00Z", Reactions: []fakegithub.Reaction{
			{ID: 31, Author: mona, Content: "+1", Created: "2026-11-20T11:00:00Z"}, {ID: 32, Author: actions(), Content: "-1", Created: "2026-11-20T12:00:00Z"}, {ID: 33, Content: "eyes", Created: "2026-11-20T12:00:00Z"},
		}},
		{ID: 4, Author: mona, Body: marker + "\nnot ours", Created: "2026-11-20T10:00:00Z"},
		{ID: 5, Body: "of a ghost", Created: "2026-11-20T10:00:00Z"},
	}
	day := func(d, h int) time.Time { return time.Date(2026, 11, d, h, 0, 0, 0, time.UTC) }
	got, more, err := w.client.CommentsSince(t.Context(), widgets, 7, day(10, 0))
	if err != nil || more {
		t.Fatal(more, err)
	}
	person, bot := event.Account{Login: "mona"}, event.Account{Login: "github-actions[bot]", Bot: true}
	want := []Comment{
		{ID: 2, Number: 7, Body: "/flag docs right", Author: person, Created: day(1, 10), Updated: day(20, 10)},
		{ID: 3, Number: 7, Body: marker + "\nours", Author: bot, Ours: true, Created: day(20, 10), Updated: day(20, 10), Reacted: true},
		{ID: 4, Number: 7, Body: marker + "\nnot ours", Author: person, Created: day(20, 10), Updated: day(20, 10)},
		{ID: 5, Number: 7, Body: "of a ghost", Created: day(20, 10), Updated: day(20, 10)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	one, found, err := w.client.Comment(t.Context(), widgets, 2)
	if diff := cmp.Diff(want[0], one); diff != "" || !found || err != nil {
		t.Error(found, err, diff)
	}
	if _, found, err := w.client.Comment(t.Context(), widgets, 99); found || err != nil {
		t.Errorf("a comment that is gone: %t, %v", found, err)
	}
	reactions, err := w.client.Reactions(t.Context(), widgets, 3)
	if diff := cmp.Diff([]Reaction{{31, "+1", person, day(20, 11)}, {32, "-1", bot, day(20, 12)}, {ID: 33, Content: "eyes", Created: day(20, 12)}}, reactions); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestTheIssueOfTheReportIsFoundOrMade(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		issues []fakegithub.Issue
		made   bool
		want   int
	}{
		"none is there":              {nil, true, 0},
		"ours is there":              {[]fakegithub.Issue{{Number: 3, Title: "AI spend", Author: actions()}}, false, 3},
		"the oldest of ours":         {[]fakegithub.Issue{{Number: 3, Title: "AI spend", Author: actions()}, {Number: 9, Title: "AI spend", Author: actions()}}, false, 3},
		"a stranger's title":         {[]fakegithub.Issue{{Number: 3, Title: "AI spend", Author: fakegithub.Person{Login: "eve"}}}, true, 0},
		"ours was closed":            {[]fakegithub.Issue{{Number: 3, Title: "AI spend", Author: actions(), Closed: true}}, true, 0},
		"ours has another title":     {[]fakegithub.Issue{{Number: 3, Title: "AI spending", Author: actions()}}, true, 0},
		"a pull request is no issue": {nil, true, 0},
	} {
		w := newWorld(t)
		w.repo.Issues = c.issues
		if name == "a pull request is no issue" {
			w.pull.Title, w.pull.Author = "AI spend", actions()
		}
		got, err := w.client.ReportIssue(t.Context(), widgets, "AI spend", "What it is.")
		if err != nil || (len(w.repo.Issues) > len(c.issues)) != c.made || !c.made && got != c.want || got <= 0 {
			t.Errorf("%s: issue %d of %d, %v", name, got, len(w.repo.Issues), err)
		}
	}
}

func TestAReportIsWrittenOnceAWindow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 3 {
		mark := fmt.Sprintf("<!-- tierwise report 2026-11-%d -->", 16+i/2)
		if err := w.client.UpsertReport(t.Context(), widgets, 12, mark, mark+fmt.Sprintf("\npage %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, k := range w.repo.Comments[12] {
		got = append(got, k.Body)
	}
	want := []string{"<!-- tierwise report 2026-11-16 -->\npage 1", "<!-- tierwise report 2026-11-17 -->\npage 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
