package ledger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCalibrate(t *testing.T) {
	t.Parallel()
	many := func(n int, expected, actual int64) (facts []Fact) {
		for range n {
			facts = append(facts, Fact{Class: "code", First: Step{Provider: "p", Model: "m"}, Expected: expected, Most: 150, Actual: actual})
		}
		return facts
	}
	c := Calibration{Provider: "p", Model: "m", Class: "code"}
	for name, tc := range map[string]struct {
		facts []Fact
		want  []Calibration
	}{
		"too few calls have an error and no factor": {many(19, 100, 80), []Calibration{{c.Provider, c.Model, c.Class, 19, 1, 0.25, 4, 0.25, 0.25, 0}}},
		"enough calls have a factor":                {many(20, 100, 80), []Calibration{{c.Provider, c.Model, c.Class, 20, 0.8, 0.8, 0.8, 0.25, 0.25, 0}}},
		"a forged ledger moves it by four at most":  {many(1000, 100, 100_000_000), []Calibration{{c.Provider, c.Model, c.Class, 1000, 4, 4, 4, 0.999999, -0.999999, 1000}}},
		"what was not measured is left out":         {many(50, 100, -1), []Calibration{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, Calibrate(tc.facts)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
