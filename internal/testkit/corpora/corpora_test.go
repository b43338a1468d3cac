package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// same gives one outcome for all kinds of words.
func same(o outcome) measured { return measured{o, o, o} }

func priced(cost, baseline money.Nano) backtest.Spend {
	return backtest.Spend{Cost: money.Cost{State: money.Priced, Nano: cost}, Baseline: money.Cost{State: money.Priced, Nano: baseline}}
}

// small is a page of five commits, of which one is missed and one kept up.
func small() page {
	rows := []row{
		{Repo: "a/x", SHA: "1", Label4: backtest.Docs, Stratum: "label", Weight: 2},
		{Repo: "a/x", SHA: "2", Label4: backtest.Code, Stratum: "label", Weight: 6.5},
		{Repo: "b/y", SHA: "3", Label4: backtest.Tests, Stratum: "label", Weight: 1},
		{Repo: "b/y", SHA: "4", Label4: backtest.Code, Stratum: "critical-extra", Strong: []string{"auth", "cve"}, Subject: "let nobody in"},
		{Repo: "b/y", SHA: "5", Label4: backtest.Code, Stratum: "critical-extra", Strong: []string{"auth"}},
		{Repo: "b/y", SHA: "6", Label4: backtest.Code, Stratum: "critical-extra", Strong: []string{"cve"}, DepsOnly: true},
	}
	found := map[string]measured{
		"1": same(outcome{kind: backtest.Docs, tier: policy.Efficient, signals: []string{"documentation"}, spend: priced(1_000_000, 4_000_000)}),
		"2": same(outcome{kind: backtest.Docs, tier: policy.Mid, signals: []string{"code", "documentation"}, spend: priced(2_000_000, 4_000_000)}),
		"3": same(outcome{
			kind: backtest.Tests, tier: policy.Frontier, locked: true, locks: []string{"must-frontier/auth"},
			carried: []string{"must-frontier/auth"}, signals: []string{"test"}, spend: priced(4_000_000, 4_000_000),
		}),
		"4": same(outcome{kind: backtest.Code, tier: policy.Mid, signals: []string{"code"}}),
		"5": same(outcome{kind: backtest.Code, tier: policy.Frontier}),
		"6": same(outcome{kind: backtest.Code, tier: policy.Mid}),
	}
	return page{rows: rows, found: found, policy: "p.yml"}
}

func printed(t *testing.T, p page) string {
	t.Helper()
	var out strings.Builder
	if err := write(&out, p); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestThePageCountsWhatItSays(t *testing.T) {
	t.Parallel()
	text := strings.Join(strings.Fields(printed(t, small())), " ")
	for name, want := range map[string]string{
		"the mean over kinds":        "balanced: macro-F1 0.556, accuracy 0.667",
		"weights in the natural mix": "natural mix: macro-F1 0.460, accuracy 0.316",
		"own code alone is critical": "all 1/2 50.0 %",
		"each kind of critical":      "cve 0/1 0.0 %",
		"the miss":                   "b/y 4 [auth cve] mid, fired: code let nobody in",
		"routine that went down":     "all 1/2 50.0 % 66.7 %",
		"what kept the other one up": "kept the other 1 up (decisive rules; one commit may have several): 1 must-frontier/auth",
		"what locks":                 "must-frontier/auth 1/3 33.3 % 10.5 %",
		"the saving by weight":       "50.0 %",
		"a signal among the easy":    "documentation 2/6 33.3 % 0/2 0.0 % 1/2 50.0 % 1/1 100.0 %",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: no %q in\n%s", name, want, text)
		}
	}
}

func TestThePageIsTheSameTwice(t *testing.T) {
	t.Parallel()
	if first, second := printed(t, small()), printed(t, small()); first != second {
		t.Error("two pages differ")
	}
}

func TestARowThatWasNotFoundIsSaidAndNotCounted(t *testing.T) {
	t.Parallel()
	p := small()
	delete(p.found, "2")
	p.lost = []string{"a/x: no commit 2"}
	text := printed(t, p)
	if !strings.HasPrefix(text, "5 commits measured, policy p.yml.\nLOST a/x: no commit 2\n") {
		t.Error(text[:80])
	}
}

func TestRowsAreReadWithTheirWeights(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "rows.jsonl")
	text := `{"repo":"a/x","sha":"1","label4":"docs","stratum":"label","weight":31.8,"critical":[]}` + "\n" +
		`{"repo":"a/x","sha":"2","label4":null,"stratum":"label","weight":null,"critical":[{"reason":"auth"}],"critical_strong_noncircular":["auth"]}` + "\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := readRows(name)
	if err != nil {
		t.Fatal(err)
	}
	got := [][]any{}
	for _, r := range rows {
		got = append(got, []any{r.milli(), r.labelled(), r.easy(), r.ofOwnCode()})
	}
	want := [][]any{{int64(31800), true, true, false}, {int64(0), false, false, true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := os.WriteFile(name, []byte(text+"{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readRows(name); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("a broken line: %v", err)
	}
}
