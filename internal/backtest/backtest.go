// Package backtest sums up what a policy would have done with past commits:
// replayed commits in, numbers out. It is pure, and keeps no commit: a history
// may be long.
package backtest

import (
	"time"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// Replayed is one past commit with what the policy decides about it today.
// Everything but the decisions is a stranger's text.
type Replayed struct {
	SHA   string
	When  time.Time
	Title string
	// Label is the type of a Conventional Commit, as Withheld gives it.
	Label    string
	Lines    int // added and removed
	Decision route.Decision
	Spend    Spend
	// Other and OtherSpend are the same by the policy that it is compared
	// with; nil and empty where there is none.
	Other      *route.Decision
	OtherSpend Spend
}

// Spend is the projected cost of one dispatch: the tokens are estimated from
// the change, and the baseline has the same tokens at its own price. The zero
// value is a task that does not run.
type Spend struct {
	Cost, Baseline money.Cost
	Free           bool // done by local code: nothing is called
	// Above is the same dispatch one tier higher, at UpTier; 0 and empty where
	// nothing stands above.
	Above  money.Cost
	UpTier policy.Tier
}

// About says what was replayed, and on what it rests.
type About struct {
	Repository    string
	Policy        string // where it was read
	Against       string // the name of the policy it is compared with; "" for none
	Task          string // "" where the table placed a brief
	Since         string // YYYY-MM-DD; "" where no date bounds it
	Baseline      string // provider/model
	PricesChecked string // when the price list was last checked
	Evidence      string // "assumed" or "file"
	TrustSubjects bool
	Notes         []string // about the policy and the range
	Stopped       string   // why it ended before all was measured; "" where it did not
}

// Summary is everything that a backtest tells.
type Summary struct {
	About
	Commits        int
	Oldest, Newest string // YYYY-MM-DD
	Lines          int
	Locked         int
	Tiers          []Tier // every tier, lowest first
	Total          Sum
	Rules          []Rule   // decisive reasons, most frequent first
	Locks          []Lock   // what locked, most frequent first
	Signals        []Signal // what fired, most frequent first
	NotExamined    []Count
	Labelled       int
	Guesses        Confusion
	Compared       *Comparison // nil where nothing is compared
}

// Tier is one tier's part.
type Tier struct {
	Tier    policy.Tier
	Commits int
	Locked  int
	Sum     Sum
	// Escalating compares starting here with starting one tier higher.
	Escalating Escalating
}

// Rule is a decisive reason. Place is where the policy says so, "" for what it
// does not say.
type Rule struct {
	Rule    string
	Place   string
	Tier    policy.Tier
	Commits int
}

// Lock is a reason that locks. Alone counts the commits that nothing else
// would have locked.
type Lock struct {
	Rule     string
	Commits  int
	Alone    int
	Examples []Example
}

// Example is one commit, with the place that shows it where there is one.
type Example struct {
	SHA   string
	Title string
	File  string
	Line  int
	Text  string
}

// Signal is how often a signal fired, and how often at frontier.
type Signal struct {
	ID       string
	Commits  int
	Frontier int
}

// Count is a word and how often it came.
type Count struct {
	Word    string
	Commits int
}
