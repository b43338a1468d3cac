package github

import (
	"testing"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// All that a labelled run asks on a pull request of 300 files, with both
// trusted files missing or there, fits in the bound.
func TestAPullRequestOf300FilesFitsInTheRequests(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		base    map[string]fakegithub.Blob
		commits int
		want    int
	}{
		{"both files are there", blobs("routing-policy.yml", ".gitattributes"), 90, 13},
		{"neither file is there", blobs("README.md"), 90, 13},
		{"250 commits", blobs("routing-policy.yml"), 250, 15},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.pull.Files, w.pull.Commits = fakegithub.GeneratedRows(300, 5), commitsOf(tt.commits)
			w.repo.Files[baseSHA] = tt.base
			w.repo.People["ada"] = fakegithub.Person{Login: "ada", Permission: "write"}
			w.repo.Comments[7] = []fakegithub.Comment{{ID: 1, Author: fakegithub.Person{Login: "ada"}, Body: "/tier efficient because docs"}}
			w.repo.Branches["main"] = fakegithub.Branch{}
			w.wholeRun(t)
			if n := w.client.Requests(); n != tt.want || n > maxRequests {
				t.Errorf("%d requests, want %d, at most %d:\n%q", n, tt.want, maxRequests, w.asked())
			}
		})
	}
}

func (w *world) wholeRun(t *testing.T) {
	t.Helper()
	ctx, c := t.Context(), w.client
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, _, err := c.File(ctx, widgets, "routing-policy.yml", baseSHA)
	must(err)
	pr, err := c.PullRequest(ctx, widgets, 7)
	must(err)
	files, incomplete, err := c.PullFiles(ctx, widgets, pr)
	must(err)
	if len(files) != 300 || len(incomplete) > 0 {
		t.Errorf("%d files, incomplete %q", len(files), incomplete)
	}
	_, _, err = c.PullCommits(ctx, widgets, 7)
	must(err)
	_, _, err = c.File(ctx, widgets, ".gitattributes", baseSHA)
	must(err)
	_, _, err = c.Tree(ctx, widgets, baseSHA)
	must(err)
	_, err = c.Evidence(ctx, widgets, "main")
	must(err)
	label, err := c.LabelEvent(ctx, widgets, labelled(event.Account{Login: "ada"}), pr)
	must(err)
	if label.Reason != "docs" {
		t.Errorf("%+v", label)
	}
	_, err = c.PullRequest(ctx, widgets, 7) // the head again, before the call
	must(err)
}
