package pipeline

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/weekly"
)

// Advisor says what a policy lets be suggested of a task's tier, and how the
// file would change.
type Advisor struct {
	// File is what decides, with what it extends.
	File *policy.File
	// Text is the file that a patch is for; nil where the policy is built in.
	Text *PolicyText
	// Whole says that File holds what it extends, or extends nothing.
	Whole bool
	// Evidence says what is known of the catchers.
	Evidence route.Evidence
}

// AssumedEvidence takes the catchers that a policy names for granted, where
// nobody can ask the platform.
func AssumedEvidence() route.Evidence {
	return route.Evidence{Source: "assumed", RequiredReview: route.Assumed, ChecksProof: route.Assumed, DismissStale: true}
}

// Keep says why a task must not be placed lower, "" where it may. It asks the
// policy as it stands now, whatever earlier runs were: the critical path, the
// must-frontier list, the pool, and whether a bad output would be caught.
func (a Advisor) Keep(id string, to policy.Tier) string {
	row, listed := a.File.Task(id)
	t, known := a.task(id, row)
	switch {
	case !known:
		return "the policy does not know the task"
	case t.Judges() || row.CriticalPath:
		return "it is on the critical path"
	case !a.Whole:
		return "what the policy extends was not read"
	case listed && row.Tier <= to:
		return fmt.Sprintf("the policy places it at %s already; what raised the runs would raise the next ones", row.Tier)
	case len(a.File.Models(to)) == 0:
		return fmt.Sprintf("the pool has no model of the tier %s", to)
	}
	for _, m := range a.File.MustFrontier {
		if slices.Contains(m.Tasks, id) {
			return fmt.Sprintf("must_frontier: %s names it", m.ID)
		}
	}
	if uncovered := route.Uncovered(a.File, t, a.Evidence); len(uncovered) > 0 {
		return "nothing would catch an output that is " + strings.Join(uncovered, " or ")
	}
	return ""
}

// task gives a task of the catalogue, or what the policy says of its own.
func (a Advisor) task(id string, row policy.Task) (task.Task, bool) {
	if row.Custom == nil {
		return task.Find(id)
	}
	t, err := task.NewCustom(task.CustomSpec{
		ID: id, Kind: row.Custom.Kind, Prompt: id, Failures: row.Custom.Failures, CriticalPath: row.CriticalPath,
	})
	return t, err == nil
}

// Placed gives the tier at which the policy places a task now. Where it does not
// say, that is frontier: nothing stands above it.
func (a Advisor) Placed(id string) policy.Tier {
	if row, listed := a.File.Task(id); listed && row.Tier != 0 {
		return row.Tier
	}
	return policy.Frontier
}

// Patch gives the change of the file as git applies it, "" where there is none
// to give. Only a suggestion of the kind "lower", which Keep let pass, may place
// a task lower.
func (a Advisor) Patch(kind, id string, to policy.Tier) string {
	row, listed := a.File.Task(id)
	switch {
	case a.Text == nil, listed && row.Tier == to:
		return ""
	case kind != "lower" && to < a.Placed(id):
		return ""
	}
	before := string(a.Text.Data)
	after, err := lint.TaskTier(a.Text.Name, before, Known(), id, to)
	if err != nil {
		return "" // the sentence says what to do
	}
	name := filepath.ToSlash(a.Text.Name)
	if !filepath.IsLocal(a.Text.Name) {
		name = filepath.Base(a.Text.Name)
	}
	patch, err := lint.Diff(name, before, after)
	if err != nil {
		return ""
	}
	return patch
}

// ReadPolicy reads a policy's text; nil is the built-in one.
func ReadPolicy(text *PolicyText) (*policy.File, error) {
	if text == nil {
		file, err := policy.Default(Known())
		if err != nil {
			return nil, fmt.Errorf("read the built-in policy: %w", err)
		}
		return file, nil
	}
	file, findings := policy.Parse(text.Name, text.Data, Known())
	if err := findings.Err(); err != nil {
		return nil, &BrokenPolicyError{Findings: findings}
	}
	return file, nil
}

// Advise lets a report suggest what the policy permits, and say when it is to
// be looked at again. Digest is the policy's as records have it, "" where it is
// not known.
func (a Advisor) Advise(o *weekly.Options, prices money.Catalogue, digest string, now time.Time) {
	o.Keep, o.Placed, o.Patch, o.Assumed = a.Keep, a.Placed, a.Patch, a.Evidence.Source == "assumed"
	o.Review = weekly.ReviewFacts{By: a.File.ReviewBy, Today: now.UTC().Format(time.DateOnly), Digest: digest}
	if since, ok := LastReview(a.File); ok {
		o.Review.Changes = Changed(a.File, prices, since, now)
	}
}

// Digest gives a policy's digest as records have it where the policy extends
// nothing.
func (t *PolicyText) Digest() string {
	if t == nil {
		return digest(policy.DefaultText())
	}
	return digest(t.Data)
}
