package ledger

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ran gives a finished run of a task at an hour of the day.
func ran(id, repository, task string, pull, hour int) Record {
	return Record{
		ID: id + strings.Repeat("0", 32-len(id)), Repository: repository, PullRequest: pull, Task: task, Status: "clean", TierUsed: "mid",
		Provider: "anthropic", ModelServed: "m", Finished: at(hour).Format(time.RFC3339),
	}
}

func at(hour int) time.Time { return time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC) }

func someRuns() *Runs {
	begun, skipped := ran("ff", "a/b", "docs", 7, 12), ran("fe", "a/b", "docs", 7, 13)
	begun.Status, skipped.TierUsed = Begun, ""
	runs := NewRuns()
	for _, r := range []Record{
		ran("aaaaaaaa1", "a/b", "docs", 7, 9), ran("aaaaaaaa2", "a/b", "docs", 7, 11), ran("bbbbbbbb1", "a/b", "docs", 8, 15),
		ran("cccccccc1", "c/d", "docs", 7, 16), ran("dddddddd1", "a/b", "tests", 7, 10), begun, skipped,
	} {
		runs.Add(r)
	}
	return runs
}

func TestACommentMeansTheLastRunBeforeIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		repository, task string
		pull, hour       int
		want             string // "" for none
	}{
		"the run before":                         {"a/b", "docs", 7, 10, "aaaaaaaa1"},
		"the later of two":                       {"a/b", "docs", 7, 23, "aaaaaaaa2"},
		"the very moment it ended":               {"a/b", "docs", 7, 11, "aaaaaaaa2"},
		"nothing had run yet":                    {"a/b", "docs", 7, 8, ""},
		"another pull request is another run":    {"a/b", "docs", 9, 23, ""},
		"another repository is another run":      {"c/d", "docs", 7, 15, ""},
		"a task of another name is another task": {"a/b", "doc", 7, 23, ""},
	} {
		got, found := someRuns().Latest(c.repository, c.pull, c.task, at(c.hour))
		if found != (c.want != "") || !strings.HasPrefix(got.ID, c.want) {
			t.Errorf("%s: %q, %t, want %q", name, got.ID, found, c.want)
		}
	}
}

func TestARunIsFoundByIdOrTask(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		what, repository string
		pull             int
		want             string // "" for an error
	}{
		"a whole id":                  {"bbbbbbbb1" + strings.Repeat("0", 23), "", 0, "bbbbbbbb1"},
		"the beginning of one":        {"bbbbbbbb", "", 0, "bbbbbbbb1"},
		"a beginning that two have":   {"aaaaaaaa", "", 0, ""},
		"too short a beginning":       {"bbbbbbb", "", 0, ""},
		"the last run of a task":      {"docs", "", 0, "cccccccc1"},
		"of one repository":           {"docs", "a/b", 0, "bbbbbbbb1"},
		"of one pull request":         {"docs", "a/b", 7, "aaaaaaaa2"},
		"of a task that never ran":    {"changelog", "", 0, ""},
		"what was only begun":         {"ffffffff", "", 0, ""},
		"an id in another repository": {"cccccccc", "a/b", 0, ""},
	} {
		got, err := someRuns().Find(c.what, c.repository, c.pull)
		if (err == nil) != (c.want != "") || !strings.HasPrefix(got.ID, c.want) {
			t.Errorf("%s: %q, %v, want %q", name, got.ID, err, c.want)
		}
	}
	if _, err := someRuns().Find("changelog", "", 0); !errors.Is(err, ErrNoRun) {
		t.Errorf("%v, want ErrNoRun", err)
	}
}

func TestPullsAndTasksOfRuns(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]int{7, 8}, someRuns().Pulls("a/b")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"docs", "tests"}, someRuns().Tasks("a/b", 7)); diff != "" {
		t.Error(diff)
	}
}

func TestAFlagOfARunIsTaken(t *testing.T) {
	t.Parallel()
	run, _ := someRuns().Latest("a/b", 7, "docs", at(23))
	f := run.Flag(Cheaper, "comment", "99", "write", at(23))
	if err := f.check(); err != nil {
		t.Fatal(err)
	}
	if f.Record != run.ID || f.PullRequest != 7 || f.Permission != "write" {
		t.Errorf("%+v", f)
	}
	if again := run.Flag(Cheaper, "comment", "99", "write", at(22)); again.ID != f.ID {
		t.Error("the same comment makes two flags")
	}
}
