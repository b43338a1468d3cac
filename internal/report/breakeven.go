package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/ledger"
)

// breakEvenDetail tells a comparison with its numbers and its formula. It ends
// as a sentence.
func breakEvenDetail(e ledger.BreakEven) string {
	words := fmt.Sprintf("%s went up from %s to %s in %d of %s (%s; 95 %% interval %s to %s); break-even is %s = 1 − %s ÷ %s", name(e.Task), e.From, e.To,
		e.Escalated, count(e.Records, "record"), sharePercent(e.Share), sharePercent(e.Low), sharePercent(e.High), sharePercent(e.Bound), dollars(e.CostFrom), dollars(e.CostTo))
	if e.Model != "" {
		words += "; all began with " + name(e.Model)
	}
	if e.LeftOut > 0 {
		words += fmt.Sprintf("; %s left out, for want of a cost or a comparison", count(e.LeftOut, "record"))
	}
	return words + "."
}

// sharePercent rounds a share to whole percents.
func sharePercent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// breakEvenLine names the tasks that escalate so often that starting them
// higher would have been cheaper.
func (s Session) breakEvenLine() string {
	var items []string
	for _, e := range s.BreakEven {
		if e.Dearer() {
			items = append(items, breakEvenDetail(e))
		}
	}
	return sentence("Starting higher would have been cheaper: ", items, " ", "")
}
