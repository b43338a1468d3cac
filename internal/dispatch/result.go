// Package dispatch carries a decision out: budget, call, verify, escalate.
// Every attempt and every try is counted.
package dispatch

import (
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// Status is how a task ended.
type Status string

// The end states. On the critical path only Clean and Findings are green.
const (
	Clean       Status = "clean"
	Findings    Status = "findings"
	Skipped     Status = "skipped"
	Partial     Status = "partial"
	CouldNotRun Status = "could-not-run"
)

// Attempt is one answer to verify, with what it spent in all its tries.
type Attempt struct {
	Model       policy.Model
	ServedModel string // what answered, as the provider says; "" unknown
	Finish      string
	Tries       []Try
	Usage       money.Usage // of the try that answered; unknown where none did
	Cost        money.Cost  // of all tries
	UpperBound  money.Cost  // what the budget counted before the call
	Problems    []task.Problem
	Released    bool
	answer      []byte // what was released
	said        string // the start of what was not, cleaned, for a handoff
}

// Try is one call to a provider.
type Try struct {
	Usage  money.Usage
	Served money.Service // how it was served, as the response says
	Cost   money.Cost
	Error  string // "" where it answered
}

// Result is what became of one task.
type Result struct {
	Task     task.Task
	Decision route.Decision
	Status   Status
	Reason   string       // why, in one line, for every status but clean
	Tier     policy.Tier  // zero for an earlier run's answer
	Model    policy.Model // zero for local, for an earlier run's answer and where nothing ran
	Attempts []Attempt
	Output   task.Output
	// Answer is the released answer as the model gave it (JSON or markdown),
	// so that it can be verified once more elsewhere; nil where no model's
	// answer was released.
	Answer []byte
	// Reused says that an earlier run's answer stands here; nil where a model
	// was called or nothing ran.
	Reused *Reused
	// Built says where the earlier run's answer was kept of which a part stands
	// in this one, "comment" or "ledger"; "" where none does. The whole was
	// verified.
	Built string
	// Keep is the answer for later runs; nil where none may be kept.
	Keep *Kept
	Cost money.Cost // all attempts
	// Baseline and Saved compare the final attempt's tokens at the
	// baseline's price; not priced where the task stands outside the figures.
	Baseline money.Cost
	Saved    money.Cost
	// Outside says why the task stands outside the saved figures; "" where
	// it is inside.
	Outside    string
	FilesRead  int
	FilesTotal int
	LeftOut    []LeftOut
	Notes      []string // hidden characters removed, secrets redacted, …
	Warnings   []string
	// Blocking says that the step must fail though the task is auxiliary:
	// the policy's on_exceeded says so.
	Blocking bool
	// OverBudget says that the ceiling refused a call, or that a critical
	// task went on past it.
	OverBudget bool
	// Bound is what was reserved before the first call; no state where no
	// reservation was made.
	Bound money.Cost
	// Estimate is what was expected of the first prompt; nil where none was
	// written.
	Estimate *Estimate
	// Held says that a ceiling over a shared ledger holds the task to Bound.
	Held bool
	// Recorded is set where another program did the task; nil where this one did.
	Recorded *Recorded
	// MissingKey says that the task did not run for want of a key.
	MissingKey bool
}

// LeftOut is one file that was not sent, and why.
type LeftOut struct {
	Path string
	Why  string
}

// Green says whether the result may pass a gate: on the critical path only a
// review that happened is green.
func (r Result) Green() bool {
	if r.Task.CriticalPath {
		return r.Status == Clean || r.Status == Findings
	}
	return r.Status != CouldNotRun
}
