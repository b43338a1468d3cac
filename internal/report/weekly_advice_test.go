package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/weekly"
)

// advisedWeek is a week in which hindsight wants two tasks lower, one of which
// the policy keeps, and one higher.
func advisedWeek(hostile string) weekly.Numbers {
	from := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	s := weekly.New(weekly.Options{
		From: from, To: from.AddDate(0, 0, 7),
		Keep: func(task string, _ policy.Tier) string {
			if task == "tests" {
				return "nothing would catch an output that is misleading" + hostile
			}
			return ""
		},
		Patch: func(_, task string, to policy.Tier) string {
			return "--- a/routing-policy.yml\n+++ b/routing-policy.yml\n@@ -1 +1 @@\n-  " + task + ": { tier: mid }\n+  " + task + ": { tier: " + to.String() + " }" + hostile + "\n"
		},
		Review: weekly.ReviewFacts{By: "2026-11-01", Today: "2026-11-23", Digest: "b", Changes: []string{"price: acme/m costs $1, and cost $2" + hostile}},
	})
	for task, word := range map[string]ledger.Verdict{"docs": ledger.Cheaper, "tests": ledger.Cheaper, "changelog": ledger.Frontier} {
		for n := range byte(40) {
			f := ledger.Fact{ID: [16]byte{task[0], n + 1}, Repository: "acme/widgets", Started: from, Task: task, Status: "clean", Used: policy.Mid, PolicyDigest: "a"}
			s.Add(f)
			s.AddFlag(ledger.Ref{ID: hexOf(f.ID), Repository: f.Repository, Task: task}.Flag(word, "command", "1", "", from))
		}
	}
	return s.Numbers()
}

func hexOf(id [16]byte) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, c := range id {
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

func TestAWeekSaysWhatToChange(t *testing.T) {
	t.Parallel()
	var page bytes.Buffer
	if err := WeeklyMarkdown(&page, advisedWeek("")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", "weekly_advice.md")
	if *update {
		if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), page.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAdviceOfAHostilePolicyDoesNothing(t *testing.T) {
	t.Parallel()
	var page bytes.Buffer
	if err := WeeklyMarkdown(&page, advisedWeek("\n```\n::error::x\n<img src=x> @everyone")); err != nil {
		t.Fatal(err)
	}
	inCode := ""
	for line := range strings.SplitSeq(page.String(), "\n") {
		if mark := strings.TrimRight(line, "dif"); strings.HasPrefix(line, "````") && strings.Trim(mark, "`") == "" {
			if inCode == "" {
				inCode = mark
			} else if line == inCode {
				inCode = ""
			}
			continue
		}
		outside := strings.ReplaceAll(line, `\<`, "")
		if inCode == "" && (strings.Contains(outside, "<img") || strings.HasPrefix(line, "```") || strings.HasPrefix(line, "::")) {
			t.Errorf("it acts in %q", line)
		}
	}
	if inCode != "" {
		t.Error("a block of code stays open")
	}
}

func TestWhatTheReviewSays(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]weekly.Review{
		"":                                 {State: "none"},
		"Due on 2027-02-15, in 84 d":       {State: "later", Due: "2027-02-15", Days: 84},
		"**Due on 2026-12-01, in 1 day.**": {State: "due", Due: "2026-12-01", Days: 1},
		"**Overdue by 22 days: it was due on 2026-11-01.**":           {State: "overdue", Due: "2026-11-01", Days: -22},
		"**Due on 2026-12-01, in 0 days.** Since a quarter before th": {State: "due", Due: "2026-12-01"},
	} {
		if got := reviewWords(r); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%+v: %q, want %q", r, got, want)
		}
	}
}
