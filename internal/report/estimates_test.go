package report

import (
	"testing"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

func TestHowFarAnEstimateWasOff(t *testing.T) {
	t.Parallel()
	one := func(u money.Usage) dispatch.Attempt { return dispatch.Attempt{Tries: []dispatch.Try{{Usage: u}}} }
	used := money.Usage{Known: true, InputTokens: 800, CacheReadInputTokens: 150, CacheCreationInputTokens: 50, OutputTokens: 9}
	for name, c := range map[string]struct {
		estimate dispatch.Estimate
		first    dispatch.Attempt
		want     string
	}{
		"without a past":       {dispatch.Estimate{Expected: 1200, Most: 2000}, one(used), "1,200 tokens, at most 2,000; it was 1,000 (+20 %)"},
		"with one":             {dispatch.Estimate{Expected: 1200, Most: 2000, Calibrated: 900}, one(used), "1,200 tokens, by the ledger's past prompts 900, at most 2,000; it was 1,000 (-10 %)"},
		"usage not told":       {dispatch.Estimate{Expected: 1200, Most: 2000}, one(money.Usage{}), "1,200 tokens, at most 2,000; what it was is not known"},
		"two tries":            {dispatch.Estimate{Expected: 1200, Most: 2000}, dispatch.Attempt{Tries: make([]dispatch.Try, 2)}, "1,200 tokens, at most 2,000; what it was is not known"},
		"a call not billed":    {dispatch.Estimate{Expected: 1200, Most: 2000}, one(money.Usage{Known: true}), "1,200 tokens, at most 2,000; nothing was billed"},
		"nothing was expected": {dispatch.Estimate{Most: 2000}, one(used), "0 tokens, at most 2,000; it was 1,000 (-100 %)"},
	} {
		if got := estimateError(c.estimate, c.first); got != c.want {
			t.Errorf("%s: %q, expected %q", name, got, c.want)
		}
	}
}
