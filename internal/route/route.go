// Package route decides: policy, facts, task, override, catch evidence,
// availability, estimate and date in, a Decision out. It is pure.
package route

import (
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Input is everything that a decision rests on.
type Input struct {
	Policy *policy.File
	// TaskID is the task to place; empty places a brief by the table.
	TaskID string
	// Task is the catalogue's entry, or the custom task built from the
	// policy; nil exactly where TaskID is empty.
	Task   *task.Task
	Facts  signal.Facts
	Change change.Change
	// Handoff is the size of what an earlier step handed over; what it says
	// stands in Facts.
	Handoff HandoffFacts
	// Override is what the platform said of the labels.
	Override OverrideFacts
	Evidence Evidence
	// Available lists the providers that have a key, sorted.
	Available []string
	// HasKey and CatchMode tell reasons apart in words, never in tiers.
	Skip SkipFacts
	// Estimates has the expected cost by pool entry, for the summary.
	Estimates []Estimate
	Today     string // YYYY-MM-DD
}

// SkipFacts is what skip: asks about, from trusted sources.
type SkipFacts struct {
	Draft bool
	Actor string
}

// Estimate is a cost before the call, at the upper bound.
type Estimate struct {
	Model policy.Model
	Cost  money.Cost
}

// OverrideFacts is what the platform said of labels and people.
type OverrideFacts struct {
	Labels []string    // present now, sorted
	Lower  *LabelEvent // the event of this very run, if it is a labelling
}

// LabelEvent is the labelling that started this run. LookupError is set where
// the permission could not be read: the override is then refused.
type LabelEvent struct {
	Label       string
	Actor       string
	Bot         bool
	Author      bool   // the actor wrote the pull request
	Permission  string // role name or permission, as the platform says
	HeadAtLabel string
	HeadNow     string
	At          string // when, as the platform says; "" where not known
	Reason      string // from "/tier <tier> because …" by the same actor
	LookupError string
}

// Evidence says what is known of the catchers. Source is "github", "file" or
// "assumed".
type Evidence struct {
	Source         string
	Branch         string
	RequiredReview Proof
	DismissStale   bool // false: an approval survives a new push
	RequiredChecks []string
	ChecksProof    Proof
	Notes          []string
}

// Proof is how sure a catcher is.
type Proof string

// The proofs. Only Confirmed, Attested and Assumed cover a failure.
const (
	Confirmed Proof = "confirmed"
	Attested  Proof = "attested"
	Assumed   Proof = "assumed"
	Absent    Proof = "absent"
	Unseen    Proof = "unknown"
	NotAsked  Proof = "not asked" // the critical path does not ask
)

// Covers says whether a catcher with this proof counts.
func (p Proof) Covers() bool { return p == Confirmed || p == Attested || p == Assumed }

// Reason is one cause of the tier. Policy is where the policy says so, File
// and Line where the change shows it; both may be empty.
type Reason struct {
	Rule     string // kebab-case: "place", "must-frontier/auth", "critical-path"
	Tier     policy.Tier
	Lock     bool
	Decisive bool
	Policy   diag.Position
	File     string
	Line     int
	Text     string
}

// CatchResult is the answer to one way of being bad: who covers it, or why
// nobody does.
type CatchResult struct {
	Failure string
	Catcher task.Catcher // "" where nothing covers it
	Proof   Proof
	Text    string
}

// Catch is the answer to "would a bad output be caught?". Results has every
// way in which the task's output can be bad, also where the question was not
// asked; it is empty for a brief.
type Catch struct {
	Asked   bool
	Caught  bool
	Text    string
	Results []CatchResult
}

// Audit says what became of a label: who, which, when, why.
type Audit struct {
	Label      string
	Task       string
	Tier       policy.Tier
	Direction  string // up | down
	Accepted   bool
	Actor      string
	Permission string
	Head       string
	At         string // when it was set, "" where not known
	Reason     string
	Text       string // why it was accepted or refused
}

// Decision is where a task goes and why.
type Decision struct {
	TaskID string
	// Tier is what steps 1 to 4 decided. Keys never change it: a dearer Model
	// or LocalForWantOfKey says how it is carried out.
	Tier     policy.Tier
	Locked   bool
	Skipped  string // why the task does not run; "" where it does
	Observed bool   // enforce: false; Model is the baseline, Would is the tier that routing gives
	Would    policy.Tier
	// Wanted is the tier that was asked of the pool: always Tier.
	Wanted policy.Tier
	// LocalForWantOfKey says that nothing of the tier or dearer is available,
	// and that the task, which tells and is not locked, runs as local instead.
	LocalForWantOfKey bool
	// Available lists the providers that had a key, sorted.
	Available []string
	// Model is the pool entry that carries it out; nil for local, and where
	// nothing of the tier or dearer is available.
	Model *policy.Model
	// Fallbacks are further entries, in the order to try: the same tier
	// first, then dearer ones. Never a cheaper one.
	Fallbacks   []policy.Model
	Unavailable string // why nothing can run it; "" where something can
	// MissingKey says that nothing can run it because a key is missing, and
	// for no other reason: with one of the keys that Unavailable names it
	// would run.
	MissingKey bool
	// Refused says why the change was not read at all; the task does not run,
	// whatever its tier. "" where it was read. The caller sets it: Decide
	// never does.
	Refused    string
	Facts      signal.Facts
	Reasons    []Reason
	Catch      Catch
	Override   []Audit
	Estimate   money.Cost
	Baseline   policy.Model
	Considered []Considered
	Counter    string // the counterfactual, one sentence
	// Hint is the annotation by which a trusted hand could have it go lower;
	// "" where none would.
	Hint string
}

// Considered is a model that was looked at and not taken.
type Considered struct {
	Model policy.Model
	Why   string
}
