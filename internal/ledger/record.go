// Package ledger keeps one record of each task: what was decided, what ran,
// what it cost. Results go in, JSON lines come out, and back. A record holds
// no prompt, no diff, no model text and no person. What is read back is
// untrusted: every field is checked against its bounds.
package ledger

import (
	"encoding/json"
	"fmt"

	"github.com/tierwise/tierwise/internal/money"
)

// Schema names the shape of a record.
const Schema = "tierwise-record/1"

// Record is what the ledger keeps of one task. ID is a hash of repository,
// run, attempt, job, leg, step, task and sequence, so that sending it twice counts
// once.
type Record struct {
	Schema       string    `json:"schema"`
	ID           string    `json:"id"`
	Repository   string    `json:"repository"`
	PullRequest  int       `json:"pull_request"` // 0 where there is none
	RunID        string    `json:"run_id"`
	RunAttempt   int       `json:"run_attempt"`
	Job          string    `json:"job"`
	Step         string    `json:"step,omitempty"` // id of the step in the job, where the platform gives one
	Leg          int       `json:"leg,omitempty"`  // place of the job in its matrix; 0 is the first, or no matrix
	Workflow     string    `json:"workflow"`
	Event        string    `json:"event"`
	Task         string    `json:"task"`
	Sequence     int       `json:"sequence"`
	TierDecided  string    `json:"tier_decided"`
	TierUsed     string    `json:"tier_used"`
	Provider     string    `json:"provider"`      // "" where no model ran
	ModelAsked   string    `json:"model_asked"`   // "" where no model ran
	ModelServed  string    `json:"model_served"`  // "" where the provider did not say
	Locked       bool      `json:"locked"`        // no label could have lowered it
	Observed     bool      `json:"observed"`      // enforce: false; TierDecided is what would have run
	Reasons      []string  `json:"reasons"`       // rule ids
	Status       string    `json:"status"`        // an end state
	Attempts     []Attempt `json:"attempts"`      // oldest first
	Tokens       Tokens    `json:"tokens"`        // of every try of every attempt
	Cost         Amount    `json:"cost_usd"`      // of every try of every attempt
	Baseline     Amount    `json:"baseline_usd"`  // "unknown" outside the saved figures, 0 where nothing was released
	Saved        Amount    `json:"saved_usd"`     // baseline less cost; may be negative
	PricesAsOf   string    `json:"prices_as_of"`  // YYYY-MM-DD or YYYY-MM
	Started      string    `json:"started"`       // RFC 3339
	Finished     string    `json:"finished"`      // RFC 3339
	PolicyName   string    `json:"policy_name"`   // path at the base, or "built-in"
	PolicyDigest string    `json:"policy_digest"` // as the caller computed it
	Version      string    `json:"version"`       // of this program
	Overrides    []Audit   `json:"overrides"`
	Reused       *Reused   `json:"reused,omitempty"` // absent where a model was called or nothing ran
	// RepositoryID is the platform's number of the repository, which a new name
	// does not change; 0 where there is no platform.
	RepositoryID int64 `json:"repository_id,omitempty"`
	// Agent is the program that called the model, where that was not this one:
	// claude-code, codex, gemini-cli.
	Agent string `json:"agent,omitempty"`
	// Bound is the most that the calls may cost: what a begun record holds back
	// of a ceiling. "" in records from before there were ceilings.
	Bound Amount `json:"bound_usd,omitempty"`
	// Would is what the same tokens cost at the model that the policy leads to,
	// where another ran (observed); "" where nothing was observed.
	Would Amount `json:"would_usd,omitempty"`
	// Estimate is what was expected of the first call's prompt; absent where no
	// call was made.
	Estimate *Estimate `json:"estimate,omitempty"`
	// Actor is a digest of repository, day and the person who caused the run, so
	// that a day's ceiling can be held and no two days can be joined. It is
	// written only where the policy sets actor_day_usd.
	Actor string `json:"actor,omitempty"`
}

// Begun is the status of a record that was written before the call. The record
// of the same id that is written after it takes its place; where none is, the
// run was killed, and what it spent is unknown and at most Bound.
const Begun = "begun"

// Estimate is what was known of a prompt before its call, in tokens: what was
// expected, and what it cannot exceed. Class is the class of the files that
// make up most of it ("code", "docs", "tests", "config", "log"), "" for none.
// Calibrated is Expected as earlier prompts turned out; 0 where too few were
// measured. What is measured next is Expected, or it would measure itself.
type Estimate struct {
	Expected   int64  `json:"expected"`
	Most       int64  `json:"most"`
	Class      string `json:"class"`
	Calibrated int64  `json:"calibrated,omitempty"`
}

// Reused says that an earlier run's answer stood in, and what a call would
// have cost by an estimate.
type Reused struct {
	Key     string `json:"key"`
	From    string `json:"from"` // comment | ledger
	Avoided Amount `json:"avoided_usd"`
}

// Attempt is one answer to verify, with what all its tries spent.
type Attempt struct {
	Tier     string   `json:"tier"`
	Provider string   `json:"provider"`
	Model    string   `json:"model"`
	Served   string   `json:"served"`
	Tokens   Tokens   `json:"tokens"`
	Cost     Amount   `json:"cost_usd"`
	Tries    int      `json:"tries"`
	Problems []string `json:"problems"` // ids of what the verifier refused
	Released bool     `json:"released"`
}

// Audit is what became of a label. Who set it is personal data and stays out.
type Audit struct {
	Direction  string `json:"direction"` // up | down, "" for neither
	Accepted   bool   `json:"accepted"`
	Permission string `json:"permission"` // as the platform says
}

// Amount is a plain decimal of dollars with up to nine places, or "unpriced",
// or "unknown".
type Amount string

// The amounts that are no number.
const (
	AmountUnpriced Amount = "unpriced"
	AmountUnknown  Amount = "unknown"
)

func amount(c money.Cost) Amount {
	switch c.State {
	case money.Priced:
		return Amount(c.Nano.Decimal())
	case money.Unpriced:
		return AmountUnpriced
	default:
		return AmountUnknown
	}
}

// Tokens are disjoint counts. Where they are not known they are written as
// "unknown", never as zero. Output includes Reasoning.
type Tokens struct {
	Known        bool
	Input        int64
	CacheRead    int64
	CacheWrite   int64
	CacheWrite1h int64
	Output       int64
	Reasoning    int64
}

type tokenCounts struct {
	Input        int64 `json:"input"`
	CacheRead    int64 `json:"cache_read"`
	CacheWrite   int64 `json:"cache_write"`
	CacheWrite1h int64 `json:"cache_write_1h"`
	Output       int64 `json:"output"`
	Reasoning    int64 `json:"reasoning"`
}

// MarshalJSON writes the counts, or "unknown".
func (t Tokens) MarshalJSON() ([]byte, error) {
	if !t.Known {
		return []byte(`"unknown"`), nil
	}
	return json.Marshal(tokenCounts{t.Input, t.CacheRead, t.CacheWrite, t.CacheWrite1h, t.Output, t.Reasoning})
}

// UnmarshalJSON reads the counts, or "unknown". Anything else is an error.
func (t *Tokens) UnmarshalJSON(data []byte) error {
	if string(data) == `"unknown"` {
		*t = Tokens{}
		return nil
	}
	if quick, ok := quickTokens(data); ok {
		*t = quick
		return nil
	}
	var c *tokenCounts
	if err := decodeStrict(data, &c); err != nil {
		return fmt.Errorf("read tokens: %w", err)
	}
	if c == nil {
		return fmt.Errorf("read tokens: null, expected counts or %q", AmountUnknown)
	}
	*t = Tokens{true, c.Input, c.CacheRead, c.CacheWrite, c.CacheWrite1h, c.Output, c.Reasoning}
	return nil
}

// sumTokens adds usages. One that is not known makes the sum unknown.
func sumTokens(usages []money.Usage) Tokens {
	sum := Tokens{Known: true}
	for _, u := range usages {
		if !u.Known {
			return Tokens{}
		}
		sum.Input += u.InputTokens
		sum.CacheRead += u.CacheReadInputTokens
		sum.CacheWrite += u.CacheCreationInputTokens
		sum.CacheWrite1h += u.CacheCreation1hInputTokens
		sum.Output += u.OutputTokens
		sum.Reasoning += u.ReasoningOutputTokens
	}
	return sum
}
