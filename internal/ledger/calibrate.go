package ledger

import (
	"cmp"
	"math"
	"slices"
)

// The factor of a calibration is bounded, so that no ledger, forged or odd, can
// turn an estimate into nonsense; and it takes some calls to have one.
const (
	leastFactor   = 0.25
	mostFactor    = 4
	leastMeasured = 20
)

// Calibration compares the prompts of one model and one class of files with
// what had been expected, in tokens. Factor is the median of actual by
// expected, within 0.25 to 4, and 1 where there are fewer than 20 calls. Low
// and High are an interval of that median at 95 %. Error is the median absolute
// error as a share of the actual, Bias the median of (expected-actual)/actual:
// over zero where too much was expected. Over counts calls whose prompt was
// longer than its upper bound. It is for what is shown, never for what a budget
// holds.
type Calibration struct {
	Provider, Model, Class string
	Calls                  int
	Factor, Low, High      float64
	Error, Bias            float64
	Over                   int
}

// Calibrate gives a calibration for each model and class that was measured, in
// their order. Facts without an estimate or without an actual are left out.
func Calibrate(facts []Fact) []Calibration {
	groups := map[Calibration][]Fact{}
	for _, f := range facts {
		if f.Expected <= 0 || f.Actual <= 0 || f.First.Model == "" {
			continue
		}
		key := Calibration{Provider: f.First.Provider, Model: f.First.Model, Class: f.Class}
		groups[key] = append(groups[key], f)
	}
	all := make([]Calibration, 0, len(groups))
	for key, group := range groups {
		all = append(all, key.of(group))
	}
	slices.SortFunc(all, func(a, b Calibration) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Class, b.Class))
	})
	return all
}

func (c Calibration) of(group []Fact) Calibration {
	var ratios, errs, biases []float64
	for _, f := range group {
		off := float64(f.Expected-f.Actual) / float64(f.Actual)
		ratios = append(ratios, float64(f.Actual)/float64(f.Expected))
		errs, biases = append(errs, math.Abs(off)), append(biases, off)
		if f.Most > 0 && f.Actual > f.Most {
			c.Over++
		}
	}
	slices.Sort(ratios)
	c.Calls, c.Error, c.Bias = len(group), median(errs), median(biases)
	c.Factor, c.Low, c.High = 1, leastFactor, mostFactor
	if c.Calls >= leastMeasured {
		// The interval of a median by order statistics: half of the calls, less
		// and more 1.96 standard deviations of a fair coin.
		n := float64(c.Calls)
		half := 1.96 * math.Sqrt(n) / 2
		low, high := max(0, int(math.Floor(n/2-half))), min(c.Calls-1, int(math.Ceil(n/2+half)))
		c.Factor, c.Low, c.High = bounded(median(ratios)), bounded(ratios[low]), bounded(ratios[high])
	}
	return c
}

func bounded(x float64) float64 { return min(mostFactor, max(leastFactor, x)) }

func median(all []float64) float64 {
	slices.Sort(all)
	n := len(all)
	return (all[(n-1)/2] + all[n/2]) / 2
}

// Tokens gives an estimate as the prompts behind the calibration turned out, at
// the upper end of the interval of their median: an estimate that is somewhat
// high plans better than one that is low. It is 0 where there are fewer than 20
// calls.
func (c Calibration) Tokens(expected int64) int64 {
	if c.Calls < leastMeasured || expected <= 0 || expected > maxTokens {
		return 0
	}
	return int64(math.Ceil(c.High * float64(expected)))
}
