// Package lint finds what is wrong with a policy, a brief or a workflow before
// a task is sent to any model. It is pure: what a rule has to know beside the
// file comes in as a World. One file a rule.
package lint

import (
	"sync"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// Subject is the kind of text that a rule reads.
type Subject string

// The subjects.
const (
	OfPolicy   Subject = "policy"
	OfBrief    Subject = "brief"
	OfWorkflow Subject = "workflow"
)

// Need names what a rule has to know beside the text itself. Where it is not
// known the rule is reported as not examined, which is not "nothing found".
type Need string

// The needs.
const (
	NeedsTree      Need = "tree"      // the paths of the repository
	NeedsPlatform  Need = "platform"  // the rules of the base branch
	NeedsLedger    Need = "ledger"    // what the last weeks cost
	NeedsWorkflows Need = "workflows" // the workflows of the repository
	NeedsChange    Need = "change"    // the diff that a brief is about
	NeedsSecrets   Need = "secrets"   // what finds secrets in text

	NeedsPolicyChange Need = "policy-change" // what a change of the policy would have done
	NeedsExtended     Need = "extended"      // the policy that this one extends
)

// Rule is one entry of the family, as a value. It has exactly one of Policy,
// Brief and Workflow. A worked example:
//
//	Rule{ID: "owner-missing", Severity: diag.Warning, Summary: "no owner is named", Why: …, Fix: …,
//		Bad: Example{Text: …}, Good: Example{Text: …}, Policy: ownerMissing}
type Rule struct {
	ID       string
	Severity diag.Severity
	Summary  string // one line, as a statement of what is wrong
	Why      string
	Fix      string // how to mend it
	Needs    []Need
	// Bad fires the rule and Good is the same mended. The page of the rule
	// shows both, with what the linter really prints.
	Bad, Good Example

	Policy   func(Policy, World) []Hit
	Brief    func(Brief, World) []Hit
	Workflow func(Workflow, World) []Hit
}

// Subject says what the rule reads.
func (r Rule) Subject() Subject {
	switch {
	case r.Policy != nil:
		return OfPolicy
	case r.Brief != nil:
		return OfBrief
	default:
		return OfWorkflow
	}
}

// Example is a text with what is known beside it. Of the World of an example
// Today and Prices are filled in where they are left out.
type Example struct {
	Text  string
	World World
}

// Policy is a policy that parses: what parsing refuses is reported in place of
// every rule.
//
// File is merged with what the policy extends; Root is the text alone.
type Policy struct {
	Source
	Root *yamltree.Node
	File *policy.File
}

// Brief is the words of a piece of work. Position are lines and columns of
// Text. Annotation is what a flag or an input declares beside them.
type Brief struct {
	Source
	Title      string
	Trusted    bool
	Annotation task.Annotation

	outlined func() signal.Outline
}

// Workflow is a workflow or a composite action.
type Workflow struct {
	Source
	File  *workflow.File
	Calls []workflow.Call

	memory *memory // nil: nothing is remembered
}

// World is what a rule may know beside the text. A nil part is not known.
type World struct {
	Today  string // YYYY-MM-DD
	Prices money.Catalogue
	Known  policy.Known
	Tree   *Tree
	// Configs are the texts of ConfigFiles by their paths, those that are there.
	Configs   map[string]string
	Platform  *Platform
	Spend     *Spend
	Workflows *[]Workflow
	// Policy is for rules of briefs and workflows; nil: the built-in default
	// counts.
	Policy *policy.File
	Change *change.Change
	// Redact takes secrets out of a text and names the rules that found them,
	// one for each place.
	Redact func(text string) (clean string, rules []string)
	// PolicyChange is what the change of this policy would have done.
	PolicyChange *PolicyChange
	// Extended are policies that others extend, by what extends: says; under
	// "" the one that a flag or a workflow gives for all. Without it no rule
	// looks at a policy that says extends:, for what it leaves out may stand
	// there.
	Extended   map[string]*policy.File
	unextended bool // it extends one that is not known
}

// Tree is the repository's files. Paths are sorted, with / between folders.
// They must not change once a rule has asked.
type Tree struct {
	Paths []string

	folding  sync.Once
	files    []glob.Folded
	dirs     []glob.Folded
	sorting  sync.Once
	subjects map[signal.Subject][]string
}

// Platform is what the platform says of the base branch.
type Platform struct {
	Evidence route.Evidence
	Public   bool
}

// Spend is what a ledger says of the last weeks. Costs are nano-dollars.
type Spend struct {
	Weeks     int
	Sessions  int        // runs, each with all its tasks
	MedianRun money.Nano // of a session
	Models    []ModelSpend
}

// ModelSpend is what the tasks on one model cost. Tasks counts those whose
// cost is known.
type ModelSpend struct {
	Task            string
	Provider, Model string
	Tasks           int
	Median          money.Nano
}
