package github

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func commitsOf(n int) []fakegithub.Commit {
	list := make([]fakegithub.Commit, n)
	for i := range list {
		list[i] = fakegithub.Commit{SHA: fmt.Sprintf("%040d", i+1), Message: "m", Parents: 1}
	}
	return list
}

func TestCompareReadsFilesAndCommits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.repo.Comparisons["release/1...feature/x y"] = fakegithub.Comparison{Files: fakegithub.GeneratedRows(3, 2), Commits: commitsOf(120)}
	ch, err := w.client.Compare(t.Context(), widgets, "release/1", "feature/x y")
	if err != nil {
		t.Fatal(err)
	}
	if len(ch.Files) != 3 || len(ch.Commits) != 120 || !ch.Complete() || ch.Base != "release/1" || ch.Head != "feature/x y" {
		t.Errorf("%d files, %d commits, incomplete %q, %s…%s", len(ch.Files), len(ch.Commits), ch.Incomplete, ch.Base, ch.Head)
	}
	if len(ch.Files[0].Hunks) != 1 || ch.Commits[119].SHA != fmt.Sprintf("%040d", 120) {
		t.Errorf("%+v, %+v", ch.Files[0], ch.Commits[119])
	}
	want := []string{"GET /compare/release%2F1...feature%2Fx%20y?per_page=100", "GET /compare/release%2F1...feature%2Fx%20y?per_page=100&page=2"}
	if diff := cmp.Diff(want, w.asked()); diff != "" {
		t.Error(diff)
	}
}

// T15: there are no totals, so every hint of a cut counts.
func TestCompareSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	dropped := append([]fakegithub.Row{fakegithub.AddedRow("big.go", 12_000)}, fakegithub.Row{Path: "auth.go"})
	for _, tt := range []struct {
		name string
		c    fakegithub.Comparison
		want string // "" is complete
	}{
		{"299 files", fakegithub.Comparison{Files: fakegithub.GeneratedRows(299, 1)}, ""},
		{"300 files", fakegithub.Comparison{Files: fakegithub.GeneratedRows(300, 1)}, "where the platform stops (300)"},
		{"301 files", fakegithub.Comparison{Files: fakegithub.GeneratedRows(301, 1)}, "where the platform stops (300)"},
		{"250 of 400 commits", fakegithub.Comparison{Commits: commitsOf(250), TotalCommits: 400}, "250 of 400 commits"},
		{"a head that lies behind", fakegithub.Comparison{Status: "behind"}, "behind the base"},
		{"identical", fakegithub.Comparison{Status: "identical"}, ""},
		{"rows emptied after many lines", fakegithub.Comparison{Files: dropped}, "1 files came with neither counts nor a patch, after 12000 lines"},
		{"a picture in a small change", fakegithub.Comparison{Files: []fakegithub.Row{{Path: "logo.png"}}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.repo.Comparisons[baseSHA+"..."+headSHA] = tt.c
			ch, err := w.client.Compare(t.Context(), widgets, baseSHA, headSHA)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(ch.Incomplete, "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("incomplete %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAPushThatRewroteHistoryIsIncomplete(t *testing.T) {
	t.Parallel()
	for status, complete := range map[string]bool{"ahead": true, "diverged": false, "behind": false} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.repo.Comparisons[baseSHA+"..."+headSHA] = fakegithub.Comparison{Status: status, Files: fakegithub.GeneratedRows(1, 1)}
			ch, err := w.client.ComparePush(t.Context(), widgets, baseSHA, headSHA)
			if err != nil || ch.Complete() != complete {
				t.Errorf("complete %t, want %t (%q, %v)", ch.Complete(), complete, ch.Incomplete, err)
			}
		})
	}
}

func TestCompareRefusesWhatIsNoRange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range [][2]string{{"", headSHA}, {baseSHA, ""}, {"a...b", headSHA}, {"..", headSHA}} {
		if _, err := w.client.Compare(t.Context(), widgets, r[0], r[1]); err == nil {
			t.Errorf("%q was compared", r)
		}
	}
	if n := w.client.Requests(); n != 0 {
		t.Errorf("%d requests", n)
	}
	_, err := w.client.Compare(t.Context(), widgets, baseSHA, headSHA)
	wantError(t, err, "compare two commits", "HTTP 404")
	w.Inject(fakegithub.Fault{Status: 200, Body: "{}"})
	_, err = w.client.Compare(t.Context(), widgets, baseSHA, headSHA)
	wantError(t, err, "the answer has no status")
}
