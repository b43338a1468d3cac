package pipeline

import (
	"slices"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
)

// calibrated corrects estimates by what this repository's records measured. The
// records are untrusted: what comes of them is bounded, and only shown.
func (w *Work) calibrated() func(m policy.Model, class string, expected int64) int64 {
	var facts []ledger.Fact
	for _, r := range w.Past {
		if r.Repository == w.Repository {
			facts = append(facts, r.Fact())
		}
	}
	all := ledger.Calibrate(facts)
	return func(m policy.Model, class string, expected int64) int64 {
		i := slices.IndexFunc(all, func(c ledger.Calibration) bool {
			return c.Provider == m.Provider && c.Model == m.Model && c.Class == class
		})
		if i < 0 {
			return 0
		}
		return all[i].Tokens(expected)
	}
}
