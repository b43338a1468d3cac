// Package pipeline is the one place where concrete types meet: it gathers the
// facts of a checkout or of an event, asks route, carries the decisions out
// and hands the session to the report.
package pipeline

import (
	"context"
	"io"
	"time"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// DefaultPolicyPath is where a repository keeps its policy.
const DefaultPolicyPath = "routing-policy.yml"

// Settings is what a person asked for, by flags or by a workflow's inputs.
// All of it is trusted.
type Settings struct {
	Tasks      []string // empty: the policy's table decides, in route alone
	Policy     string   // a path at the base commit
	Extending  Extending
	Brief      string
	TrustBrief bool
	Title      string
	Annotation task.Annotation
	Log        []byte
	LogName    string
	Evidence   []byte // JSON of --evidence, nil where none was given
	// Handoff is the document of an earlier step as it was found, nil where
	// none was given: anybody may have written it.
	Handoff    []byte
	Base, Head string
	RunID      int64
	MissingKey dispatch.MissingKey
}

// Edge is the world, as values and functions.
type Edge struct {
	Now       func() time.Time
	Random    io.Reader
	Progress  func(text string)
	RetryBase time.Duration
}

// Work is everything that is known before anything is decided.
type Work struct {
	Repository string
	Branch     string // the base branch, "" where there is none
	PullNumber int
	// MayBeEmpty says that a change without files is a change all the same: a
	// pull request or a merge group, which the platform itself calls one.
	MayBeEmpty bool
	Change     change.Change
	HasChange  bool
	Title      string
	Body       string
	Log        []byte
	LogName    string

	// Policy is whole: merged with what it extends, where it extends something.
	Policy       *policy.File
	PolicyDigest string
	// PolicyText is the file at the base; nil where there is none.
	PolicyText *PolicyText
	Extending  Extending
	Notes      []string // about the range and the policy, for the summary
	Warnings   []string // what a reader of the summary must not miss

	Marks signal.Marks
	Tree  []string
	// Versions and Users are what signal.Input says of them; nil where there
	// is no checkout to read.
	Versions map[string]signal.Versions
	Users    map[string][]string
	// Together is what signal.Input says of it; nil where nobody looked.
	Together map[string][]string
	unlooked string // why Users was not read, "" where it was
	Evidence route.Evidence
	// handoff is what an earlier step handed over, nil where nothing was given
	// or where it was refused; given says which of the two.
	handoff  *task.Handoff
	given    string
	Override route.OverrideFacts
	Skip     route.SkipFacts

	// Past are records of the ledger, untrusted: they steer nothing, and what
	// they say of escalation is a note.
	Past []ledger.Record

	// SkipAuxiliary says why auxiliary tasks do not run for this event.
	SkipAuxiliary string
	// Refused says why nothing runs at all: nobody asked who may.
	Refused string

	// ReadBase reads a file at the base, for a custom task's prompt.
	ReadBase func(ctx context.Context, path string) (data []byte, found bool, err error)
	// ReadHead reads files at the head for tasks that work on whole files; nil
	// where there is no head to read.
	ReadHead func(ctx context.Context) (HeadReader, error)
	// Memory finds answers of earlier runs; nil where none are looked for.
	Memory *Memory
	// Trace writes what begins and ends; nil: nobody does.
	Trace *Trace
	// Fresh fails where the head is no longer the one that was read.
	Fresh func(ctx context.Context) error
}

// Planned is one task with its decision.
type Planned struct {
	Task     task.Task
	Input    task.Input
	Decision route.Decision
}

// Models is how models are reached and priced.
type Models struct {
	Clients   map[string]dispatch.Completer
	Catalogue money.Catalogue
	Scanner   dispatch.Scanner
}
