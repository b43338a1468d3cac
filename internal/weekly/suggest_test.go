package weekly

import (
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
)

// reviewed gives runs of tests at a tier, so many flagged as given and the
// others as right.
func reviewed(tier policy.Tier, word ledger.Verdict, hits, of int, locked bool) Numbers {
	s := New(week())
	for n := range of {
		f := fact(4*n + 1)
		f.Status, f.Task, f.Used, f.Locked = "clean", "tests", tier, locked
		s.Add(f)
		verdict := ledger.Right
		if n < hits {
			verdict = word
		}
		s.AddFlag(flagOf(f, verdict, "1", monday().Add(time.Hour)))
	}
	return s.Numbers()
}

func TestHindsightSuggestsBothWays(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		tier   policy.Tier
		word   ledger.Verdict
		hits   int
		of     int
		locked bool
		want   string // "" for none
	}{
		{"nearly all would have done with less", policy.Frontier, ledger.Cheaper, 41, 44, false, "tests: 41 of 44 (95 % interval 82–98 %) of frontier runs flagged cheaper: move to efficient"},
		{"most, and chance may explain it", policy.Frontier, ledger.Cheaper, 26, 44, false, ""},
		{"too few", policy.Frontier, ledger.Cheaper, 9, 9, false, ""},
		{"just enough", policy.Frontier, ledger.Cheaper, 10, 10, false, "tests: 10 of 10 (95 % interval 72–100 %) of frontier runs flagged cheaper: move to efficient"},
		{"what is locked is never lowered", policy.Frontier, ledger.Cheaper, 44, 44, true, ""},
		{"nothing is moved to where it is", policy.Efficient, ledger.Cheaper, 44, 44, false, ""},
		{"too cheap", policy.Efficient, ledger.Frontier, 30, 40, false, "tests: 30 of 40 (95 % interval 60–86 %) of efficient runs flagged frontier: move to frontier"},
		{"frontier is the top", policy.Frontier, ledger.Frontier, 40, 40, false, ""},
		{"all right", policy.Frontier, ledger.Right, 40, 40, false, ""},
	} {
		got := ""
		for _, s := range reviewed(row.tier, row.word, row.hits, row.of, row.locked).Suggestions {
			if s.Kind == "lower" || s.Kind == "raise" {
				got = s.Text
			}
		}
		if got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
