package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

type backtestFlags struct {
	since, base, head, commits string
	limit                      int
	against, policy, task      string
	trustSubjects              bool
	evidence, format           string
	extends                    string
}

func backtestCommand(p Process) *cobra.Command {
	var f backtestFlags
	cmd := &cobra.Command{
		Use:   "backtest [--since 90d]",
		Short: "Replay the policy over past commits: tiers, locks, projected spend",
		Long: "backtest decides every commit on the first-parent line, where a merge is a pull request, by the\n" +
			"policy at HEAD, as route would have, and sums up: how much goes to which tier, what it would cost\n" +
			"beside the baseline, which rules carried it, and what was locked and why. Where history has\n" +
			"Conventional Commits it holds the inferred domain against the author's own label. No model is\n" +
			"called, and nothing is fetched but the policy that extends: names.",
		Example: "  tierwise backtest\n" +
			"  tierwise backtest --since 1y --format json\n" +
			"  tierwise backtest --base v1.0.0 --head v2.0.0 --task docs\n" +
			"  tierwise backtest --against stricter.yml\n" +
			"  git log --format=%H -- services/billing | tierwise backtest --commits -",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return backtestWork(cmd.Context(), p, f) },
	}
	f.register(cmd.Flags())
	return cmd
}

func (f *backtestFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.since, "since", "", "how far back: 90d, 12w, 6m, 1y or a date, 2026-01-31\n(default 90d, unless --base, --limit or --commits says how far)")
	flags.StringVar(&f.base, "base", "", "replay only what is not in this revision")
	flags.StringVar(&f.head, "head", "", "newest revision, whose policy decides (default: HEAD)")
	flags.StringVar(&f.commits, "commits", "", "replay these: FILE or - with one commit id a line, # begins a comment")
	flags.IntVar(&f.limit, "limit", 0, "at most so many commits, the newest ones")
	flags.StringVar(&f.policy, "policy", "", "policy file on disk (default: routing-policy.yml at the head)")
	flags.StringVar(&f.against, "against", "", "policy file on disk to compare with: what would it change?")
	flags.StringVar(&f.extends, "extends", "", extendsUsage)
	flags.StringVarP(&f.task, "task", "t", "", "decide for this task (default: each commit is a brief, placed by the table)")
	flags.BoolVar(&f.trustSubjects, "trust-subjects", false, "take subjects for trusted briefs, which may place a commit lower")
	flags.StringVar(&f.evidence, "evidence", "", "JSON file with what is known of the branch's rules")
	flags.StringVar(&f.format, "format", "markdown", "markdown or json")
}

func backtestWork(ctx context.Context, p Process, f backtestFlags) error {
	r, err := f.request(p)
	if err != nil {
		return err
	}
	repo, err := gitrepo.OpenHistory(ctx, ".", p.Environ...)
	switch {
	case errors.Is(err, gitrepo.ErrNoCheckout):
		return &pipeline.UsageError{Text: "this folder is in no git repository; go to one"}
	case err != nil:
		return fmt.Errorf("open the repository: %w", err)
	}
	defer roomForGarbage()()
	progress := newBar(p)
	if progress != nil {
		r.Progress = progress.show
	}
	s, err := pipeline.Replay(ctx, repo, r)
	progress.clear()
	if s.Commits == 0 {
		return nothing(ctx, repo, r, err)
	}
	if err != nil && s.Stopped == "" {
		return err
	}
	if printed := f.print(p, s); printed != nil {
		return printed
	}
	return err // of the context: what was measured so far stands on the page
}

// The garbage of a replay is many times what it holds on to, so collecting it
// less often pays. The limit is soft: near it garbage is collected as often as
// it takes.
const (
	garbagePercent = 300
	garbageLimit   = 512 << 20
)

// roomForGarbage gives what sets the collector back.
func roomForGarbage() (back func()) { return roomUpTo(garbageLimit) }

func roomUpTo(most int64) (back func()) {
	limit := debug.SetMemoryLimit(-1) // asks only
	debug.SetMemoryLimit(min(limit, most))
	percent := debug.SetGCPercent(garbagePercent)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// request reads the flags and the files that they name.
func (f *backtestFlags) request(p Process) (pipeline.ReplayRequest, error) {
	r := pipeline.ReplayRequest{
		Span: gitrepo.Span{Base: f.base, Head: f.head, Limit: f.limit}, Task: f.task, TrustSubjects: f.trustSubjects,
		Examples: backtest.DefaultExamples, Now: p.Now(),
	}
	if err := f.check(); err != nil {
		return r, err
	}
	var err error
	if r.Span.Since, r.Since, err = f.sinceDate(r.Now); err != nil {
		return r, err
	}
	if f.commits != "" {
		if r.Span.Commits, err = readCommitList(f.commits, p.Stdin); err != nil {
			return r, err
		}
	}
	if f.evidence != "" {
		if r.Evidence, err = readInput("evidence", f.evidence, p.Stdin); err != nil {
			return r, err
		}
	}
	if r.Extending, err = extending(p, f.extends); err != nil {
		return r, err
	}
	if r.Policy, err = policyFile("policy", f.policy, p.Stdin); err != nil {
		return r, err
	}
	r.Against, err = policyFile("against", f.against, p.Stdin)
	return r, err
}

func (f *backtestFlags) check() error {
	switch {
	case f.format != "markdown" && f.format != "json":
		return &pipeline.UsageError{Text: fmt.Sprintf("--format %q, expected one of markdown, json", f.format)}
	case f.limit < 0:
		return &pipeline.UsageError{Text: fmt.Sprintf("--limit %d, expected a number of commits", f.limit)}
	case f.commits != "" && (f.since != "" || f.base != ""):
		return &pipeline.UsageError{Text: "--commits and --since or --base: choose one, a list has no range"}
	}
	return oneInput(map[string]string{"--commits": f.commits, "--evidence": f.evidence, "--policy": f.policy, "--against": f.against, "--extends": f.extends})
}

// sinceDate gives the moment from which on commits count, and its day.
func (f *backtestFlags) sinceDate(now time.Time) (moment, day string, err error) {
	since := f.since
	if since == "" {
		if f.base != "" || f.commits != "" || f.limit > 0 {
			return "", "", nil
		}
		since = "90d"
	}
	t, err := sinceTime(since, now)
	if err != nil {
		return "", "", err
	}
	return t.Format(time.RFC3339), t.Format(time.DateOnly), nil
}

func policyFile(flag, name string, stdin io.Reader) (*pipeline.PolicyText, error) {
	if name == "" {
		return nil, nil
	}
	data, err := readInput(flag, name, stdin)
	if err != nil {
		return nil, err
	}
	return &pipeline.PolicyText{Name: name, Data: data}, nil
}

func (f *backtestFlags) print(p Process, s backtest.Summary) error {
	if f.format == "json" {
		return report.BacktestJSON(p.Stdout, s)
	}
	var page bytes.Buffer
	if err := report.BacktestMarkdown(&page, s); err != nil {
		return err
	}
	if _, err := io.WriteString(p.Stdout, inert(p, page.String())); err != nil {
		return fmt.Errorf("print the backtest: %w", err)
	}
	return nil
}

// nothing says why no commit was replayed, and how to widen the range.
func nothing(ctx context.Context, repo *gitrepo.Repo, r pipeline.ReplayRequest, err error) error {
	if err != nil {
		return err
	}
	text := "no commits in the range"
	switch {
	case r.Span.Commits != nil:
		return &pipeline.UsageError{Text: "--commits names no commit"}
	case r.Since != "":
		text = "no commits since " + r.Since
	}
	newest := ""
	last := gitrepo.Span{Head: r.Span.Head, Limit: 1}
	if err := repo.History(ctx, last, func(past gitrepo.Past) error {
		newest = past.When.UTC().Format(time.DateOnly)
		return nil
	}); err != nil {
		return fmt.Errorf("look for the newest commit: %w", err)
	}
	if newest != "" {
		text += "; the newest one is of " + newest
	}
	return &pipeline.UsageError{Text: text + ". Widen the range: --since 1y, --limit 100, or another --base"}
}
