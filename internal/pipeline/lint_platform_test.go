package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// TestAHeadOfManyFilesIsReadUpToItsBound: the policy and the first workflows
// are read, what was left out is told, and no rule takes what it saw for all
// that there is.
func TestAHeadOfManyFilesIsReadUpToItsBound(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		workflows int
		unread    string // "" for none
	}{
		{"as many as are read", maxLintFetched - 1, ""},
		{"one more than are read", maxLintFetched, "what one run reads is 100 files, and there are 1 more"},
		{"many more", maxLintFetched + 50, "what one run reads is 100 files, and there are 51 more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHub(t, models, models)
			for i := range tt.workflows {
				h.repo.Files[headSHA][fmt.Sprintf(".github/workflows/w%03d.yml", i)] = fakegithub.Blob{Content: []byte("on: push\njobs: {}\n")}
			}
			h.repo.Branches["main"] = fakegithub.Branch{}
			ev := event.Event{
				Name: "pull_request", Repository: event.Repository{Owner: "acme", Name: "widgets", DefaultBranch: "main"},
				PullRequest: &event.PullRequest{Number: 99, Base: event.Ref{SHA: baseSHA, Name: "main"}, Head: event.Ref{SHA: headSHA}},
			}
			head, err := LintEvent(t.Context(), h.client, ev, "", DefaultPolicyPath, time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC))
			if err != nil {
				t.Fatal(err)
			}
			if want := min(tt.workflows+1, maxLintFetched); len(head.Files) != want || head.Files[0].Name != DefaultPolicyPath {
				t.Errorf("%d files were read, the first %q; want %d, the policy first", len(head.Files), head.Files[0].Name, want)
			}
			fetched := 0
			for _, r := range h.Requests() {
				if strings.Contains(r.String(), "/contents/") {
					fetched++
				}
			}
			if fetched > maxLintFetched {
				t.Errorf("%d files were fetched", fetched)
			}
			cut := tt.unread != ""
			if slices.Contains(head.Unread, tt.unread) != cut || len(head.Unread) > 0 != cut {
				t.Errorf("unread = %q, want %q", head.Unread, tt.unread)
			}
			if known := head.World.Workflows != nil && head.World.Tree != nil; known == cut {
				t.Errorf("all files count as known: %t", known)
			}
		})
	}
}
