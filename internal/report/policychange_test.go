package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/policy"
)

func changedPolicy() backtest.ChangeSummary {
	mail := backtest.PastChange{Number: 12, SHA: "0123456789abcdef", Title: "Let people in by mail"}
	return backtest.ChangeSummary{
		ChangeAbout: backtest.ChangeAbout{
			Repository: "acme/widgets", Policy: "routing-policy.yml", Before: "routing-policy.yml at the base", After: "routing-policy.yml at the head",
			Source: "the platform", Tasks: []string{"docs", "changelog"}, Evidence: "assumed", PricesChecked: "2026-11-20", Requests: 37,
		},
		Changes: 30, Moved: 8, Locked: 1, Unlocked: 3, Cost: 2_000_000_000, OtherCost: 1_590_000_000, Inside: 88, Outside: 2,
		Moves: []backtest.TaskMove{
			{Task: "", From: policy.Frontier, To: policy.Mid, Changes: 1, Difference: -10_000_000, Inside: 1, Examples: []backtest.PastChange{mail}},
			{Task: "docs", From: policy.Mid, To: policy.Efficient, Changes: 7, Difference: -400_000_000, Inside: 7, Examples: []backtest.PastChange{mail, {SHA: "fedcba9876543210"}}},
			{Task: "changelog", From: policy.Mid, To: policy.Local, Changes: 2},
		},
		Falls: []backtest.Fall{{PastChange: mail, Entry: "auth", Tasks: []string{"", "docs"}, To: policy.Efficient, File: "auth/mail.go", Text: "auth: auth/mail.go matches auth/**: people get in"}},
	}
}

func changedPolicies() map[string]backtest.ChangeSummary {
	hostile := changedPolicy()
	past := backtest.PastChange{Number: 1, SHA: poison, Title: poison}
	hostile.Policy, hostile.Before, hostile.After, hostile.Since, hostile.Stopped, hostile.PricesChecked = poison, poison, poison, poison, poison, poison
	hostile.Notes, hostile.Tasks, hostile.Source = []string{poison}, []string{poison}, poison
	hostile.Moves = []backtest.TaskMove{{Task: poison, From: policy.Mid, To: policy.Local, Changes: 1, Examples: []backtest.PastChange{past}}}
	hostile.Falls = []backtest.Fall{{PastChange: past, Entry: poison, Tasks: []string{poison}, To: policy.Mid, File: poison, Text: poison}}
	many := changedPolicy()
	many.Since, many.Source, many.Tasks, many.Evidence = "2026-08-27", "the history", nil, "file"
	many.Moves, many.Inside, many.Falls = nil, 0, nil
	for n := range 53 {
		many.Falls = append(many.Falls, backtest.Fall{PastChange: backtest.PastChange{Number: n + 1}, Entry: "auth", Tasks: []string{"docs"}, To: policy.Mid, Text: fmt.Sprint("hit ", n)})
	}
	same := backtest.ChangeSummary{ChangeAbout: backtest.ChangeAbout{Policy: "routing-policy.yml", Before: "routing-policy.yml at main", After: "routing-policy.yml in the work tree", Same: true}}
	none := backtest.ChangeSummary{ChangeAbout: changedPolicy().ChangeAbout}
	none.Stopped = "0 of the last 3 merged pull requests were looked at: number 2 has 2,500 files"
	return map[string]backtest.ChangeSummary{"changed": changedPolicy(), "changed-hostile": hostile, "changed-many": many, "changed-same": same, "changed-none": none}
}

func TestPolicyChangeGoldens(t *testing.T) {
	t.Parallel()
	for name, s := range changedPolicies() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 2 { // the same summary gives the same bytes
				var page, text strings.Builder
				if err := PolicyChangeMarkdown(&page, s); err != nil {
					t.Fatal(err)
				}
				if err := PolicyChangeText(&text, s); err != nil {
					t.Fatal(err)
				}
				golden(t, name+".policychange.md", page.String())
				golden(t, name+".policychange.txt", text.String())
				checkReplayPage(t, page.String())
				checkLines(t, text.String())
			}
		})
	}
}

// checkLines holds a page for a terminal to what a runner must not read in it.
func checkLines(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") || strings.ContainsAny(line, "\r\x1b\x00") {
			t.Errorf("a line that a runner or a terminal obeys: %q", line)
		}
	}
}

func TestPolicyChangeTellsThatItCouldNotWrite(t *testing.T) {
	t.Parallel()
	if err := PolicyChangeMarkdown(brokenPipe{}, changedPolicy()); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("markdown: %v", err)
	}
	if err := PolicyChangeText(brokenPipe{}, changedPolicy()); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("text: %v", err)
	}
}
