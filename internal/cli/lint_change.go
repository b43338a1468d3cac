package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// changeFlags ask lint what a change of the policy would have done. Base, head
// and extends are the flags that a brief has too.
type changeFlags struct {
	change     bool
	base, head string
	since      string
	limit      int
	extends    string
	policy     string // as findings name it
}

func (f *changeFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.change, "change", false, "hold what changes in the policy from --base (default: merge base with the default branch)\nto --head (default: the work tree) against earlier changes: what would have moved,\nwhat would no longer be held at frontier")
	flags.StringVar(&f.since, "since", "", "with --change: how far back from the base: 90d, 12w, 6m, 1y or a date\n(default 90d, unless --limit says how far)")
	flags.IntVar(&f.limit, "limit", 0, "with --change: at most so many earlier changes, the newest ones")
}

func (f *changeFlags) check() error {
	switch {
	case !f.change && f.base+f.head+f.since != "", !f.change && f.limit != 0:
		return &pipeline.UsageError{Text: "--base, --head, --since and --limit go with --change"}
	case f.limit < 0:
		return &pipeline.UsageError{Text: fmt.Sprintf("--limit %d, expected a number of changes", f.limit)}
	}
	return nil
}

// lookBack compares the policy before with the one after, over the history.
func (f *changeFlags) lookBack(ctx context.Context, p Process, given pipeline.Extending) (s backtest.ChangeSummary, atHead *pipeline.PolicyText, err error) {
	if !f.change {
		return s, nil, nil
	}
	repo, err := gitrepo.OpenHistory(ctx, ".", p.Environ...)
	switch {
	case errors.Is(err, gitrepo.ErrNoCheckout):
		return s, nil, &pipeline.UsageError{Text: "--change needs a git checkout, and this folder is in none"}
	case err != nil:
		return s, nil, fmt.Errorf("open the repository: %w", err)
	}
	r, err := f.request(ctx, p, repo)
	if err != nil {
		return s, nil, err
	}
	r.Extending = given
	if atHead, err = f.policyAtHead(ctx, repo); err != nil {
		return s, nil, err
	}
	defer roomForGarbage()()
	progress := newBar(p)
	if progress != nil {
		r.Progress = progress.show
	}
	s, err = pipeline.PolicyChange(ctx, repo, r)
	progress.clear()
	return s, atHead, err
}

// policyAtHead reads the policy of --head, nil where it is not given or has
// none.
func (f *changeFlags) policyAtHead(ctx context.Context, repo *gitrepo.Repo) (*pipeline.PolicyText, error) {
	if f.head == "" {
		return nil, nil
	}
	data, found, err := repo.File(ctx, f.head, pipeline.DefaultPolicyPath)
	if err != nil {
		return nil, fmt.Errorf("read the policy at %s: %w", f.head, err)
	}
	if !found {
		return nil, nil
	}
	return &pipeline.PolicyText{Name: f.policy, Data: data}, nil
}

func (f *changeFlags) request(ctx context.Context, p Process, repo *gitrepo.Repo) (pipeline.ChangeRequest, error) {
	r := pipeline.ChangeRequest{Base: f.base, Head: f.head, Span: gitrepo.Span{Limit: f.limit}, Now: p.Now()}
	var err error
	if r.Base == "" {
		head := f.head
		if head == "" {
			head = "HEAD"
		}
		span, err := repo.DefaultBase(ctx, head)
		if err != nil {
			return r, fmt.Errorf("find the policy before the change: %w", err)
		}
		r.Base = span.Base
	}
	since := backtestFlags{since: f.since, limit: f.limit}
	if r.Span.Since, r.Since, err = since.sinceDate(r.Now); err != nil {
		return r, err
	}
	if f.head == "" {
		r.Current, err = workTreePolicy(repo.Root())
	}
	return r, err
}

// workTreePolicy reads the policy as it lies on the disk, nil where there is
// none.
func workTreePolicy(root string) (*pipeline.PolicyText, error) {
	folder, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("open the checkout: %w", err)
	}
	defer folder.Close() //nolint:errcheck // it was only read
	data, err := folder.ReadFile(pipeline.DefaultPolicyPath)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the policy: %w", err)
	}
	return &pipeline.PolicyText{Name: pipeline.DefaultPolicyPath, Data: data}, nil
}

// printChange prints the table for a person.
func printChange(p Process, s backtest.ChangeSummary) error {
	var page bytes.Buffer
	if err := report.PolicyChangeText(&page, s); err != nil {
		return err
	}
	page.WriteString("\n")
	if _, err := io.WriteString(p.Stdout, inert(p, page.String())); err != nil {
		return fmt.Errorf("print the change of the policy: %w", err)
	}
	return nil
}

// into adds to the world of a linter what the policies extend and what the
// change would have done, and gives what prints its table. With --head the
// policy is linted as it is there. A policy that is broken after the change is
// told by the linter itself.
func (f *changeFlags) into(ctx context.Context, p Process, files []pipeline.LintFile, world *lint.World) ([]pipeline.LintFile, func() error, error) {
	nothing := func() error { return nil }
	given, err := f.given(p)
	if err != nil {
		return files, nothing, err
	}
	s, at, err := f.lookBack(ctx, p, given)
	var broken *pipeline.BrokenPolicyError
	if err != nil && !errors.As(err, &broken) {
		return files, nothing, err
	}
	if at != nil {
		files = append(slices.DeleteFunc(files, func(f pipeline.LintFile) bool { return f.Name == at.Name }), pipeline.LintFile{Name: at.Name, Data: at.Data})
	}
	var warnings []string
	world.Extended, warnings = pipeline.LintExtended(ctx, given, files)
	for _, w := range warnings {
		printLines(p.Stderr, "tierwise: ", w)
	}
	if !f.change || broken != nil {
		return files, nothing, nil //nolint:nilerr // the linter reads the same file, and tells what is broken in it
	}
	world.PolicyChange = pipeline.LintChange(f.policy, s)
	return files, func() error { return printChange(p, s) }, nil
}

func (f *changeFlags) given(p Process) (pipeline.Extending, error) {
	if err := f.check(); err != nil {
		return pipeline.Extending{}, err
	}
	return extending(p, f.extends)
}
