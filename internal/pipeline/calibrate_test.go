package pipeline

import (
	"testing"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
)

func TestThePastCorrectsAnEstimateWithinBounds(t *testing.T) {
	t.Parallel()
	measured := func(n int, repository string, actual int64) (all []ledger.Record) {
		for range n {
			all = append(all, ledger.Record{
				Repository: repository, Estimate: &ledger.Estimate{Expected: 1000, Most: 3000, Class: "code", Calibrated: 5},
				Attempts: []ledger.Attempt{{Provider: "anthropic", Model: "m", Tries: 1, Tokens: ledger.Tokens{Known: true, Input: actual}}},
			})
		}
		return all
	}
	for name, c := range map[string]struct {
		past  []ledger.Record
		model string
		class string
		want  int64
	}{
		"no past":                              {nil, "m", "code", 0},
		"too few calls":                        {measured(19, "o/r", 1200), "m", "code", 0},
		"enough of them":                       {measured(20, "o/r", 1200), "m", "code", 600},
		"another class":                        {measured(20, "o/r", 1200), "m", "docs", 0},
		"another model":                        {measured(20, "o/r", 1200), "n", "code", 0},
		"another repository's":                 {measured(20, "o/other", 1200), "m", "code", 0},
		"the upper end of what was measured":   {append(measured(10, "o/r", 800), measured(10, "o/r", 1600)...), "m", "code", 800},
		"forged small: a quarter at the least": {measured(5000, "o/r", 1), "m", "code", 125},
		"forged large: four times at the most": {measured(5000, "o/r", 1_000_000), "m", "code", 2000},
	} {
		w := &Work{Repository: "o/r", Past: c.past}
		if got := w.calibrated()(policy.Model{Provider: "anthropic", Model: c.model}, c.class, 500); got != c.want {
			t.Errorf("%s: %d, expected %d", name, got, c.want)
		}
	}
}
