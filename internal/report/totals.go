package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

// totals are the sums over a session. Baseline and saved count the tasks
// inside the saved figures alone.
type totals struct {
	cost            money.Total
	baseline, saved money.Nano
	inside          int
	models          int // tasks for which a model was called
	pricedModels    int // those of them whose cost is known
}

func (s Session) totals() totals {
	var t totals
	costs := make([]money.Cost, 0, len(s.Results))
	for _, r := range s.Results {
		costs = append(costs, r.Cost)
		if len(r.Attempts) > 0 {
			t.models++
			if r.Cost.State == money.Priced {
				t.pricedModels++
			}
		}
		if inside(r) {
			t.inside++
			t.baseline += r.Baseline.Nano
			t.saved += r.Saved.Nano
		}
	}
	t.cost = money.Sum(costs...)
	return t
}

func inside(r dispatch.Result) bool {
	return len(r.Attempts) > 0 && r.Outside == "" && r.Cost.State == money.Priced && r.Baseline.State == money.Priced && r.Saved.State == money.Priced
}

// costWords is the total, and what it leaves out. Where no model has a cost
// that is known, no number is given: it would read as one that is.
func (t totals) costWords() string {
	var left []string
	if t.cost.Unpriced > 0 {
		left = append(left, count(t.cost.Unpriced, "unpriced task"))
	}
	if t.cost.Unknown > 0 {
		left = append(left, count(t.cost.Unknown, "task")+" of unknown cost")
	}
	switch {
	case len(left) == 0:
		return dollars(t.cost.Nano)
	case t.pricedModels > 0:
		return dollars(t.cost.Nano) + ", plus " + strings.Join(left, " and ")
	case t.cost.Unpriced > 0 && t.cost.Unknown == 0:
		return "cost unpriced"
	default:
		return "cost unknown"
	}
}

// dollars shows an amount. Nothing is "$0", so that it cannot be taken for a
// small amount that was rounded.
func dollars(n money.Nano) string {
	if n == 0 {
		return "$0"
	}
	return n.Dollars()
}

func shownCost(c money.Cost) string {
	switch c.State {
	case money.Priced:
		return dollars(c.Nano)
	case money.Unpriced:
		return "unpriced"
	default:
		return "unknown"
	}
}

// plainCost is an amount as outputs and JSON have it: a plain decimal,
// "unpriced" or "unknown".
func plainCost(c money.Cost) string {
	switch c.State {
	case money.Priced:
		return c.Nano.Decimal()
	case money.Unpriced:
		return "unpriced"
	default:
		return "unknown"
	}
}

// percent gives 100·part/whole with one decimal; false where there is no
// answer.
func percent(part, whole money.Nano) (string, bool) {
	tenths, ok := money.PercentTenths(part, whole)
	if !ok {
		return "", false
	}
	sign := ""
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	return fmt.Sprintf("%s%d.%d", sign, tenths/10, tenths%10), true
}

// thousands groups the digits of a count: 1,234,567.
func thousands(n int64) string {
	digits := fmt.Sprint(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%s %ss", thousands(int64(n)), word)
}

// spent is what a result used over all tries of all attempts. One try whose
// usage is not known makes the sum unknown.
func spent(r dispatch.Result) money.Usage {
	sum := money.Usage{Known: true}
	for _, a := range r.Attempts {
		sum = addUsage(sum, attemptUsage(a))
	}
	return sum
}

func attemptUsage(a dispatch.Attempt) money.Usage {
	sum := money.Usage{Known: true}
	for _, t := range a.Tries {
		sum = addUsage(sum, t.Usage)
	}
	return sum
}

func addUsage(a, b money.Usage) money.Usage {
	if !a.Known || !b.Known {
		return money.Usage{}
	}
	return money.Usage{
		Known:                      true,
		InputTokens:                a.InputTokens + b.InputTokens,
		CacheReadInputTokens:       a.CacheReadInputTokens + b.CacheReadInputTokens,
		CacheCreationInputTokens:   a.CacheCreationInputTokens + b.CacheCreationInputTokens,
		CacheCreation1hInputTokens: a.CacheCreation1hInputTokens + b.CacheCreation1hInputTokens,
		OutputTokens:               a.OutputTokens + b.OutputTokens,
		ReasoningOutputTokens:      a.ReasoningOutputTokens + b.ReasoningOutputTokens,
	}
}
