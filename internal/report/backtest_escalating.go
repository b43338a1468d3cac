package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/backtest"
)

// escalating says for each place up to which share of refused answers it is
// cheaper than a start one tier higher.
func (p *replayPage) escalating() {
	var rows [][]string
	for _, t := range p.Tiers {
		if share, ok := breakEvenWords(t.Escalating); ok {
			rows = append(rows, []string{
				t.Tier.String(), t.Escalating.To.String(), thousands(int64(t.Escalating.Commits)), dollars(t.Escalating.Here), dollars(t.Escalating.Above), share,
			})
		}
	}
	if len(rows) == 0 {
		return
	}
	p.heading("When escalating pays")
	p.table("Start at | Goes up to | Commits | Cost here | The same there | Pays while fewer are refused than", "---|---|---:|---:|---:|---:")
	for _, cells := range rows {
		p.row(cells...)
	}
	p.out.WriteString("\nBreak-even: 1 − cost here ÷ cost there. A refused answer is paid for at both tiers. Nothing here says how many are refused: that takes records.\n\n")
}

func breakEvenWords(e backtest.Escalating) (string, bool) {
	tenths, ok := e.BreakEven()
	switch {
	case !ok:
		return "", false
	case tenths <= 0:
		return "never: it is not cheaper", true
	}
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10), true
}
