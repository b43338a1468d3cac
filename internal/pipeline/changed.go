package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// quarter is how many months lie between two reviews.
const quarter = 3

// endsSoon is how many days ahead the end of a model is said.
const endsSoon = 60

// LastReview gives the day of the review before the one that is due: a quarter
// earlier. It is false where the policy names no day.
func LastReview(file *policy.File) (time.Time, bool) {
	due, err := time.Parse(time.DateOnly, file.ReviewBy)
	return due.AddDate(0, -quarter, 0), err == nil
}

// Changed says what is different for the models of a policy since a day: their
// prices, which of them end, and what is newer.
func Changed(file *policy.File, prices money.Catalogue, since, today time.Time) []string {
	var lines []string
	var seen []string
	for _, m := range append(slices.Clone(file.Pool), file.Baseline) {
		if m.Model == "" || slices.Contains(seen, m.ID()) {
			continue
		}
		seen = append(seen, m.ID())
		lines = append(lines, priceChange(prices, m, since, today)...)
		lines = append(lines, modelChange(m, today)...)
	}
	return lines
}

func priceChange(prices money.Catalogue, m policy.Model, since, today time.Time) []string {
	was, had := prices.Lookup(m.Provider, m.Model, since)
	is, has := prices.Lookup(m.Provider, m.Model, today)
	switch {
	case had && !has:
		return []string{fmt.Sprintf("price: %s has no price any more", m.ID())}
	case !had && has:
		return []string{fmt.Sprintf("price: %s has a price since then: %s", m.ID(), perTokens(is))}
	case has && (was.Rates.Input != is.Rates.Input || was.Rates.Output != is.Rates.Output):
		return []string{fmt.Sprintf("price: %s costs %s, and cost %s", m.ID(), perTokens(is), perTokens(was))}
	}
	return nil
}

// perTokens shows the price of a usual request.
func perTokens(r money.Row) string {
	return "$" + r.Rates.Input.Decimal() + " / $" + r.Rates.Output.Decimal() + " a million tokens"
}

func modelChange(m policy.Model, today time.Time) []string {
	known, ok := lint.ModelOf(m.Provider, m.Model)
	if !ok {
		return nil
	}
	var lines []string
	day, soon := today.Format(time.DateOnly), today.AddDate(0, 0, endsSoon).Format(time.DateOnly)
	switch {
	case known.Ended(day):
		lines = append(lines, fmt.Sprintf("model: %s has not answered since %s", m.ID(), known.Retired))
	case known.Retired != "" && strings.Compare(known.Retired, soon) <= 0:
		lines = append(lines, fmt.Sprintf("model: %s stops answering on %s", m.ID(), known.Retired))
	}
	if newer := lint.Newer(known); newer != "" {
		lines = append(lines, fmt.Sprintf("model: %s is newer than %s", newer, m.ID()))
	}
	return lines
}
