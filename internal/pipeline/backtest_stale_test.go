package pipeline

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/money"
)

// emptyHistory has no commit and no policy.
type emptyHistory struct{ treeReader }

func (emptyHistory) Count(context.Context, gitrepo.Span) (int, error) { return 0, nil }

func (emptyHistory) History(context.Context, gitrepo.Span, func(gitrepo.Past) error) error {
	return nil
}
func (emptyHistory) Contents(context.Context) (*gitrepo.Contents, error) { return nil, nil }

func (emptyHistory) File(context.Context, string, string) ([]byte, bool, error) {
	return nil, false, nil
}
func (emptyHistory) Name() string { return "empty" }

func TestABacktestSaysThatItsPricesAreOld(t *testing.T) {
	t.Parallel()
	list, err := Prices(nil)
	if err != nil {
		t.Fatal(err)
	}
	checked, err := time.Parse(time.DateOnly, list.Checked())
	if err != nil {
		t.Fatal(err)
	}
	for days, want := range map[int]bool{60: false, 61: true} {
		p, err := newReplay(t.Context(), emptyHistory{}, ReplayRequest{Now: checked.AddDate(0, 0, days).Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		said := slices.ContainsFunc(p.about.Notes, func(note string) bool { return strings.Contains(note, "prices may have changed") })
		if said != want {
			t.Errorf("after %d days the notes are %q", days, p.about.Notes)
		}
	}
}

func TestPricesOfAPolicyComeFirst(t *testing.T) {
	t.Parallel()
	const text = `version: 1
pool: { frontier: [{ provider: openai, model: gpt-5.6, max_output_tokens: 4096 }] }
baseline: { provider: openai, model: gpt-5.6 }
tasks: { changelog: { tier: frontier } }
default: frontier
prices: [{ provider: openai, model: gpt-5.6, input: 3, output: 15, long_context: { over: 272000, input: 6, output: 20, cache_read: 0.6 } }]
`
	list, err := Prices(&PolicyText{Name: "p.yml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	if row, ok := list.Lookup("openai", "gpt-5.6-sol", time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)); !ok || row.Rates.Input != 3_000_000 {
		t.Errorf("what the pool calls gpt-5.6 comes back as gpt-5.6-sol and costs %+v", row.Rates)
	}
	row, _ := list.Lookup("openai", "gpt-5.6", time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	for prompt, want := range map[int64]money.Nano{272_000: 816_000_000, 272_001: 1_632_006_000} {
		if cost := row.Cost(money.Usage{Known: true, InputTokens: prompt}); cost.Nano != want {
			t.Errorf("%d tokens cost %+v, want %d", prompt, cost, want)
		}
	}
	if cost := row.Cost(money.Usage{Known: true, InputTokens: 272_001, CacheReadInputTokens: 1_000}); cost.Nano != 1_632_606_000 {
		t.Errorf("cached tokens over the step cost %+v", cost)
	}
	if _, err := Prices(&PolicyText{Name: "p.yml", Data: []byte("version: 7")}); err == nil {
		t.Error("a broken policy gives prices")
	}
}
