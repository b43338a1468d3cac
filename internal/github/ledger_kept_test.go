package github

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// holding gives a branch of three records, as a run reads it.
func holding(t *testing.T) (*world, *LedgerBranch) {
	t.Helper()
	w := newWorld(t).bare(t)
	writer := w.branch(t)
	for i := range 3 {
		if err := writer.Append(t.Context(), []ledger.Entry{anEntry(strconv.Itoa(i))}); err != nil {
			t.Fatal(err)
		}
	}
	return w, w.branch(t).Sparing()
}

func TestWhatABranchHeldIsAskedForOnce(t *testing.T) {
	t.Parallel()
	w, l := holding(t)
	for i, want := range []int{2 + 1 + 1 + 3, 2, 2 + 1 + 1 + 1} { // tip, days, a day, its new files
		if i == 2 {
			if err := w.branch(t).Append(t.Context(), []ledger.Entry{anEntry("later")}); err != nil {
				t.Fatal(err)
			}
		}
		before := l.c.Requests()
		ids, problems := readAllOf(t, l.Entries(t.Context(), time.Time{}))
		if len(ids) != 3+i/2 || len(problems) > 0 {
			t.Errorf("reading %d: %v, %q", i, ids, problems)
		}
		if got := l.c.Requests() - before; got != want {
			t.Errorf("reading %d took %d requests, want %d", i, got, want)
		}
	}
}

func TestARunReadsABranchWithinItsBound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		asked int
		want  bool
	}{
		"all that is there fits": {maxSpared - 4, true}, // a day and three files
		"one is over":            {maxSpared - 3, false},
	} {
		_, l := holding(t)
		l.asked = c.asked
		_, problems := readAllOf(t, l.Entries(t.Context(), time.Time{}))
		if (len(problems) == 0) != c.want || !c.want && (len(problems) != 1 || !strings.Contains(problems[0], "more than the 500 files")) {
			t.Errorf("%s: %q", name, problems)
		}
	}
}

func TestARunsReadingLeavesRequestsToTheReview(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		remaining int
		sparing   bool
		want      bool
	}{
		"enough is left":                     {300, true, true},
		"less than a quarter is left":        {240, true, false},
		"a report goes on down to the tenth": {240, false, true},
		"but no further":                     {90, false, false},
	} {
		w, _ := holding(t)
		w.Do(func() { w.Rate = fakegithub.Rate{Limit: 1000, Remaining: c.remaining, Reset: now.Add(time.Hour)} })
		l := w.connect(t, Options{Now: func() time.Time { return now }}).LedgerBranch(widgets, "tierwise/ledger")
		if c.sparing {
			l = l.Sparing()
		}
		var failed error
		for _, err := range l.Entries(t.Context(), time.Time{}) {
			failed = errors.Join(failed, err)
		}
		if (failed == nil) != c.want || !c.want && !errors.Is(failed, ErrRateLow) {
			t.Errorf("%s: %v", name, failed)
		}
		if _, err := l.c.PullRequest(t.Context(), widgets, 7); (err == nil) != (c.remaining > 100) {
			t.Errorf("%s: a call after it: %v", name, err)
		}
	}
}

func TestWhatDoesNotFitIsNotKept(t *testing.T) {
	t.Parallel()
	var k keptObjects
	k.keepFile("a", make([]byte, maxKept-keptName))
	k.keepFile("b", make([]byte, keptName+1))
	k.keepTree("c", make([]treeEntry, 2))
	k.keepTree("d", make([]treeEntry, 1))
	if !k.has("a") || k.has("b") || k.has("c") || !k.has("d") {
		t.Errorf("kept a %v, b %v, c %v, d %v", k.has("a"), k.has("b"), k.has("c"), k.has("d"))
	}
}
