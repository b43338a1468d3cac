package task

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

func TestVerdictsThatOnlyAReviewerCanPass(t *testing.T) {
	t.Parallel()
	e := gather(shop(t))
	for words, refused := range map[string]bool{
		"The change is safe to merge.":          true,
		"It is ready for deployment.":           true,
		"Merging it is fine.":                   true,
		"This can safely be merged.":            true,
		"It needs no further review.":           true,
		"No review is needed.":                  true,
		"It was fully audited.":                 true,
		"Reviewed and approved by the owners.":  true,
		"All unit tests pass.":                  true,
		"LGTM":                                  true,
		"safe\u200b to merge":                   true,
		"s\u0430fe to merge":                    true,
		"Totals are rounded in cents.":          false,
		"Orders that are approved are shipped.": true, // nothing of that stands in this diff
		"A safe default for timeouts.":          false,
		"The client retries, then gives up.":    false,
	} {
		if got := e.verdicts("id", "it", words, false); (len(got) > 0) != refused {
			t.Errorf("%q: %v", words, got)
		}
	}
	in := shop(t)
	in.Change.Files = append(in.Change.Files, change.File{Path: "order.go", Status: change.Modified, Hunks: []change.Hunk{{
		Lines: []change.Line{{Op: change.Add, Text: "// Ship sends orders that are approved.", NewLine: 1}},
	}}})
	if got := gather(in).verdicts("id", "it", "Orders that are approved are shipped.", false); len(got) > 0 {
		t.Errorf("the words of the diff: %v", got)
	}
}

func TestADenialCountsWhereSomethingBreaks(t *testing.T) {
	t.Parallel()
	e := gather(shop(t))
	for words, denies := range map[string]bool{
		"Nothing here breaks.":                   true,
		"There are no breaking changes.":         true,
		"It stays backwards compatible.":         true,
		"A non-breaking change of the timeouts.": true,
		"The timeouts break callers.":            false,
		"No totals are rounded; it breaks none":  false, // another sentence
	} {
		if got := e.verdicts("id", "it", words, true); (len(got) > 0) != denies {
			t.Errorf("%q where something breaks: %v", words, got)
		}
		if got := e.verdicts("id", "it", words, false); len(got) > 0 {
			t.Errorf("%q where nothing does: %v", words, got)
		}
	}
}

// What was taken back breaks nothing, and a title may mark what no commit does.
func TestWhatIsMarkedAsBreaking(t *testing.T) {
	t.Parallel()
	in := shop(t)
	if !gather(in).breaks() {
		t.Error("a commit with a mark breaks nothing")
	}
	in.Change.Commits = in.Change.Commits[2:]
	if gather(in).breaks() {
		t.Error("a change without a mark breaks")
	}
	in.Title = "feat!: durations"
	if !gather(in).breaks() {
		t.Error("a title with a mark breaks nothing")
	}
	in.Title = ""
	in.Change.Commits = []change.Commit{
		{SHA: "6f708192a3b4c5d6e7f80912a3b4c5d6e7f80912", Subject: "feat!: guess", Parents: 1},
		{SHA: "708192a3b4c5d6e7f80912a3b4c5d6e7f80912a3", Subject: `Revert "feat!: guess"`, Body: "This reverts commit 6f708192a3b4c5d6e7f80912a3b4c5d6e7f80912.", Parents: 1},
	}
	if gather(in).breaks() {
		t.Error("what was taken back breaks")
	}
}

func TestClaimsOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	known := map[string]bool{stem("database"): true}
	for words, want := range map[string]string{
		"The database is read.": "", "It encrypts the rows.": stem("encrypts"), "It runs on the GPU.": "gpu", "It reads rows.": "",
	} {
		if got := unfounded(words, known); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestAnAmountOfTimeInWordsStandsInTheChange(t *testing.T) {
	t.Parallel()
	e := gather(shop(t))
	for words, want := range map[string]string{"It waits thirty seconds.": "", "It waits twenty minutes.": "twenty minutes", "It waits.": ""} {
		if got := e.wrongSpan(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

// A remark on what is missing may use one word that the change does not have.
func TestARemarkOnWhatIsMissing(t *testing.T) {
	t.Parallel()
	e := gather(shop(t))
	for words, want := range map[string]bool{
		"There are no tests of the retries.":          true,
		"The timeouts are untested.":                  true,
		"No tests cover the quantum scheduler queue.": false,
		"The retries are tested.":                     false,
		"Without a lock.":                             false,
	} {
		if got := e.lacking(words); got != want {
			t.Errorf("%q: %v", words, got)
		}
	}
}
