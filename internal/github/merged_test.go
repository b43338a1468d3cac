package github

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// merge adds a pull request that was merged at a minute of an hour.
func (w *world) merge(number, minute int, edit func(*fakegithub.Pull)) {
	p := &fakegithub.Pull{
		Number: number, Title: fmt.Sprintf("Change %d", number), Author: fakegithub.Person{Login: "mona"}, Merged: fmt.Sprintf("2026-11-20T10:%02d:00Z", minute),
		Base: fakegithub.Ref{SHA: baseSHA, Name: "main", Repo: "acme/widgets"}, Head: fakegithub.Ref{SHA: nextSHA, Name: "fix", Repo: "acme/widgets"},
		Files: fakegithub.GeneratedRows(2, 3),
	}
	if edit != nil {
		edit(p)
	}
	w.repo.Pulls[number] = p
}

func TestMergedPullsAreTheLastOnesOfTheBranch(t *testing.T) {
	t.Parallel()
	w := newWorld(t) // number 7 is open
	w.merge(1, 10, func(p *fakegithub.Pull) { p.Updated = "2026-11-24T00:00:00Z" })
	w.merge(2, 30, nil)
	w.merge(3, 20, nil)
	w.merge(4, 40, func(p *fakegithub.Pull) { p.Base.Name = "release" })
	list, err := w.client.MergedPulls(t.Context(), widgets, "main", 2)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range list {
		got = append(got, fmt.Sprintf("%d %s %d+%d-%d %s %d", m.Number, m.Title, m.ChangedFiles, m.Additions, m.Deletions, m.Head.SHA[:1], m.Requests()))
	}
	if diff := cmp.Diff([]string{"2 Change 2 2+6-0 c 1", "3 Change 3 2+6-0 c 1"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := w.client.Requests(); n != 1 {
		t.Errorf("%d requests were sent, want 1", n)
	}
}

func TestTheFilesOfALargePullTakeMoreRequests(t *testing.T) {
	t.Parallel()
	for files, want := range map[int]int{0: 1, 1: 1, 100: 1, 101: 2, 300: 3, 3000: 30} {
		m := Merged{}
		m.ChangedFiles = files
		if got := m.Requests(); got != want {
			t.Errorf("%d files take %d requests, want %d", files, got, want)
		}
	}
}

func TestMergedPullsThatCannotBeListedAreAnError(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no data":         `{"data": null}`,
		"no number":       `{"data": {"repository": {"pullRequests": {"nodes": [{"mergedAt": "2026-11-20T10:00:00Z"}]}}}}`,
		"not merged":      `{"data": {"repository": {"pullRequests": {"nodes": [{"number": 3}]}}}}`,
		"files below 0":   `{"data": {"repository": {"pullRequests": {"nodes": [{"number": 3, "mergedAt": "2026-11-20T10:00:00Z", "changedFiles": -1}]}}}}`,
		"an error's word": `{"data": null, "errors": [{"type": "FORBIDDEN", "message": "Resource not accessible by integration"}]}`,
	} {
		w := newWorld(t)
		w.Inject(fakegithub.Fault{Method: "POST", Path: "/graphql", Status: 200, Body: body, Times: 1})
		_, err := w.client.MergedPulls(t.Context(), widgets, "main", 30)
		if err == nil {
			t.Fatalf("%s: it was taken for a list", name)
		}
		var denied *PermissionError
		if strings.Contains(body, "FORBIDDEN") && (!errors.As(err, &denied) || denied.Permission != "pull-requests: read") {
			t.Errorf("%s: %v does not name the permission", name, err)
		}
	}
}
