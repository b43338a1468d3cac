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
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/weekly"
)

func aWeek(task string) weekly.Numbers {
	from := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	s := weekly.New(weekly.Options{From: from, To: from.AddDate(0, 0, 7), SampleSize: 2})
	s.Note("the price list was last checked on 2026-01-01, 323 days ago: prices may have changed")
	s.Unread(2)
	for n := range byte(40) {
		f := ledger.Fact{
			ID: [16]byte{n + 1}, Session: [16]byte{n / 2}, Repository: "acme/" + task, PullRequest: int(n), Started: from.AddDate(0, 0, int(n%7)),
			Task: task, Status: "clean", Used: policy.Frontier, Provider: "anthropic", Model: task,
			Cost:     money.Cost{State: money.Priced, Nano: money.Nano(n) * 1_000_000},
			Baseline: money.Cost{State: money.Priced, Nano: 80_000_000}, Saved: money.Cost{State: money.Priced, Nano: 80_000_000 - money.Nano(n)*1_000_000},
			Expected: 100, Most: 400, Actual: 120, Class: "code", Raised: 1, Refused: 1,
		}
		f.First = ledger.Step{Tier: f.Used, Provider: f.Provider, Model: f.Model, Cost: f.Cost}
		switch n {
		case 7:
			f.Status, f.Cost, f.Saved, f.Bound = ledger.Begun, money.Cost{}, money.Cost{}, money.Cost{State: money.Priced, Nano: 2_000_000_000}
		case 8:
			f.Cost, f.Saved = money.Cost{State: money.Unpriced}, money.Cost{}
		}
		s.Add(f)
	}
	return s.Numbers()
}

func TestWeeklyPages(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*bytes.Buffer) error{
		"weekly.md":   func(b *bytes.Buffer) error { return WeeklyMarkdown(b, aWeek("docs")) },
		"weekly.json": func(b *bytes.Buffer) error { return WeeklyJSON(b, aWeek("docs")) },
	} {
		var got bytes.Buffer
		if err := write(&got); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestNamesOfALedgerDoNothingOnTheWeeklyPage(t *testing.T) {
	t.Parallel()
	var page bytes.Buffer
	if err := WeeklyMarkdown(&page, aWeek("a|b\n::error::x </details> @everyone <img src=x> ![x](https://evil.example/)")); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(page.String(), "\n") {
		for i, piece := range strings.Split(strings.ReplaceAll(line, `\<`, ""), "`") { // what is in a code span does nothing
			if i%2 == 0 && (strings.Contains(piece, "<img") || strings.Contains(piece, "</details") || strings.Contains(piece, "![x](")) {
				t.Errorf("a name acts in %q", line)
			}
		}
		if strings.HasPrefix(line, "::") {
			t.Errorf("a name begins the line %q", line)
		}
	}
}
