package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// FromCheckout gathers the facts of a range in a git checkout. The policy is
// read at the base, unless override holds the text of one that a flag named.
func FromCheckout(ctx context.Context, repo *gitrepo.Repo, s Settings, override *PolicyText) (*Work, error) {
	base, head, text, err := checkoutRange(ctx, repo, s)
	if err != nil {
		if s.Base+s.Head == "" && !NeedsChange(s.Tasks) && ctx.Err() == nil {
			w, failed := FromWords(ctx, s, override)
			if failed == nil {
				w.Notes = append(w.Notes, fmt.Sprintf("no change was read: %v", err))
			}
			return w, failed
		}
		return nil, err
	}
	w := &Work{Extending: s.Extending, Repository: repo.Name(), Title: s.Title, Log: s.Log, LogName: s.LogName}
	w.Notes = append(w.Notes, text)
	if w.Change, err = repo.Change(ctx, base, head); err != nil {
		return nil, fmt.Errorf("read the change: %w", err)
	}
	w.HasChange = true
	w.ReadHead = checkoutReader(repo, w.Change.Head)
	w.ReadBase = func(ctx context.Context, path string) ([]byte, bool, error) {
		return repo.File(ctx, w.Change.Base, path)
	}
	err = atOnce(
		func() error { return w.readPolicy(ctx, s, override) },
		func() error { return w.readPaths(ctx, repo) },
		func() error { return w.readAround(ctx, repo, s.policyPath()) },
	)
	if err != nil {
		return nil, err
	}
	if err := w.readTogether(ctx, repo); err != nil {
		return nil, err
	}
	if w.Evidence, err = evidence(s.Evidence); err != nil {
		return nil, err
	}
	if w.unlooked != "" {
		w.Notes = append(w.Notes, w.unlooked)
	}
	w.noteOwnGuards(s.policyPath())
	return w, nil
}

func checkoutRange(ctx context.Context, repo *gitrepo.Repo, s Settings) (base, head, text string, err error) {
	head = s.Head
	if head == "" {
		head = "HEAD"
	}
	if s.Base != "" {
		return s.Base, head, fmt.Sprintf("range %s..%s, as given", s.Base, head), nil
	}
	r, err := repo.DefaultBase(ctx, head)
	if err != nil {
		return "", "", "", fmt.Errorf("find the range: %w", err)
	}
	return r.Base, r.Head, r.Text, nil
}

// PolicyText is a policy that a flag named, read by the caller.
type PolicyText struct {
	Name string
	Data []byte
}

func (s Settings) policyPath() string {
	if s.Policy == "" {
		return DefaultPolicyPath
	}
	return s.Policy
}

func (w *Work) readPolicy(ctx context.Context, s Settings, override *PolicyText) error {
	if override != nil {
		return w.usePolicy(ctx, override.Name, override.Data, true, "")
	}
	data, found, err := w.ReadBase(ctx, s.policyPath())
	if err != nil {
		return &UnreadPolicyError{Cause: fmt.Errorf("read the policy at the base: %w", err)}
	}
	return w.usePolicy(ctx, s.policyPath(), data, found, "at the base")
}

func (w *Work) readMarks(ctx context.Context, policyPath string) error {
	data, _, err := w.ReadBase(ctx, ".gitattributes")
	if err != nil {
		return fmt.Errorf("read .gitattributes at the base: %w", err)
	}
	w.Marks = signal.Marks{Attributes: glob.ParseAttributes(string(data)), PolicyPath: policyPath}
	return nil
}

const workflowWarning = "this change edits workflows: a run obeys the workflow of its own head, so only required workflows and rulesets guard against that"

// noteOwnGuards says where a change touches what decides over it.
func (w *Work) noteOwnGuards(policyPath string) {
	for _, f := range w.Change.Files {
		for _, path := range f.Paths() {
			if path == policyPath {
				w.Notes = append(w.Notes, "this change edits the policy: the policy at the base decided")
			}
		}
	}
	if w.touchesWorkflows() {
		w.Warnings = append(w.Warnings, workflowWarning)
	}
}

func (w *Work) touchesWorkflows() bool {
	for _, f := range w.Change.Files {
		for _, path := range f.Paths() {
			if strings.HasPrefix(strings.ToLower(path), ".github/workflows/") {
				return true
			}
		}
	}
	return false
}

// FromDiff takes a change from a diff alone: no commits, no tree, no base.
func FromDiff(ctx context.Context, files []change.File, s Settings, override *PolicyText) (*Work, error) {
	w := &Work{Extending: s.Extending, Repository: "diff", Title: s.Title, Log: s.Log, LogName: s.LogName, Change: change.Change{Files: files}, HasChange: true}
	if err := w.offline(ctx, s, override); err != nil {
		return nil, err
	}
	if len(files) == 0 {
		w.Notes = append(w.Notes, "the diff is empty")
	}
	if w.touchesWorkflows() {
		w.Warnings = append(w.Warnings, workflowWarning)
	}
	return w, nil
}

// NeedsChange says whether any of the tasks works on a change. A task that
// only the policy knows does.
func NeedsChange(ids []string) bool {
	return len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool {
		t, ok := task.Find(id)
		return !ok || t.NeedsChange
	})
}

// FromWords takes a brief alone, before anything has been changed.
func FromWords(ctx context.Context, s Settings, override *PolicyText) (*Work, error) {
	w := &Work{Extending: s.Extending, Repository: "brief", Title: s.Title, Log: s.Log, LogName: s.LogName}
	return w, w.offline(ctx, s, override)
}

func (w *Work) offline(ctx context.Context, s Settings, override *PolicyText) (err error) {
	w.Marks = signal.Marks{PolicyPath: s.policyPath()}
	if w.Evidence, err = evidence(s.Evidence); err != nil {
		return err
	}
	if override == nil {
		return w.usePolicy(ctx, s.policyPath(), nil, false, "here")
	}
	return w.usePolicy(ctx, override.Name, override.Data, true, "")
}

// evidence reads --evidence, or assumes the catchers that the policy names
// and lets the summary say so.
func evidence(data []byte) (route.Evidence, error) {
	if data == nil {
		return route.Evidence{
			Source: "assumed", RequiredReview: route.Assumed, ChecksProof: route.Assumed,
			Notes: []string{"no platform here: the catchers that the policy names are assumed"},
		}, nil
	}
	return ParseEvidence(data)
}
