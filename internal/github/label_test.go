package github

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// T11: the word that a policy's allow list is held against.
func TestPermissionOfEveryRole(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		person fakegithub.Person
		want   Permission
		name   string
	}{
		{fakegithub.Person{Permission: "admin"}, Permission{"admin", "admin", false}, "admin"},
		{fakegithub.Person{Permission: "write", Role: "maintain"}, Permission{"write", "maintain", false}, "maintain"},
		{fakegithub.Person{Permission: "write"}, Permission{"write", "write", false}, "write"},
		{fakegithub.Person{Permission: "read", Role: "triage"}, Permission{"read", "triage", false}, "triage"},
		{fakegithub.Person{Permission: "read"}, Permission{"read", "read", false}, "read"},
		{fakegithub.Person{Permission: "none"}, Permission{"none", "none", false}, "none"},
		{fakegithub.Person{Permission: "write", Role: "release-captain"}, Permission{"write", "release-captain", false}, "write"},
		{fakegithub.Person{Permission: "read", Role: "reader-plus"}, Permission{"read", "reader-plus", false}, "read"},
		{fakegithub.Person{Permission: "read", Role: "Admin"}, Permission{"read", "Admin", false}, "read"},
		{fakegithub.Person{Permission: "write", Bot: true}, Permission{"write", "write", true}, "write"},
	} {
		w := newWorld(t)
		tt.person.Login = "Ada"
		w.repo.People["ada"] = tt.person
		got, err := w.client.Permission(t.Context(), widgets, "ada")
		if err != nil || got != tt.want || got.Name() != tt.name {
			t.Errorf("%+v: %+v named %q, error %v", tt.person, got, got.Name(), err)
		}
	}
}

func TestPermissionThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.client.Permission(t.Context(), widgets, "Copilot")
	wantError(t, err, "HTTP 404", "Copilot is not a user")
	_, err = w.client.Permission(t.Context(), widgets, "")
	wantError(t, err, "the account is gone")
	for _, body := range []string{"{}", `{"permission":"admin"}`, `{"permission":"admin","user":null}`, `{"permission":"","user":{"login":"ada"}}`, `{"permission":"admin","user":{"login":"eve"}}`} {
		w := newWorld(t)
		w.Inject(fakegithub.Fault{Status: 200, Body: body})
		if p, err := w.client.Permission(t.Context(), widgets, "ada"); err == nil {
			t.Errorf("%s gave %+v", body, p)
		}
	}
}

func labelled(actor event.Account) event.Event {
	return event.Event{
		Name: "pull_request", Action: "labeled", Label: "tier:efficient", Sender: actor, Repository: acme(),
		PullRequest: &event.PullRequest{Number: 7, Author: event.Account{Login: "mona"}, Head: event.Ref{SHA: headSHA}},
	}
}

func TestLabelEventGathersTheAudit(t *testing.T) {
	t.Parallel()
	ada := event.Account{Login: "ada"}
	for _, tt := range []struct {
		name  string
		actor event.Account
		edit  func(*world)
		want  route.LabelEvent
		error string
	}{
		{name: "a maintainer", actor: ada, edit: func(w *world) {
			w.repo.People["ada"] = fakegithub.Person{Login: "ada", Permission: "write", Role: "maintain"}
		}, want: route.LabelEvent{Permission: "maintain"}},
		{name: "a triager", actor: ada, edit: func(w *world) {
			w.repo.People["ada"] = fakegithub.Person{Login: "ada", Permission: "read", Role: "triage"}
		}, want: route.LabelEvent{Permission: "triage"}},
		{name: "a custom role that may write", actor: ada, edit: func(w *world) {
			w.repo.People["ada"] = fakegithub.Person{Login: "ada", Permission: "write", Role: "captain"}
		}, want: route.LabelEvent{Permission: "write"}},
		{name: "the author, in other letters", actor: event.Account{Login: "Mona"}, edit: func(w *world) { w.repo.People["Mona"] = fakegithub.Person{Login: "mona", Permission: "admin"} }, want: route.LabelEvent{Permission: "admin", Author: true}},
		{name: "a bot is not looked up", actor: event.Account{Login: "github-actions[bot]", Bot: true}, want: route.LabelEvent{Bot: true}},
		{name: "an app without the suffix and the type", actor: event.Account{Login: "Copilot"}, error: "Copilot is not a user"},
		{name: "a bot that calls itself a person", actor: ada, edit: func(w *world) { w.repo.People["ada"] = fakegithub.Person{Login: "ada", Permission: "write", Bot: true} }, want: route.LabelEvent{Permission: "write", Bot: true}},
		{name: "a ghost", error: "the account that set the label is gone"},
		{name: "no permission to look", actor: ada, edit: func(w *world) { w.Inject(fakegithub.Fault{Path: "/permission", Status: 403, Message: "no"}) }, error: "HTTP 403"},
		{name: "a broken platform", actor: ada, edit: func(w *world) { w.Inject(fakegithub.Fault{Path: "/permission", Status: 500}) }, error: "HTTP 500"},
		{name: "comments that cannot be read", actor: ada, edit: func(w *world) {
			w.repo.People["ada"] = fakegithub.Person{Login: "ada", Permission: "write"}
			w.repo.Comments[7] = make([]fakegithub.Comment, 1)
			w.Inject(fakegithub.Fault{Path: "/comments", Status: 500})
		}, want: route.LabelEvent{Permission: "write"}, error: "list the comments"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if tt.edit != nil {
				tt.edit(w)
			}
			now := event.PullRequest{Number: 7, Author: event.Account{Login: "mona"}, Head: event.Ref{SHA: nextSHA}, Comments: len(w.repo.Comments[7])}
			got, err := w.client.LabelEvent(t.Context(), widgets, labelled(tt.actor), now)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got.LookupError, tt.error) || (tt.error == "") != (got.LookupError == "") {
				t.Errorf("lookup error %q, want %q", got.LookupError, tt.error)
			}
			// T12: both heads are told apart, the payload's and today's.
			tt.want.Label, tt.want.Actor, tt.want.HeadAtLabel, tt.want.HeadNow = "tier:efficient", tt.actor.Login, headSHA, nextSHA
			got.LookupError = ""
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("label (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOtherEventsHaveNoLoweringLabel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, action := range []string{"synchronize", "unlabeled", "opened"} {
		ev := labelled(event.Account{Login: "ada"})
		ev.Action = action
		if got, err := w.client.LabelEvent(t.Context(), widgets, ev, event.PullRequest{}); got != nil || err != nil {
			t.Errorf("%s: %+v, %v", action, got, err)
		}
	}
	ev := labelled(event.Account{Login: "ada"})
	ev.PullRequest = nil
	if got, err := w.client.LabelEvent(t.Context(), widgets, ev, event.PullRequest{}); got != nil || err != nil {
		t.Errorf("an issue's label: %+v, %v", got, err)
	}
	if w.client.Requests() != 0 {
		t.Errorf("%d requests", w.client.Requests())
	}
}

func TestLabelEventStopsARunThatIsOutOfRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(fakegithub.Fault{Status: 429})
	_, err := w.client.LabelEvent(t.Context(), widgets, labelled(event.Account{Login: "ada"}), event.PullRequest{Number: 7})
	var limit *LimitError
	if !errors.As(err, &limit) {
		t.Errorf("error %v", err)
	}
}

func TestTheReasonIsTheActorsNewest(t *testing.T) {
	t.Parallel()
	say := func(login, body string) fakegithub.Comment {
		return fakegithub.Comment{Author: fakegithub.Person{Login: login}, Body: body}
	}
	chatter := func(n int) []fakegithub.Comment {
		list := make([]fakegithub.Comment, n)
		for i := range list {
			list[i] = say("eve", "hello")
		}
		return list
	}
	for _, tt := range []struct {
		name     string
		comments []fakegithub.Comment
		tiers    []string
		want     string
		requests int
	}{
		{name: "no comment", requests: 1},
		{name: "one reason", comments: []fakegithub.Comment{say("Ada", "Hi.\r\n  /tier efficient because the docs are ours\r\nBye.")}, want: "the docs are ours", requests: 2},
		{name: "the newest", comments: []fakegithub.Comment{say("ada", "/tier mid because old"), say("ada", "/TIER mid BECAUSE new"), say("ada", "thanks")}, want: "new", requests: 2},
		{name: "somebody else's", comments: []fakegithub.Comment{say("eve", "/tier mid because I say so"), say("", "/tier mid because ghost")}, requests: 2},
		{name: "another tier's", comments: []fakegithub.Comment{say("ada", "/tier mid because right"), say("ada", "/tier frontier because other")}, tiers: []string{"mid"}, want: "right", requests: 2},
		{name: "a quotation is none", comments: []fakegithub.Comment{say("ada", "> /tier mid because quoted"), say("ada", "see /tier mid because"), say("ada", "/tier mid because  \nx")}, requests: 2},
		{name: "hostile words", comments: []fakegithub.Comment{say("ada", "/tier mid because a\x1b[31m|b\n::error::x")}, want: "a [31m|b", requests: 2},
		{name: "the newest of many pages", comments: append(chatter(180), say("ada", "/tier mid because late"), say("eve", "x")), want: "late", requests: 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.repo.People["ada"] = fakegithub.Person{Login: "ada", Permission: "write"}
			for i := range tt.comments {
				tt.comments[i].ID = int64(i + 1)
			}
			w.repo.Comments[7] = tt.comments
			now := event.PullRequest{Number: 7, Comments: len(tt.comments), Head: event.Ref{SHA: headSHA}}
			got, err := w.client.LabelEvent(t.Context(), widgets, labelled(event.Account{Login: "ada"}), now, tt.tiers...)
			if err != nil || got.LookupError != "" {
				t.Fatal(err, got)
			}
			if got.Reason != tt.want || w.client.Requests() != tt.requests {
				t.Errorf("reason %q after %d requests, want %q after %d", got.Reason, w.client.Requests(), tt.want, tt.requests)
			}
		})
	}
}

// Whatever the count, the one page that is asked for ends with the newest
// comment and holds at least fifty, or all.
func TestLastPageEndsWithTheNewestComment(t *testing.T) {
	t.Parallel()
	for total := 1; total <= 5000; total++ {
		size, number := lastPage(total)
		held := total - (number-1)*size
		if size < 50 || size > 100 || held <= 0 || held > size || held < min(total, 50) {
			t.Fatalf("%d comments: page %d of %d each holds %d", total, number, size, held)
		}
	}
	if _, number := lastPage(0); number != 0 {
		t.Error("a page of no comments")
	}
}
