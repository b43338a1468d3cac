package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

// table is one row a task.
func (s Session) table(limit int) string {
	b := newBounded(limit)
	b.add("| Task | Tier | Model | Why | Tokens in / cached / out | Cost | All-frontier | Status |\n")
	b.add("|---|---|---|---|---:|---:|---:|---|\n")
	for _, r := range s.Results {
		b.addf("| %s | %s | %s | %s | %s | %s | %s | %s |\n", name(r.Task.ID), tierWords(r), modelWords(r), s.why(r),
			tokenWords(r), costCell(r), baselineCell(r), statusWords(r))
	}
	return b.string() + "\n"
}

// tokenWords are the prompt's new tokens, those that a cache had, and those
// of the answer. Written cache counts as new: it was sent and is billed.
func tokenWords(r dispatch.Result) string {
	if len(r.Attempts) == 0 {
		return "–"
	}
	return usageWords(spent(r))
}

func usageWords(u money.Usage) string {
	if !u.Known {
		return "unknown"
	}
	sent := u.PromptTokens() - u.CacheReadInputTokens
	return fmt.Sprintf("%s / %s / %s", thousands(sent), thousands(u.CacheReadInputTokens), thousands(u.OutputTokens))
}

func costCell(r dispatch.Result) string {
	if len(r.Attempts) > 0 {
		return shownCost(r.Cost)
	}
	if r.Reused != nil {
		return "$0 (reused)"
	}
	switch r.Status {
	case dispatch.Clean, dispatch.Findings:
		return "$0 (no model)"
	case "":
		return estimateWords(r.Decision.Estimate)
	default:
		return "$0 (not called)"
	}
}

// estimateWords is an upper bound: before a call nothing else is known.
func estimateWords(c money.Cost) string {
	if c.State != money.Priced {
		return shownCost(c)
	}
	return "at most " + dollars(c.Nano)
}

func baselineCell(r dispatch.Result) string {
	if r.Recorded != nil && r.Baseline.State == money.Priced {
		return "about " + dollars(r.Baseline.Nano)
	}
	if !inside(r) {
		return "–"
	}
	if _, ok := released(r); !ok && r.Baseline.Nano == 0 {
		return "$0 (nothing released)"
	}
	return dollars(r.Baseline.Nano)
}
