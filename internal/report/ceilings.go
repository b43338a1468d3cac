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
	Unread  bool        // what counts was not read, for no limit asks for it
}

// Ceilings are those that need a ledger that several runs share. Person is
// shown where a limit is set; Nameless says that nobody is known to have caused
// the run, so that it is not held. NotHeld says why nobody knows what counts
// against any of them, "" where it is known.
type Ceilings struct {
	PullRequest, Today, Person Ceiling
	Nameless                   bool
	NotHeld                    string
}

func (c Ceiling) words(what string) string {
	if c.Unread {
		return what + ": no ceiling"
	}
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
	switch {
	case s.Ceilings == nil:
		return "this pull request and today: not enforced (no shared ledger)"
	case s.Ceilings.NotHeld != "":
		return "this pull request and today: not enforced (" + phrase(s.Ceilings.NotHeld) + ")"
	}
	words := s.Ceilings.Today.words("today")
	if s.PullNumber != 0 {
		words = s.Ceilings.PullRequest.words("this pull request") + " · " + words
	}
	switch {
	case s.Ceilings.Person.Limit == nil:
		return words
	case s.Ceilings.Nameless:
		return words + " · this person today: not enforced (nobody is named)"
	}
	return words + " · " + s.Ceilings.Person.words("this person today")
}
