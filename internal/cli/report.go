package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/page"
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
			"  tierwise report --ledger file:ledger --format html -o report.html\n" +
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
	flags.StringSliceVar(&f.repositories, "repository", nil, "count these alone, or those that begin so: 'acme/*' (default: all of the ledger)")
	flags.StringVar(&f.policy, "policy", "", "policy file: its prices, who may flag, what may be suggested (default: routing-policy.yml here, else the built-in one)")
	flags.StringVar(&f.format, "format", "markdown", "markdown, json, or html: one page that needs nothing but itself")
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
	text, err := policyHere(f.policy, p.Stdin)
	if err != nil {
		return err
	}
	file, err := pipeline.ReadPolicy(text)
	if err != nil {
		return err
	}
	prices, err := pipeline.Prices(text)
	if err != nil {
		return err
	}
	options.Price = listPrice(prices, options.To.Add(-time.Nanosecond))
	advisorOf(file, text).Advise(&options, prices, digestOf(file, text), p.Now())
	entries, err := openLedger(p, f.ledger)
	if err != nil {
		return err
	}
	defer roomUpTo(reportRoom)()
	sum := weekly.New(options)
	if file.Extends != nil {
		sum.Note("the policy extends another one that was not read here: nothing is suggested lower, and flags count by this file alone")
	}
	if old, words := prices.Stale(p.Now().UTC().Format(time.DateOnly)); old {
		sum.Note(words)
	}
	r := reading{sum: sum, may: file.Flag, tell: func(text string) { printLines(p.Stderr, "tierwise: ", text) }}
	if err := r.read(ctx, entries, options.From); err != nil {
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

func (f *reportFlags) print(p Process, n weekly.Numbers) error {
	var text bytes.Buffer
	write := report.WeeklyMarkdown
	switch f.format {
	case "json":
		write = report.WeeklyJSON
	case "html":
		write = page.Write
	}
	if err := write(&text, n); err != nil {
		return err
	}
	if f.output != "" {
		if err := os.WriteFile(f.output, text.Bytes(), 0o644); err != nil { //nolint:gosec // a report is there to be read
			return fmt.Errorf("write the report: %w", err)
		}
		return nil
	}
	if f.format == "markdown" {
		return printPage(p, text.String())
	}
	// A runner takes "##[" for a command wherever it stands in its log.
	if _, err := p.Stdout.Write(bytes.ReplaceAll(text.Bytes(), []byte("##["), []byte("#&#35;["))); err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	return nil
}

func reportFormats() []string { return []string{"markdown", "json", "html"} }

// options reads the window. Days are whole ones, in UTC.
func (f *reportFlags) options(now time.Time) (weekly.Options, error) {
	o := weekly.Options{Repositories: f.repositories, SampleSize: f.sample}
	switch {
	case !slices.Contains(reportFormats(), f.format):
		return o, &pipeline.UsageError{Text: fmt.Sprintf("--format %q, expected one of %s", f.format, strings.Join(reportFormats(), ", "))}
	case f.sample < 0 || f.sample > maxSample:
		return o, &pipeline.UsageError{Text: fmt.Sprintf("--sample %d, expected 0 to %d", f.sample, maxSample)}
	}
	var err error
	if o.From, o.To, err = (weekly.Words{Since: f.since, Week: f.week, From: f.from, To: f.to}).Span(now); err != nil {
		return o, &pipeline.UsageError{Text: err.Error()}
	}
	return o, nil
}
