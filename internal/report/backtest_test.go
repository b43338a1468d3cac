package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func replayed() backtest.Summary {
	s := backtest.Summary{
		About: backtest.About{
			Repository: "acme/widgets", Policy: "routing-policy.yml at HEAD", Since: "2026-08-26", Baseline: "anthropic/claude-opus-5-5",
			PricesChecked: "2026-11-20", Evidence: "assumed",
		},
		Commits: 412, Oldest: "2026-08-26", Newest: "2026-11-23", Lines: 12_345, Locked: 136,
		Tiers: []backtest.Tier{
			{Tier: policy.Local},
			{Tier: policy.Efficient, Commits: 156, Sum: backtest.Sum{Cost: 400_000_000, Baseline: 5_000_000_000, Inside: 156}, Escalating: backtest.Escalating{To: policy.Mid, Commits: 156, Here: 400_000_000, Above: 2_100_000_000}},
			{Tier: policy.Mid, Commits: 87, Sum: backtest.Sum{Cost: 2_000_000_000, Baseline: 4_800_000_000, Inside: 87}, Escalating: backtest.Escalating{To: policy.Frontier, Commits: 87, Here: 2_000_000_000, Above: 1_900_000_000}},
			{Tier: policy.Frontier, Commits: 169, Locked: 136, Sum: backtest.Sum{Cost: 10_000_000_000, Baseline: 10_000_000_000, Inside: 169}},
		},
		Total: backtest.Sum{Cost: 12_400_000_000, Baseline: 19_800_000_000, Inside: 412},
		Rules: []backtest.Rule{
			{Rule: "table", Place: "routing-policy.yml:48:5", Tier: policy.Efficient, Commits: 156},
			{Rule: "must-frontier/auth", Place: "routing-policy.yml:65:5", Tier: policy.Frontier, Commits: 136},
			{Rule: "default", Tier: policy.Mid, Commits: 87},
		},
		Locks: []backtest.Lock{{Rule: "must-frontier/auth", Commits: 136, Alone: 130, Examples: []backtest.Example{
			{SHA: "0123456789abcdef0123456789abcdef01234567", Title: "fix(login): ask again (#12)", File: "auth/login.go", Line: 12, Text: "auth: auth/login.go:12 removes a line that matches (?i)jwt: a wrong check lets people in"},
		}}},
		Signals:     []backtest.Signal{{ID: "code", Commits: 300, Frontier: 160}, {ID: "migration"}},
		NotExamined: []backtest.Count{{Word: "implicit-contract: the users of what is altered are not known", Commits: 40}},
		Labelled:    10,
	}
	s.Guesses.Add(backtest.Code, backtest.Code, 6)
	s.Guesses.Add(backtest.Code, backtest.Tests, 1)
	s.Guesses.Add(backtest.Docs, backtest.Docs, 3)
	return s
}

// replayedHostile is by and against strangers.
func replayedHostile() backtest.Summary {
	s := replayed()
	s.Repository, s.Policy, s.Against, s.Task, s.Baseline, s.Stopped = poison, poison, poison, poison, poison, poison
	s.Notes = []string{poison}
	s.Rules[0].Rule, s.Rules[0].Place = "must-frontier/"+poison, poison
	example := backtest.Example{SHA: "0123456789abcdef", Title: poison, File: poison, Line: 3, Text: poison}
	s.Locks = []backtest.Lock{{Rule: "must-frontier/" + poison, Commits: 1, Examples: []backtest.Example{example, {SHA: "1"}}}}
	s.NotExamined = []backtest.Count{{Word: poison, Commits: 2}}
	s.Compared = &backtest.Comparison{
		Moved: 2, Locked: 1, Cost: 2, OtherCost: 9, Inside: 3, Outside: 1,
		Moves: []backtest.Move{{From: policy.Mid, To: policy.Frontier, Commits: 2, Difference: 7, Inside: 1, Examples: []backtest.Example{example}}},
	}
	return s
}

func replays() map[string]backtest.Summary {
	compared := replayed()
	compared.Against = "stricter.yml"
	compared.Compared = &backtest.Comparison{
		Moved: 30, Locked: 20, Unlocked: 1, Cost: 12_400_000_000, OtherCost: 13_000_000_000, Inside: 412,
		Moves: []backtest.Move{
			{From: policy.Mid, To: policy.Frontier, Commits: 29, Difference: 700_000_000, Inside: 29, Examples: []backtest.Example{{SHA: "abcdef0123456789", Title: "feat: refunds"}}},
			{From: policy.Frontier, To: policy.Mid, Commits: 1},
		},
	}
	odd := replayed()
	odd.Task, odd.Evidence, odd.TrustSubjects, odd.Stopped, odd.Since = "changelog", "file", true, "interrupted", ""
	odd.Notes = []string{"no routing-policy.yml at HEAD: the built-in default decided"}
	odd.Tiers[0] = backtest.Tier{Tier: policy.Local, Commits: 2, Sum: backtest.Sum{Free: 2}}
	odd.Tiers[2].Sum = backtest.Sum{Unpriced: 87}
	odd.Total.Unpriced, odd.Total.Free, odd.Total.Idle = 87, 2, 1
	odd.Labelled, odd.Locks, odd.Rules = 0, nil, nil
	return map[string]backtest.Summary{"replayed": replayed(), "replayed-against": compared, "replayed-odd": odd, "replayed-hostile": replayedHostile()}
}

func TestBacktestGoldens(t *testing.T) {
	t.Parallel()
	for name, s := range replays() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 2 { // the same summary gives the same bytes
				var page, data strings.Builder
				if err := BacktestMarkdown(&page, s); err != nil {
					t.Fatal(err)
				}
				if err := BacktestJSON(&data, s); err != nil {
					t.Fatal(err)
				}
				golden(t, name+".backtest.md", page.String())
				golden(t, name+".backtest.json", data.String())
				checkReplayPage(t, page.String())
			}
		})
	}
}

// checkReplayPage holds a backtest to what holds for every page of ours: the
// first table there has one row a task, which here it has not.
func checkReplayPage(t *testing.T, page string) {
	t.Helper()
	checkColumns(t, page)
	checkPage(t, Session{}, "| none |\n|---|\n\n"+strings.TrimPrefix(page, "### "))
}

func TestTheFirstLineOfABacktestHasTheNumbersThatMatter(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"replayed":     "### tierwise backtest: 412 commits since 2026-08-26: 38 % efficient, 21 % mid, 41 % frontier (33 % locked); projected $12.40 against $19.80, saved $7.40 (37.4 %)\n",
		"replayed-odd": "### tierwise backtest: 412 commits since 2026-08-26, each as changelog: under 1 % local, 38 % efficient, 21 % mid, 41 % frontier (33 % locked); projected $12.40 against $19.80, saved $7.40 (37.4 %), plus 87 unpriced commits\n",
	} {
		var page strings.Builder
		if err := BacktestMarkdown(&page, replays()[name]); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(page.String(), want) {
			t.Errorf("%s: %q", name, strings.SplitN(page.String(), "\n", 2)[0])
		}
	}
}

func TestWhatIsNotKnownIsNoZero(t *testing.T) {
	t.Parallel()
	s := replayed()
	s.Total = backtest.Sum{Unpriced: 412}
	s.Labelled = 0
	var page, data strings.Builder
	if err := BacktestMarkdown(&page, s); err != nil {
		t.Fatal(err)
	}
	if err := BacktestJSON(&data, s); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "; spend unpriced\n") {
		t.Error(strings.SplitN(page.String(), "\n", 2)[0])
	}
	var out struct {
		Total struct {
			CostUSD *money.Nano `json:"cost_usd"`
		}
		Labels any
	}
	if err := json.Unmarshal([]byte(data.String()), &out); err != nil || out.Total.CostUSD != nil || out.Labels != nil {
		t.Errorf("%v, %+v", err, out)
	}
}

func TestBacktestTellsThatItCouldNotWrite(t *testing.T) {
	t.Parallel()
	if err := BacktestMarkdown(brokenPipe{}, replayed()); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("markdown: %v", err)
	}
	if err := BacktestJSON(brokenPipe{}, replayed()); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("JSON: %v", err)
	}
}
