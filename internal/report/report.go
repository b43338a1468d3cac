// Package report tells what happened: a Session goes in, text comes out, one
// file a format. It knows no clock and no environment. Facts of ours stand
// first, text of a model last, and everything that a stranger may have written
// (paths, titles, branches, logins, served models, errors of a provider, model
// text) is defused on the way.
package report

import (
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// Session is all that one step did, with what a reader needs to judge it. A
// Result whose Status is "" was decided and not run (mode: route).
type Session struct {
	Results []dispatch.Result

	Repository string // "owner/name", or the folder's name in a checkout
	Branch     string // the base branch
	PullNumber int    // 0 where there is none
	// Change is what the findings point into.
	Change change.Change
	// Server is the platform's address, "https://github.com"; "" in a checkout.
	Server string

	// Place names the step that speaks: workflow, job, step, leg of a matrix. It
	// is nil in a checkout.
	Place []string

	PolicyName string
	// PolicyNotes say where the policy came from, in clauses such as "this
	// pull request changes the policy: the old one decided".
	PolicyNotes []string
	// Labels are those of the policy's override.labels, in its order.
	Labels []string

	BaselineModel string
	Prices        []money.Row // the rows that were used
	StaleNote     string      // "" while the prices are fresh

	Incomplete []string // why the change is known to be cut short
	Warnings   []string // sentences about the session; those of a task are in its result
	Links      sanitize.Links
	// Delivered says in clauses where findings and patches were put, and how
	// many of them; paths in it are ours or the workflow's.
	Delivered []string

	RunSpent  money.Nano
	RunBudget *money.Nano // nil: no ceiling
	Ceilings  *Ceilings   // nil: no ledger is shared, or it was not read

	Observed bool // enforce: false
	// Would is what routing would have cost, by task, where Observed.
	Would []Would

	Handoff Handoff
	// BreakEven has what records of the ledger say of starting the session's
	// tasks higher.
	BreakEven []ledger.BreakEven

	Interrupted bool
	// Published says that another job did all of this and this one shows it.
	Published bool
	Requests  int // to the platform's API
	// EvidenceText says where the catch evidence comes from, where it is not
	// the platform: "catchers are assumed, there is no platform to ask".
	EvidenceText string
	// StoodAside says why auxiliary tasks have no place at this event (a label
	// without meaning); "" where they have. Nothing was looked at then, so what
	// an earlier run said of the same head must stand.
	StoodAside string
	// AllowNoReview has the critical tasks for which the workflow itself says
	// on-missing-key: skip.
	AllowNoReview map[string]bool
	Version       string
}

// Would is what one task would have cost on the model that routing chose, at
// the tokens that were in fact used.
type Would struct {
	Task  string
	Model string
	Cost  money.Cost
}

func (s Session) would(taskID string) (Would, bool) {
	for _, w := range s.Would {
		if w.Task == taskID {
			return w, true
		}
	}
	return Would{}, false
}

// routedOnly says that nothing was meant to run.
func (s Session) routedOnly() bool {
	for _, r := range s.Results {
		if r.Status != "" {
			return false
		}
	}
	return len(s.Results) > 0
}

// noReview gives the critical tasks whose review did not happen, or only in
// part.
func (s Session) noReview() []dispatch.Result {
	var red []dispatch.Result
	for _, r := range s.Results {
		if r.Task.CriticalPath && r.Status != "" && r.Status != dispatch.RecordedOnly && !r.Green() {
			red = append(red, r)
		}
	}
	return red
}

// excused says that the workflow accepts this missing review. Only a review
// that was skipped for want of a key is: one that broke is not.
func (s Session) excused(r dispatch.Result) bool {
	return r.Status == dispatch.Skipped && r.MissingKey && s.AllowNoReview[r.Task.ID]
}

// stoodAside says that a task did not run for the event alone.
func (s Session) stoodAside(r dispatch.Result) bool {
	return s.StoodAside != "" && !r.Task.CriticalPath && r.Status == dispatch.Skipped
}
