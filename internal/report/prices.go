package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

// numbers says how the numbers were made: price rows, assumptions, attempts.
// Where no model was called there are none.
func (s Session) numbers(limit int) string {
	if s.totals().models == 0 {
		return ""
	}
	b := newBounded(limit)
	s.priceRows(b)
	s.assumptions(b)
	if !s.repeated() {
		s.attemptRows(b)
		s.faults(b)
	}
	return b.string()
}

func (s Session) priceRows(b *bounded) {
	if len(s.Prices) == 0 {
		return
	}
	b.add("Dollars per million tokens:\n\n| Model | Input | Output | Cache read | Cache write | Since | Checked | Source |\n|---|---:|---:|---:|---:|---|---|---|\n")
	for _, row := range s.Prices {
		b.addf("| %s | %s | %s | %s | %s | %s | %s | %s |\n", name(row.ID()), perMillion(&row.Rates.Input), perMillion(&row.Rates.Output),
			perMillion(row.Rates.CacheRead), perMillion(row.Rates.CacheWrite), name(since(row)), cellOr(row.Checked, "–"), phrase(sourceWords(row)))
	}
	b.add("\n")
}

// since is the first day of a price.
func since(row money.Row) string {
	if row.From == "" {
		return "any date"
	}
	return row.From
}

func cellOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return name(text)
}

func sourceWords(row money.Row) string {
	words := row.Source + " (" + string(row.Status) + ")"
	if row.Long != nil {
		words += fmt.Sprintf("; other rates over %s prompt tokens", thousands(row.Long.Over))
	}
	return words
}

// perMillion shows a price in dollars per million tokens.
func perMillion(p *money.Pico) string {
	if p == nil {
		return "not known"
	}
	return p.PerMillion()
}

func (s Session) assumptions(b *bounded) {
	if s.StaleNote != "" {
		b.addf("- %s\n", sentenceEnd(phrase(s.StaleNote)))
	}
	if s.BaselineModel != "" {
		b.addf("- All-frontier is the final attempt's tokens at the price of %s. It assumes equal token counts: another model's tokenizer may count the same text differently, by a third and more.\n", name(s.BaselineModel))
	}
	b.add("- Earlier attempts and failed tries are cost without a baseline, so a saving may be negative.\n")
	b.add("- \"In\" is uncached input and what was written to a cache; \"cached\" was read from one; \"out\" includes reasoning.\n")
	b.add("- What has no price is unpriced, and usage that was not reported is unknown; neither is counted as zero.\n")
	b.add("\n")
}

func (s Session) attemptRows(b *bounded) {
	b.add("| Task | Attempt | Tier | Model | Tries | In / cached / out | Cache written | Cost | Bound before the call | Verdict |\n|---|---:|---|---|---:|---:|---:|---:|---:|---|\n")
	for _, r := range s.Results {
		for i, a := range r.Attempts {
			b.addf("| %s | %d | %s | %s | %d | %s | %s | %s | %s | %s |\n", name(r.Task.ID), i+1, a.Model.Tier, attemptModel(a), len(a.Tries),
				usageWords(attemptUsage(a)), written(attemptUsage(a)), shownCost(a.Cost), shownCost(a.UpperBound), verdict(a))
		}
	}
	b.add("\n")
}

func attemptModel(a dispatch.Attempt) string {
	words := name(a.Model.ID())
	if a.Model.Effort != "" {
		words += ", effort " + name(a.Model.Effort)
	}
	if other := served(a); other != "" {
		words += ", served by " + name(other)
	}
	return words
}

func written(u money.Usage) string {
	if !u.Known {
		return "unknown"
	}
	return thousands(u.CacheCreationInputTokens + u.CacheCreation1hInputTokens)
}

func verdict(a dispatch.Attempt) string {
	if a.Released {
		return "released"
	}
	if len(a.Problems) == 0 {
		return "no answer"
	}
	items := make([]string, len(a.Problems))
	for i, p := range a.Problems {
		items[i] = name(p.ID) + ": " + phrase(p.Text)
	}
	return "refused: " + strings.Join(items[:min(len(items), 3)], "; ")
}

// faults lists the tries that gave no answer, in the provider's words.
func (s Session) faults(b *bounded) {
	for _, r := range s.Results {
		for i, a := range r.Attempts {
			for j, t := range a.Tries {
				if t.Error != "" {
					b.addf("- %s, attempt %d, try %d (%s): %s\n", name(r.Task.ID), i+1, j+1, shownCost(t.Cost), phrase(t.Error))
				}
			}
		}
	}
}
