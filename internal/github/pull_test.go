package github

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func acme() event.Repository {
	return event.Repository{ID: 42, Owner: "acme", Name: "widgets", DefaultBranch: "main"}
}

func TestPullRequestIsReadAsItIsNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.pull.Labels, w.pull.NullBody, w.pull.Draft = []string{"tier:mid"}, true, true
	w.pull.Author, w.pull.Head.Repo = fakegithub.Person{Login: "dependabot[bot]", Bot: true}, ""
	w.repo.Comments[7] = make([]fakegithub.Comment, 2)
	got, err := w.client.PullRequest(t.Context(), widgets, 7)
	if err != nil {
		t.Fatal(err)
	}
	want := event.PullRequest{
		Number: 7, Title: "Fix a typo", Draft: true, Fork: true, Labels: []string{"tier:mid"},
		Base: event.Ref{SHA: baseSHA, Name: "main", Repo: "acme/widgets"}, Head: event.Ref{SHA: headSHA, Name: "fix"},
		Author: event.Account{Login: "dependabot[bot]", Bot: true}, ChangedFiles: 3, Additions: 12, Comments: 2,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pull request (-want +got):\n%s", diff)
	}
}

func TestPullCommitsReadsAllPages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n, listed, requests int
		cut                 bool
	}{{0, 0, 1, false}, {100, 100, 1, false}, {101, 101, 2, false}, {249, 249, 3, false}, {250, 250, 3, true}, {400, 250, 3, true}} {
		w := newWorld(t)
		for i := range tt.n {
			w.pull.Commits = append(w.pull.Commits, fakegithub.Commit{SHA: fmt.Sprintf("%040d", i+1), Message: fmt.Sprintf("fix: %d\r\n\r\nWhy.\n", i), Author: "Mona", Parents: 1})
		}
		commits, cut, err := w.client.PullCommits(t.Context(), widgets, 7)
		if err != nil || len(commits) != tt.listed || cut != tt.cut || w.client.Requests() != tt.requests {
			t.Errorf("%d commits: %d listed, cut %v, %d requests, error %v", tt.n, len(commits), cut, w.client.Requests(), err)
		}
		if tt.n > 100 {
			want := change.Commit{SHA: fmt.Sprintf("%040d", 101), Subject: "fix: 100", Body: "Why.", Author: "Mona", Parents: 1}
			if diff := cmp.Diff(want, commits[100]); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestPullsForCommitKeepsToThisRepository(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	elsewhere := *w.pull
	elsewhere.Number, elsewhere.Base.Repo = 8, "drew/widgets"
	w.repo.Pulls[8] = &elsewhere
	w.repo.CommitPulls[headSHA] = []int{7, 8}
	got, err := w.client.PullsForCommit(t.Context(), widgets, headSHA)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]PullRef{{Number: 7, Open: true, BaseName: "main", HeadSHA: headSHA, HeadRepo: "acme/widgets"}}, got); diff != "" {
		t.Error(diff)
	}
	if _, err := w.client.PullsForCommit(t.Context(), widgets, ""); err == nil {
		t.Error("no commit was looked up")
	}
}

func (w *world) files(t *testing.T) ([]change.File, []string) {
	t.Helper()
	pr, err := w.client.PullRequest(t.Context(), widgets, 7)
	if err != nil {
		t.Fatal(err)
	}
	files, incomplete, err := w.client.PullFiles(t.Context(), widgets, pr)
	if err != nil {
		t.Fatal(err)
	}
	return files, incomplete
}

func TestPullFilesReadsEveryKindOfRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.pull.Files = []fakegithub.Row{
		fakegithub.AddedRow("new.go", 2),
		{Path: "gone.go", Status: "removed", Patch: "@@ -1 +0,0 @@\n-x", Deletions: 1},
		{Path: "b.go", OldPath: "a.go", Status: "renamed"},
		{Path: "logo.png", Status: "added"},
		{Path: "same.go", Status: "unchanged"},
		{Path: "big.go", Status: "modified", Additions: 9000},
	}
	w.pull.Totals = &fakegithub.Totals{Files: 5, Additions: 9002, Deletions: 1}
	files, incomplete := w.files(t)
	if len(incomplete) > 0 {
		t.Errorf("incomplete: %q", incomplete)
	}
	var got []string
	for _, f := range files {
		got = append(got, fmt.Sprintf("%s %s %v +%d -%d withheld=%v", f.Status, f.Path, len(f.Hunks), f.Additions, f.Deletions, f.Withheld))
	}
	want := []string{
		"added new.go 1 +2 -0 withheld=false", "removed gone.go 1 +0 -1 withheld=false", "renamed b.go 0 +0 -0 withheld=false",
		"added logo.png 0 +0 -0 withheld=true", "modified big.go 0 +9000 -0 withheld=true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// T15: rows that the platform emptied unmarked are asked for again in smaller
// pages; where that does not help or costs too much, the change is incomplete.
func TestPullFilesFindsRowsThatWereDropped(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		files, lines  int
		drop          int
		whole         bool
		requests      int
		secondPerPage string
	}{
		{"smaller pages give all rows", 60, 10, 400, true, 4, "per_page=30"},
		{"a small pull request is cut finer", 20, 10, 150, true, 4, "per_page=10"},
		{"smaller pages do not help", 60, 10, 100, false, 4, "per_page=30"},
		{"300 files cost too much to ask again", 300, 10, 400, false, 4, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.pull.Files, w.pull.PatchLines = fakegithub.GeneratedRows(tt.files, tt.lines), tt.drop
			files, incomplete := w.files(t)
			if (len(incomplete) == 0) != tt.whole || len(files) != tt.files || w.client.Requests() != tt.requests {
				t.Errorf("%d files, incomplete %q, %d requests", len(files), incomplete, w.client.Requests())
			}
			if asked := strings.Join(w.asked(), "\n"); !strings.Contains(asked, tt.secondPerPage) {
				t.Errorf("asked:\n%s", asked)
			}
		})
	}
}

func TestPullFilesSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		edit func(*world)
		want string
	}{
		{"fewer files than the pull request has", func(w *world) { w.pull.Totals = &fakegithub.Totals{Files: 4, Additions: 12} }, "3 files were listed, the pull request has 4"},
		{"a file that comes twice", func(w *world) {
			w.pull.Files = append(fakegithub.GeneratedRows(2, 4), fakegithub.GeneratedRows(1, 4)...)
		}, `"pkg/file000.go" was listed twice`},
		{"a patch that is cut", func(w *world) { w.pull.Files[1].Patch = w.pull.Files[1].Patch[:20] }, "a patch could not be read"},
		{"a patch that is no patch", func(w *world) { w.pull.Files[1].Patch = "<html>" }, "a patch could not be read"},
		{"more than the list can hold", func(w *world) { w.pull.Files = fakegithub.GeneratedRows(3001, 1) }, "3000 files were listed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			tt.edit(w)
			_, incomplete := w.files(t)
			if !strings.Contains(strings.Join(incomplete, "\n"), tt.want) {
				t.Errorf("incomplete %q, want %q", incomplete, tt.want)
			}
		})
	}
}

func TestAnUnreadablePatchIsWithheldNotShortened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.pull.Files[1].Patch = w.pull.Files[1].Patch[:20]
	files, _ := w.files(t)
	if f := files[1]; !f.Withheld || len(f.Hunks) > 0 || f.Additions != 4 {
		t.Errorf("%+v", f)
	}
}

// T12: the rows name their commit, so a head that moved while they were
// listed is seen without asking each time.
func TestPullFilesSeesTheHeadMove(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pr, err := w.client.PullRequest(t.Context(), widgets, 7)
	if err != nil {
		t.Fatal(err)
	}
	w.Do(func() { w.pull.Head.SHA = nextSHA })
	_, incomplete, err := w.client.PullFiles(t.Context(), widgets, pr)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"the head moved from bbbbbbbbbbbb to cccccccccccc while the files were listed"}
	if diff := cmp.Diff(want, incomplete); diff != "" {
		t.Error(diff)
	}
}

// A rename in the platform's way of naming commits must not make every
// change incomplete.
func TestRowsOfAnotherCommitWithTheSameHeadAreFine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(fakegithub.Fault{Path: "/files", Status: 200, Body: `[{"filename":"a","status":"added","additions":0,"deletions":0,"changes":0,"contents_url":"https://x/?ref=` + nextSHA + `"}]`})
	w.pull.Totals = &fakegithub.Totals{Files: 1}
	if _, incomplete := w.files(t); len(incomplete) > 0 || w.client.Requests() != 3 {
		t.Errorf("incomplete %q, %d requests", incomplete, w.client.Requests())
	}
}

func TestPullFilesRefusesRowsWithoutSense(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`[{"filename":"","status":"added"}]`, `[{"filename":"a","status":"exploded"}]`, `{}`, `[null]`, `[{"filename":"a","status":"added","additions":-1,"changes":-1}]`} {
		w := newWorld(t)
		pr, err := w.client.PullRequest(t.Context(), widgets, 7)
		if err != nil {
			t.Fatal(err)
		}
		w.Inject(fakegithub.Fault{Path: "/files", Status: 200, Body: body})
		if files, _, err := w.client.PullFiles(t.Context(), widgets, pr); err == nil {
			t.Errorf("%s gave %v", body, files)
		}
	}
}

func TestCommitsWithoutAnIDAreRefused(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"[null]", "[{}]", "{}"} {
		w := newWorld(t)
		w.Inject(fakegithub.Fault{Status: 200, Body: body})
		if commits, _, err := w.client.PullCommits(t.Context(), widgets, 7); err == nil {
			t.Errorf("%s gave %v", body, commits)
		}
	}
}
