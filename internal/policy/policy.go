// Package policy reads routing-policy.yml into a checked value that knows the
// position of everything in it. A file with any mistake is refused whole, and
// every mistake is reported at once.
package policy

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/needle"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// File is a whole policy. Maps are not used where order could leak into
// output: lists keep the order of the file.
type File struct {
	Name string // the path as read; "built-in" for the default
	// Extends is the organisation's policy that this one builds on; nil where
	// it stands alone.
	Extends     *Extends
	Keys        []string // of the file's top level, in its order
	Enforce     bool
	Reuse       bool   // answers are kept and taken again
	ReviewBy    string // YYYY-MM-DD or ""
	ReviewError bool   // review: error
	Owners      []string
	Pool        []Model // grouped by tier, in the order of the file within a tier
	Baseline    Model
	Tasks       []Task
	Table       []Row
	Default     Tier
	// Above are table: and default: of what was merged into this file. Each
	// places by itself, and the highest place counts.
	Above        []Placing
	MustFrontier []MustFrontier
	Skip         Skip
	Handoff      Handoff
	Override     Override
	Flag         FlagRule
	Escalation   Escalation
	Budget       Budget
	Services     []glob.Pattern
	// AlsoServices are the lists of what was merged into this file: a change
	// is cross-service where any of the lists says so.
	AlsoServices [][]glob.Pattern
	Attested     []Attestation
	Prices       []Price
	Tests        []Test
}

// Model is one entry of the pool: what is asked of which provider.
type Model struct {
	Tier            Tier
	Provider        string
	Model           string
	Effort          string // "" means the model's own default
	MaxOutputTokens int64  // always positive after parsing
	Pos             diag.Position
}

// ID is "provider/model".
func (m Model) ID() string { return m.Provider + "/" + m.Model }

// Task is one row of tasks:. For a task of the catalogue Custom is nil.
type Task struct {
	ID           string
	Tier         Tier // Frontier where critical_path
	CriticalPath bool
	CaughtBy     []Catcher
	Custom       *Custom
	Pos          diag.Position
}

// Custom is what a policy says of a task of its own.
type Custom struct {
	Prompt string // a path at the base commit
	Schema string // a path at the base commit, "" for markdown
	Kind   task.Kind
	// From names the policy that was merged in and describes the task: its
	// files stand there. "" is this repository.
	From string
	// Failures are the declared ways to be bad; "misleading" where none is
	// declared.
	Failures []string
}

// Catcher is a claim of the policy about who would notice a bad output.
// Checks is for required-checks alone.
type Catcher struct {
	Kind   task.Catcher
	Checks []string
	Pos    diag.Position
}

// Row is one row of table:. An absent condition is the zero value.
type Row struct {
	Scope     task.Scope
	Domains   []task.Domain
	Ambiguity task.Ambiguity
	// Shapes are for a row that lowers: the whole change has one of them.
	Shapes []signal.Shape
	Tier   Tier
	Pos    diag.Position
}

// Placing is what places a brief without a task. Name is the file that says
// so, "" for the policy itself.
type Placing struct {
	Name    string
	Default Tier
	Table   []Row
}

// Placings gives all that place, the policy's own first.
func (f *File) Placings() []Placing {
	return append([]Placing{{Default: f.Default, Table: f.Table}}, f.Above...)
}

// MustFrontier is one entry of must_frontier:. Tasks is empty for the usual
// reach: tasks that judge or write.
type MustFrontier struct {
	ID      string
	Why     string
	Paths   []glob.Pattern
	Content []needle.Expression
	Signals []string
	Domains []task.Domain
	Tasks   []string
	Pos     diag.Position
}

// Skip lists when auxiliary tasks do not run at all.
type Skip struct {
	Drafts bool
	Only   []string // change consists only of these: "lock-files"
	Actors []string // exact logins
	Pos    diag.Position
}

// Handoff bounds what one tier passes to the next, in tokens.
type Handoff struct{ MaxTokens int64 }

// Override says which labels ask for which tier, and who may lower.
type Override struct {
	Labels        []Label
	Allow         []string // permission or role names: admin, maintain, write
	Bots          []string // exact logins
	SelfLower     bool
	RequireReason bool
	Pos           diag.Position
}

// Label is one label of override.labels. Task is "" where it reaches all.
type Label struct {
	Name string
	Task string
	Tier Tier
	// OnlyRaises says that just one of two merged policies has it: it may
	// raise, and lowers nothing.
	OnlyRaises bool
	Pos        diag.Position
}

// Escalation bounds the attempts of one task.
type Escalation struct{ MaxAttempts int }

// Budget holds ceilings in nano-dollars; nil means none was set.
type Budget struct {
	Run             *money.Nano
	PullRequest     *money.Nano
	Day             *money.Nano
	ActorDay        *money.Nano
	CriticalReserve int64  // parts per thousand of the day
	OnCritical      string // fail | continue
	OnAuxiliary     string // skip | fail
	Pos             diag.Position
}

// Attestation is an owner's word for a catcher that the platform hides.
type Attestation struct {
	Catcher task.Catcher
	Text    string
	Pos     diag.Position
}

// Price is a contract price over the built-in list. Rates are decimal
// dollars per million tokens, already parsed.
type Price struct {
	Provider, Model string
	Input, Output   money.Pico
	CacheRead       *money.Pico
	CacheWrite      *money.Pico
	CacheWrite1h    *money.Pico
	Long            *LongPrice // nil: the price is one for prompts of any length
	From, To        string     // YYYY-MM-DD, "" for open; To is exclusive
	Pos             diag.Position
}

// LongPrice takes the place of every rate of a price where the prompt has more
// than Over tokens.
type LongPrice struct {
	Over          int64
	Input, Output money.Pico
	CacheRead     *money.Pico
	CacheWrite    *money.Pico
	CacheWrite1h  *money.Pico
}

// Test is one of the policy's own unit tests.
type Test struct {
	Paths      []string
	Task       string
	Brief      string
	Annotation string
	Expect     Tier
	Pos        diag.Position
}

// Task gives the row for a task id.
func (f *File) Task(id string) (Task, bool) {
	for _, t := range f.Tasks {
		if t.ID == id {
			return t, true
		}
	}
	return Task{}, false
}

// Models gives the pool of one tier, in the order of the file.
func (f *File) Models(t Tier) []Model {
	var models []Model
	for _, m := range f.Pool {
		if m.Tier == t {
			models = append(models, m)
		}
	}
	return models
}
