package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/money"
)

// Ceiling is what a shared ledger holds against one ceiling.
type Ceiling struct {
	Spent   money.Nano  // costs, and upper bounds of what is not known
	Unknown int         // records with neither
	Limit   *money.Nano // nil: none is set
}

// Ceilings are those that need a ledger that several runs share.
type Ceilings struct{ PullRequest, Today Ceiling }

func (c Ceiling) words(what string) string {
	text := what + " " + dollars(c.Spent) + " counted, no ceiling"
	if c.Limit != nil {
		text = fmt.Sprintf("%s %s of %s", what, dollars(c.Spent), dollars(*c.Limit))
	}
	if c.Unknown > 0 {
		text += fmt.Sprintf(" and %d unknown", c.Unknown)
	}
	return text
}

func (s Session) ceilingWords() string {
	if s.Ceilings == nil {
		return "this pull request and today: not enforced (no shared ledger)"
	}
	today := s.Ceilings.Today.words("today")
	if s.PullNumber == 0 {
		return today
	}
	return s.Ceilings.PullRequest.words("this pull request") + " · " + today
}
