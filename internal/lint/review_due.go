package lint

import (
	"time"

	"github.com/tierwise/tierwise/internal/diag"
)

// reviewNear is how many days ahead a review is called near.
const reviewNear = 14

func reviewDue() Rule {
	return Rule{
		ID:       "review-due",
		Severity: diag.Warning,
		Summary:  "the day to look at the policy again is missing, near or past",
		Why: "Prices, models and people change within weeks, and a policy is a decision of its day. " +
			"A day in the file is what makes somebody look. With review: error a policy past its day fails.",
		Fix:    "Look at the report of the last weeks, change what it says, and write the next day under review_by:.",
		Bad:    Example{Text: minimal("review_by: 2026-11-01\n")},
		Good:   Example{Text: minimal("review_by: 2027-02-15\n")},
		Policy: dueReview,
	}
}

func dueReview(p Policy, w World) []Hit {
	by := p.File.ReviewBy
	if by == "" {
		return []Hit{{Pos: p.Root.Pos, Message: "no day is set to look at this policy again: add review_by with a day some months ahead"}}
	}
	n := p.under("review_by")
	today, ok := w.day()
	then, err := time.Parse(time.DateOnly, by)
	if n == nil || !ok || err != nil {
		return nil
	}
	switch days := int(then.Sub(today) / (24 * time.Hour)); {
	case days < 0:
		h := p.onValue(n, "this policy was to be looked at again by %s, %s ago: do, and set the next day", by, counted(-days, "day"))
		if p.File.ReviewError {
			h.As = diag.Error
		}
		return []Hit{h}
	case days == 0:
		return []Hit{p.onValue(n, "this policy is to be looked at again by today: do, and set the next day")}
	case days <= reviewNear:
		return []Hit{p.onValue(n, "this policy is to be looked at again by %s, in %s: do, and set the next day", by, counted(days, "day"))}
	}
	return nil
}
