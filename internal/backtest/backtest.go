// Package backtest sums up what a policy would have done with past commits:
// replayed commits in, numbers out. It is pure, and keeps no commit: a history
// may be long.
package backtest

import (
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// Replayed is one past commit with what the policy decides about it today.
// Everything but the decisions is a stranger's text.
type Replayed struct {
	SHA     string
	Subject string
	// Label is the type of its Conventional Commit subject, with its scope
	// where that changes the meaning; "" where the subject has none.
	Label    string
	Decision route.Decision
	Other    *route.Decision // by another policy, nil where none is compared
	Lines    int             // added and removed
	Spend    Spend
	// OtherSpend is what the other policy's tier would cost.
	OtherSpend Spend
}

// Spend is the projected cost of one dispatch: the tokens are estimated from
// the change, and the baseline has the same tokens at its own price.
type Spend struct {
	Model          policy.Model // the model that was priced; none for local
	Cost, Baseline money.Cost
}
