package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/runner"
	"github.com/tierwise/tierwise/internal/weekly"
)

const (
	// reportDays is how many whole days before today a report covers.
	reportDays = 7
	// maxReportDays bounds the input report-days.
	maxReportDays = 366
	// reportSample is how many records are named to look at.
	reportSample = 10
)

// reporter makes one report. A report that cannot be made, or cannot be put
// where the workflow wants it, fails the job.
type reporter struct {
	*action
	repo   github.Repo
	work   *pipeline.Work
	ledger ledgerReader
	notes  []string
}

// report reads the ledger of the week and what people said of its runs, and
// writes the summary. Of a comment it takes the flags alone.
func (a *action) report(ctx context.Context, ev event.Event, s pipeline.Settings) (int, error) {
	w, err := pipeline.PolicyOf(ctx, a.client, ev, s)
	if err != nil {
		return 0, err
	}
	r := &reporter{action: a, work: w, repo: github.Repo{Owner: ev.Repository.Owner, Name: ev.Repository.Name}}
	if ev.Comment != nil {
		return ExitFine, r.comment(ctx, ev)
	}
	days, err := daysInput(a.in.get("report-days"))
	if err != nil {
		return 0, err
	}
	n, err := r.numbers(ctx, ev.Repository.DefaultBranch, days)
	if err != nil {
		return 0, err
	}
	return ExitFine, r.tell(ctx, n)
}

func daysInput(text string) (int, error) {
	if text == "" {
		return reportDays, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxReportDays {
		return 0, &pipeline.UsageError{Text: fmt.Sprintf("report-days %q, expected 1 to %d", text, maxReportDays)}
	}
	return n, nil
}

// open opens the ledger to be read.
func (r *reporter) open() error {
	switch at := r.in.ledger; {
	case at == nil:
		return &pipeline.UsageError{Text: "mode report reads a ledger: give the input ledger, for example ledger: artifact:"}
	case at.Kind == ledger.KindFile:
		if err := noLinks(r.context.Workspace, at.Dir.Path()); err != nil {
			return err
		}
		dir := at.Dir.In(r.context.Workspace)
		r.ledger = dir
		return isFolder(dir.Path())
	case at.Kind == ledger.KindGit:
		r.ledger = r.client.LedgerBranch(r.repo, at.Branch)
	default:
		r.ledger = r.client.LedgerArtifacts(r.repo)
	}
	return nil
}

// numbers reads and counts.
func (r *reporter) numbers(ctx context.Context, branch string, days int) (weekly.Numbers, error) {
	if err := r.open(); err != nil {
		return weekly.Numbers{}, err
	}
	o, err := r.options(ctx, branch, days)
	if err != nil {
		return weekly.Numbers{}, err
	}
	sum := weekly.New(o)
	reading := reading{sum: sum, runs: ledger.NewRuns(), kept: map[string]bool{}, may: r.work.Policy.Flag, tell: r.runner.Log}
	if err := reading.read(ctx, r.ledger, o.From); err != nil {
		return weekly.Numbers{}, err
	}
	if at, ok := r.ledger.(*github.LedgerArtifacts); ok && at.Expired+at.Strange > 0 {
		r.notes = append(r.notes, fmt.Sprintf("%d artifacts had expired, and %d were of another repository's runs: what they held is not counted", at.Expired, at.Strange))
	}
	if err := r.listen(ctx, &reading, o.From); err != nil {
		return weekly.Numbers{}, err
	}
	for _, note := range append(r.notes, r.work.Notes...) {
		sum.Note(note)
	}
	return sum.Numbers(), nil
}

func (r *reporter) options(ctx context.Context, branch string, days int) (weekly.Options, error) {
	now := r.process.Now()
	o := weekly.Options{To: weekly.DayStart(now), SampleSize: reportSample}
	o.From = o.To.AddDate(0, 0, -days)
	prices, err := pipeline.PricesOf(r.work.Policy)
	if err != nil {
		return o, err
	}
	if old, words := prices.Stale(now.UTC().Format(time.DateOnly)); old {
		r.notes = append(r.notes, words)
	}
	o.Price = listPrice(prices, o.To.Add(-time.Nanosecond))
	advisor := pipeline.Advisor{File: r.work.Policy, Text: r.work.PolicyText, Whole: true}
	if advisor.Evidence, err = r.client.Evidence(ctx, r.repo, branch); err != nil {
		return o, fmt.Errorf("look up the rules of %s: %w", branch, err)
	}
	advisor.Advise(&o, prices, r.work.PolicyDigest, now)
	return o, nil
}

// listen adds what people said since, and keeps it where the ledger can be
// written: a comment may be deleted later.
func (r *reporter) listen(ctx context.Context, reading *reading, since time.Time) error {
	l := pipeline.Listener{Talk: r.client, Repo: r.repo, Policy: r.work.Policy, Runs: reading.runs}
	heard, err := l.Listen(ctx, since)
	if err != nil {
		return fmt.Errorf("read what was said of the runs: %w", err)
	}
	r.notes = append(r.notes, heard.Notes...)
	reading.sum.RefusedFlags(heard.Refused)
	for _, f := range heard.Disputes {
		reading.sum.Dispute(f)
	}
	for _, f := range heard.Flags {
		reading.sum.AddFlag(f)
	}
	fresh := reading.unkept(heard.Flags)
	if err := r.keep(ctx, fresh); err != nil {
		r.runner.Warning(runner.Annotation{Title: "tierwise report", Message: "flags were counted and not kept in the ledger: " + err.Error()})
		r.notes = append(r.notes, fmt.Sprintf("%d flags were counted and could not be kept in the ledger", len(fresh)))
	}
	return nil
}

// keep appends flags, a day at a time, where the ledger can be written.
func (r *reporter) keep(ctx context.Context, flags []ledger.Flag) error {
	store, ok := r.ledger.(pipeline.Store)
	if !ok {
		return nil
	}
	slices.SortStableFunc(flags, func(a, b ledger.Flag) int { return strings.Compare(a.At, b.At) })
	var day []ledger.Entry
	for i := range flags {
		day = append(day, ledger.Entry{Flag: &flags[i]})
		if i+1 < len(flags) && flags[i+1].At[:len(time.DateOnly)] == flags[i].At[:len(time.DateOnly)] {
			continue
		}
		if err := store.Append(ctx, day); err != nil {
			return err
		}
		day = nil
	}
	return nil
}

// tell writes the summary, the file and the issue.
func (r *reporter) tell(ctx context.Context, n weekly.Numbers) error {
	var page, numbers bytes.Buffer
	if err := errors.Join(report.WeeklyMarkdown(&page, n), report.WeeklyJSON(&numbers, n)); err != nil {
		return err
	}
	redact := r.access.redactor.Redact
	if err := r.runner.AppendSummary(redact(page.String())); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	path, err := pipeline.WriteReport(r.context.Workspace, []byte(redact(numbers.String())))
	if err != nil {
		return fmt.Errorf("write the report's file: %w", err)
	}
	if err := r.runner.SetOutput("report-file", path); err != nil {
		return fmt.Errorf("set output report-file: %w", err)
	}
	return r.toIssue(ctx, n)
}

// toIssue writes one comment a window: a second report of the same days takes
// the place of the first.
func (r *reporter) toIssue(ctx context.Context, n weekly.Numbers) error {
	where := r.in.get("report-issue")
	if where == "" {
		return nil
	}
	number, err := strconv.Atoi(where)
	if err != nil {
		number, err = r.client.ReportIssue(ctx, r.repo, where, "What AI work in this repository's CI costs, and how often its tier was right. One comment a report, by tierwise.\n")
	}
	if err != nil {
		return fmt.Errorf("find the issue for the report: %w", err)
	}
	marker := fmt.Sprintf("<!-- tierwise report %s %s -->", n.Window.From, n.Window.To)
	body := r.access.redactor.Redact(report.WeeklyComment(n, marker))
	if err := r.client.UpsertReport(ctx, r.repo, number, marker, body); err != nil {
		return fmt.Errorf("put the report on issue %d: %w", number, err)
	}
	return nil
}
