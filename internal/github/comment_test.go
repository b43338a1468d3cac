package github

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

const marker = "<!-- tierwise -->"

func actions() fakegithub.Person {
	return fakegithub.Person{Login: "github-actions[bot]", Bot: true}
}

// T18: only our own comment is edited, however a comment looks.
func TestUpsertCommentEditsOnlyOurOwn(t *testing.T) {
	t.Parallel()
	ours := fakegithub.Comment{ID: 5, Author: actions(), App: "github-actions", Body: marker + "\nold"}
	for _, tt := range []struct {
		name  string
		login string
		there fakegithub.Comment
		edits bool
	}{
		{"our own", "", ours, true},
		{"our own where the app is not shown", "", fakegithub.Comment{ID: 5, Author: actions(), Body: marker}, true},
		{"an attacker's with our marker", "", fakegithub.Comment{ID: 5, Author: fakegithub.Person{Login: "eve"}, Body: marker}, false},
		{"a person who took the login", "", fakegithub.Comment{ID: 5, Author: fakegithub.Person{Login: "github-actions[bot]"}, Body: marker}, false},
		{"a person through the app", "", fakegithub.Comment{ID: 5, Author: fakegithub.Person{Login: "eve"}, App: "github-actions", Body: marker}, false},
		{"our login through another app", "", fakegithub.Comment{ID: 5, Author: actions(), App: "evil", Body: marker}, false},
		{"another bot's", "", fakegithub.Comment{ID: 5, Author: fakegithub.Person{Login: "github-actions2[bot]", Bot: true}, Body: marker}, false},
		{"a ghost's", "", fakegithub.Comment{ID: 5, Body: marker}, false},
		{"another tool's of the same token", "", fakegithub.Comment{ID: 5, Author: actions(), Body: "<!-- other -->"}, false},
		{"the marker further down", "", fakegithub.Comment{ID: 5, Author: actions(), Body: "> quoted\n" + marker}, false},
		{"a machine user's own", "acme-ci", fakegithub.Comment{ID: 5, Author: fakegithub.Person{Login: "acme-ci"}, Body: marker}, true},
		{"a machine user's token does not own the bot's", "acme-ci", ours, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.repo.Comments[7] = []fakegithub.Comment{tt.there}
			c := w.connect(t, Options{Login: tt.login})
			if err := c.UpsertComment(t.Context(), widgets, 7, marker, "new"); err != nil {
				t.Fatal(err)
			}
			comments := w.repo.Comments[7]
			if edited := comments[0].Body != tt.there.Body; edited != tt.edits {
				t.Errorf("edited %v, want %v: %q", edited, tt.edits, comments[0].Body)
			}
			if last := comments[len(comments)-1]; last.Body != marker+"\nnew" || (len(comments) == 1) != tt.edits {
				t.Errorf("%d comments, the last %q", len(comments), last.Body)
			}
		})
	}
}

func TestUpsertCommentWritesOnceAndEditsAfterwards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, body := range []string{"one", "two", "two", marker + "\nthree"} {
		if err := w.client.UpsertComment(t.Context(), widgets, 7, marker, body); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.repo.Comments[7]; len(got) != 1 || got[0].Body != marker+"\nthree" {
		t.Errorf("%+v", got)
	}
	var writes []string
	for _, r := range w.Requests() {
		if r.Method != http.MethodGet {
			writes = append(writes, r.Method+" "+r.Body)
		}
	}
	if len(writes) != 3 || !strings.HasPrefix(writes[0], "POST") || !strings.HasPrefix(writes[1], "PATCH") || !strings.HasPrefix(writes[2], "PATCH") {
		t.Errorf("the same body was written again: %q", writes)
	}
}

func TestUpsertCommentFindsItselfOnALaterPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 150 {
		w.repo.Comments[7] = append(w.repo.Comments[7], fakegithub.Comment{ID: int64(i + 1), Author: fakegithub.Person{Login: "eve"}, Body: marker})
	}
	w.repo.Comments[7][140].Author = actions()
	if err := w.client.UpsertComment(t.Context(), widgets, 7, marker, "x"); err != nil {
		t.Fatal(err)
	}
	want := []string{"GET /issues/7/comments?per_page=100", "GET /issues/7/comments?per_page=100&page=2", "PATCH /issues/comments/141"}
	if diff := cmp.Diff(want, w.asked()); diff != "" {
		t.Error(diff)
	}
}

func TestUpsertCommentBoundsTheBody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	room := maxComment - len(marker) - 1
	if err := w.client.UpsertComment(t.Context(), widgets, 7, marker, strings.Repeat("x", room)); err != nil {
		t.Error(err)
	}
	sent := w.client.Requests()
	for _, body := range []string{strings.Repeat("x", room+1), strings.Repeat("😀", room/2+1)} {
		wantError(t, w.client.UpsertComment(t.Context(), widgets, 7, marker, body), "the bound is 65536")
	}
	if err := w.client.UpsertComment(t.Context(), widgets, 7, "", "x"); err == nil {
		t.Error("a comment without a marker was written")
	}
	if err := w.client.UpsertComment(t.Context(), widgets, 0, marker, "x"); err == nil {
		t.Error("a comment on nothing was written")
	}
	if w.client.Requests() != sent {
		t.Error("a refused body was sent")
	}
}

// T18: what a stranger's comment says is never taken for ours.
func TestOwnCommentReadsOnlyOurOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	read := func() string {
		body, err := w.client.OwnComment(t.Context(), widgets, 7, marker)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	if got := read(); got != "" {
		t.Errorf("before there is one: %q", got)
	}
	w.repo.Comments[7] = []fakegithub.Comment{
		{ID: 1, Author: fakegithub.Person{Login: "eve"}, Body: marker + "\nhers"},
		{ID: 2, Author: actions(), App: "evil", Body: marker + "\nanother app's"},
		{ID: 3, Author: actions(), App: "github-actions", Body: marker + "\nours"},
	}
	if got := read(); got != marker+"\nours" {
		t.Errorf("read %q", got)
	}
	for _, wrong := range []struct {
		number int
		marker string
	}{{0, marker}, {7, ""}} {
		if _, err := w.client.OwnComment(t.Context(), widgets, wrong.number, wrong.marker); err == nil {
			t.Errorf("%+v: no error", wrong)
		}
	}
}
