package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/weekly"
)

type reportFlags struct {
	ledger, policy        string
	since, week, from, to string
	repositories          []string
	format, output        string
	sample                int
}

func reportCommand(p Process) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report --ledger ADDRESS",
		Short: "Spend, cost a session and routing efficiency of a week, from the ledger",
		Long: "report reads a ledger and answers three questions: what was spent, what a session costs, and how\n" +
			"often the tier was right by hindsight. What nobody flagged counts neither way, what is unknown is\n" +
			"counted and left out, and every total says what it leaves out.",
		Example: "  tierwise report --ledger file:.tierwise-ledger\n" +
			"  tierwise report --ledger file:ledger --week 2026-W47 --format json -o report.json\n" +
			"  tierwise report --ledger file:ledger --from 2026-11-01 --to 2026-11-30 --repository acme/shop",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.work(cmd.Context(), p) },
	}
	f.register(cmd.Flags())
	return cmd
}

func (f *reportFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.ledger, "ledger", "", "where the records are: file:DIR, git:BRANCH or artifact:")
	flags.StringVar(&f.since, "since", "", "how far back, today included: 7d, 12w, 6m, 1y or a date, 2026-01-31 (default 7d)")
	flags.StringVar(&f.week, "week", "", "one week by ISO 8601, Monday to Sunday in UTC: 2026-W47")
	flags.StringVar(&f.from, "from", "", "first day, YYYY-MM-DD in UTC")
	flags.StringVar(&f.to, "to", "", "last day, YYYY-MM-DD in UTC (default: today)")
	flags.StringSliceVar(&f.repositories, "repository", nil, "count these alone (default: all of the ledger)")
	flags.StringVar(&f.policy, "policy", "", "policy file whose contract prices count over the list")
	flags.StringVar(&f.format, "format", "markdown", "markdown or json")
	flags.StringVarP(&f.output, "output", "o", "", "write to this file instead of standard output")
	flags.IntVar(&f.sample, "sample", 10, "name so many records to look at")
}

const maxSample = 100

// reportRoom is the soft limit of memory: a million records hold about 300 MB.
const reportRoom = 384 << 20

func (f *reportFlags) work(ctx context.Context, p Process) error {
	options, err := f.options(p.Now())
	if err != nil {
		return err
	}
	text, err := policyFile("policy", f.policy, p.Stdin)
	if err != nil {
		return err
	}
	prices, err := pipeline.Prices(text)
	if err != nil {
		return err
	}
	options.Price = listPrice(prices, options.To.Add(-time.Nanosecond))
	entries, err := openLedger(p, f.ledger)
	if err != nil {
		return err
	}
	defer roomUpTo(reportRoom)()
	sum := weekly.New(options)
	if old, words := prices.Stale(p.Now().UTC().Format(time.DateOnly)); old {
		sum.Note(words)
	}
	if err := read(ctx, p, entries, options.From, sum); err != nil {
		return err
	}
	return f.print(p, sum.Numbers())
}

func listPrice(prices money.Catalogue, at time.Time) func(provider, model string) (in, out money.Pico, ok bool) {
	return func(provider, model string) (in, out money.Pico, ok bool) {
		row, ok := prices.Lookup(provider, model, at)
		return row.Rates.Input, row.Rates.Output, ok
	}
}

// maxUnreadTold is how many lines that could not be read are named.
const maxUnreadTold = 5

// read gives a ledger's entries to the sum. Lines that cannot be read are
// counted; a ledger of which no line can be read is an error.
func read(ctx context.Context, p Process, entries ledgerReader, since time.Time, sum *weekly.Sum) error {
	unread, given := 0, 0
	for e, err := range entries.Entries(ctx, since) {
		var bad ledger.UnreadError
		switch {
		case errors.As(err, &bad):
			if unread++; unread <= maxUnreadTold {
				printLines(p.Stderr, "tierwise: ", "not read: "+bad.Error())
			}
		case err != nil:
			return fmt.Errorf("read the ledger: %w", err)
		case e.Flag != nil:
			given++
			sum.AddFlag(*e.Flag)
		default:
			given++
			sum.Add(e.Record.Fact())
		}
	}
	if given == 0 && unread > 0 {
		return fmt.Errorf("read the ledger: none of its %d lines or files can be read", unread)
	}
	sum.Unread(unread)
	if l, ok := entries.(interface{ LeftOut() []string }); ok {
		for _, text := range l.LeftOut() {
			printLines(p.Stderr, "tierwise: ", text)
			sum.Note(text)
		}
	}
	return nil
}

func (f *reportFlags) print(p Process, n weekly.Numbers) error {
	var page bytes.Buffer
	write := report.WeeklyMarkdown
	if f.format == "json" {
		write = report.WeeklyJSON
	}
	if err := write(&page, n); err != nil {
		return err
	}
	if f.output != "" {
		if err := os.WriteFile(f.output, page.Bytes(), 0o644); err != nil { //nolint:gosec // a report is there to be read
			return fmt.Errorf("write the report: %w", err)
		}
		return nil
	}
	if f.format == "markdown" {
		return printPage(p, page.String())
	}
	if _, err := io.Copy(p.Stdout, &page); err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	return nil
}

// options reads the window. Days are whole ones, in UTC.
func (f *reportFlags) options(now time.Time) (weekly.Options, error) {
	o := weekly.Options{Repositories: f.repositories, SampleSize: f.sample}
	switch {
	case f.format != "markdown" && f.format != "json":
		return o, &pipeline.UsageError{Text: fmt.Sprintf("--format %q, expected one of markdown, json", f.format)}
	case f.sample < 0 || f.sample > maxSample:
		return o, &pipeline.UsageError{Text: fmt.Sprintf("--sample %d, expected 0 to %d", f.sample, maxSample)}
	}
	var err error
	if o.From, o.To, err = f.span(now); err != nil {
		return o, err
	}
	if !o.From.Before(o.To) {
		return o, &pipeline.UsageError{Text: "the window holds no day: it ends before it begins"}
	}
	return o, nil
}

func (f *reportFlags) span(now time.Time) (from, to time.Time, err error) {
	tomorrow := dayStart(now).AddDate(0, 0, 1)
	switch {
	case f.week != "" && f.since+f.from+f.to != "", f.since != "" && f.from+f.to != "":
		return from, to, &pipeline.UsageError{Text: "--since, --week and --from with --to: choose one"}
	case f.week != "":
		from, err = isoWeek(f.week)
		return from, from.AddDate(0, 0, 7), err
	case f.from+f.to != "":
		return f.fromTo(tomorrow)
	}
	since := f.since
	if since == "" {
		since = "7d"
	}
	at, err := sinceTime(since, now.UTC())
	if err != nil {
		return from, to, err
	}
	from = dayStart(at)
	if !strings.Contains(since, "-") {
		from = from.AddDate(0, 0, 1) // 7d are seven days, today included
	}
	return from, tomorrow, nil
}

func (f *reportFlags) fromTo(tomorrow time.Time) (from, to time.Time, err error) {
	if f.from == "" {
		return from, to, &pipeline.UsageError{Text: "--to without --from: give the first day too"}
	}
	if from, err = time.Parse(time.DateOnly, f.from); err != nil {
		return from, to, &pipeline.UsageError{Text: fmt.Sprintf("--from %q is no day, expected YYYY-MM-DD", f.from)}
	}
	if f.to == "" {
		return from, tomorrow, nil
	}
	if to, err = time.Parse(time.DateOnly, f.to); err != nil {
		return from, to, &pipeline.UsageError{Text: fmt.Sprintf("--to %q is no day, expected YYYY-MM-DD", f.to)}
	}
	return from, to.AddDate(0, 0, 1), nil
}

func dayStart(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// isoWeek gives the Monday of a week: the first week of a year is the one that
// holds 4 January.
func isoWeek(text string) (time.Time, error) {
	wrong := &pipeline.UsageError{Text: fmt.Sprintf("--week %q, expected a week of ISO 8601, such as 2026-W47", text)}
	y, w, found := strings.Cut(text, "-W")
	year, yearErr := strconv.Atoi(y)
	week, weekErr := strconv.Atoi(w)
	if !found || len(y) != 4 || len(w) != 2 || yearErr != nil || weekErr != nil {
		return time.Time{}, wrong
	}
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(week-1))
	if gotYear, gotWeek := monday.ISOWeek(); gotYear != year || gotWeek != week {
		return time.Time{}, wrong
	}
	return monday, nil
}
