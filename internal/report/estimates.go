package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/dispatch"
)

// estimates compares each task's first prompt with what was expected of it.
func (s Session) estimates(b *bounded) {
	for _, r := range s.Results {
		if r.Estimate != nil && len(r.Attempts) > 0 {
			b.addf("- Estimate of the prompt of %s: %s.\n", name(r.Task.ID), estimateError(*r.Estimate, r.Attempts[0]))
		}
	}
}

// estimateError compares where the first attempt was one call that told its
// usage: the tokens of several calls are no one prompt's.
func estimateError(e dispatch.Estimate, first dispatch.Attempt) string {
	expected, words := e.Expected, fmt.Sprintf("%s tokens", thousands(e.Expected))
	if e.Calibrated > 0 {
		expected = e.Calibrated
		words = fmt.Sprintf("%s tokens, by the ledger's past prompts %s", thousands(e.Expected), thousands(e.Calibrated))
	}
	words += fmt.Sprintf(", at most %s; ", thousands(e.Most))
	if len(first.Tries) != 1 || !first.Tries[0].Usage.Known {
		return words + "what it was is not known"
	}
	u := first.Tries[0].Usage
	actual := u.InputTokens + u.CacheReadInputTokens + u.CacheCreationInputTokens + u.CacheCreation1hInputTokens
	if actual <= 0 {
		return words + "nothing was billed"
	}
	off := float64(expected-actual) / float64(actual)
	return words + fmt.Sprintf("it was %s (%+.0f %%)", thousands(actual), 100*off)
}
