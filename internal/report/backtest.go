package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// BacktestMarkdown writes what a policy would have done with past commits: the
// numbers that matter in one line, then tables, and last what is assumed.
func BacktestMarkdown(w io.Writer, s backtest.Summary) error {
	page := replayPage{Summary: s}
	page.out.WriteString("### tierwise backtest: " + page.headline() + "\n\n")
	if s.Stopped != "" {
		fmt.Fprintf(&page.out, "**Stopped before the end (%s): these are the numbers of the commits that were measured.**\n\n", phrase(s.Stopped))
	}
	page.basis()
	page.tiers()
	page.escalating()
	page.compared()
	page.rules()
	page.locks()
	page.signals()
	page.guesses()
	page.assumed()
	if _, err := io.WriteString(w, strings.TrimRight(page.out.String(), "\n")+"\n"); err != nil {
		return fmt.Errorf("write backtest: %w", err)
	}
	return nil
}

// replayPage is one page on its way.
type replayPage struct {
	backtest.Summary
	out strings.Builder
}

func (p *replayPage) headline() string {
	words := count(p.Commits, "commit")
	if since := p.since(); since != "" {
		words += " since " + since
	}
	if p.Task != "" {
		words += ", each as " + name(p.Task)
	}
	return words + ": " + p.shares() + "; " + p.spend()
}

// since is the date that was asked for, else that of the oldest commit.
func (p *replayPage) since() string {
	if p.Since != "" {
		return name(p.Since)
	}
	return p.Oldest
}

func (p *replayPage) shares() string {
	var parts []string
	for _, t := range p.Tiers {
		if t.Commits == 0 && (t.Tier == policy.Local || p.Commits > 0) {
			continue
		}
		part := fmt.Sprintf("%s %s", wholePercent(t.Commits, p.Commits), t.Tier)
		if t.Locked > 0 {
			part += fmt.Sprintf(" (%s locked)", wholePercent(t.Locked, p.Commits))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// spend is the projected cost beside the baseline, and what it leaves out.
func (p *replayPage) spend() string {
	t := p.Total
	words := "no model called"
	if t.Inside > 0 {
		words = fmt.Sprintf("projected %s against %s, saved %s", dollars(t.Cost), dollars(t.Baseline), dollars(t.Saved()))
		if share, ok := percent(t.Saved(), t.Baseline); ok {
			words += " (" + share + " %)"
		}
	} else if t.Unpriced > 0 {
		return "spend unpriced"
	}
	if t.Unpriced > 0 {
		words += ", plus " + count(t.Unpriced, "unpriced commit")
	}
	return words
}

// wholePercent rounds a share of commits; a part that is there is never 0 %.
func wholePercent(part, whole int) string {
	switch {
	case whole == 0:
		return "–"
	case part > 0 && 200*part < whole:
		return "under 1 %"
	}
	return fmt.Sprintf("%d %%", (200*part+whole)/(2*whole))
}

func shareWords(part, whole int) string {
	share, ok := percent(money.Nano(part), money.Nano(whole))
	if !ok {
		return "–"
	}
	return share + " %"
}

// basis says what decided over what.
func (p *replayPage) basis() {
	what := "each commit is a brief without a task, placed by the table"
	if p.Task != "" {
		what = "each commit is the change of one " + quoted(p.Task, maxName) + " task"
	}
	span := ""
	if p.Commits > 0 {
		span = fmt.Sprintf(" Commits from %s to %s, %s.", p.Oldest, p.Newest, count(p.Lines, "changed line"))
	}
	fmt.Fprintf(&p.out, "Policy: %s; %s.%s\n\n", phrase(p.Policy), what, span)
	for _, n := range p.Notes {
		fmt.Fprintf(&p.out, "Note: %s\n\n", sentenceEnd(phrase(n)))
	}
}

func (p *replayPage) tiers() {
	p.table("Tier | Commits | Share | Locked | Projected cost | All on "+name(p.Baseline)+" | Saved", "---|---:|---:|---:|---:|---:|---:")
	for _, t := range p.Tiers {
		if t.Tier == policy.Local && t.Commits == 0 {
			continue
		}
		p.row(append([]string{t.Tier.String(), thousands(int64(t.Commits)), shareWords(t.Commits, p.Commits), thousands(int64(t.Locked))}, sumCells(t.Sum)...)...)
	}
	p.row(append([]string{"all", thousands(int64(p.Commits)), shareWords(p.Commits, p.Commits), thousands(int64(p.Locked))}, sumCells(p.Total)...)...)
	p.out.WriteString("\n")
	if text := outsideWords(p.Total); text != "" {
		fmt.Fprintf(&p.out, "Outside of the amounts: %s.\n\n", text)
	}
}

// sumCells are cost, baseline and saving; what cannot be told is no zero.
func sumCells(s backtest.Sum) []string {
	switch {
	case s.Inside > 0:
		return []string{dollars(s.Cost), dollars(s.Baseline), dollars(s.Saved())}
	case s.Unpriced > 0:
		return []string{"unpriced", "unpriced", "–"}
	case s.Free > 0:
		return []string{"$0 (no model)", "–", "–"}
	}
	return []string{"–", "–", "–"}
}

func outsideWords(s backtest.Sum) string {
	var parts []string
	if s.Unpriced > 0 {
		parts = append(parts, count(s.Unpriced, "commit")+" without a price")
	}
	if s.Free > 0 {
		parts = append(parts, count(s.Free, "commit")+" done by local code")
	}
	if s.Idle > 0 {
		parts = append(parts, count(s.Idle, "commit")+" for which nothing runs (skip:, or no model in the pool)")
	}
	return strings.Join(parts, ", ")
}

func (p *replayPage) heading(text string) { fmt.Fprintf(&p.out, "#### %s\n\n", text) }

func (p *replayPage) table(head, rule string) {
	fmt.Fprintf(&p.out, "| %s |\n|%s|\n", head, rule)
}

func (p *replayPage) row(cells ...string) {
	fmt.Fprintf(&p.out, "| %s |\n", strings.Join(cells, " | "))
}
