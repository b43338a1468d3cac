package dispatch

import (
	"context"
	"testing"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func TestWhatALedgerMeasuredMovesNoBound(t *testing.T) {
	t.Parallel()
	bounds := map[money.Cost]bool{}
	for name, c := range map[string]struct{ says, want int64 }{
		"nothing":                {0, 0},
		"that prompts are tiny":  {1, 1},
		"less than nothing":      {-1 << 60, 0},
		"that they are enormous": {1 << 60, 1 << 60},
	} {
		d, _ := dispatcher(t, "", good(1000, 100))
		d.Calibrated = func(policy.Model, string, int64) int64 { return c.says }
		d.Reserve = func(_ context.Context, r Result, bound money.Cost) Reserved {
			if want := min(c.want, r.Estimate.Most); r.Estimate.Calibrated != want {
				t.Errorf("%s: calibrated %d, expected %d", name, r.Estimate.Calibrated, want)
			}
			bounds[bound] = true
			return Reserved{}
		}
		if r := d.Run(t.Context(), tell(), efficient(), oneFile()); r.Status != Clean || r.Tier != policy.Efficient {
			t.Errorf("%s: %s on %s: %s", name, r.Status, r.Tier, r.Reason)
		}
	}
	if len(bounds) != 1 {
		t.Errorf("bounds %v, expected one and the same", bounds)
	}
}
