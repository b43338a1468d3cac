package ledgercli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/store"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/weekly"
)

// reportFlags are those of tierwise report, which reads other ledgers.
type reportFlags struct {
	words                  weekly.Words
	repositories           []string
	policy, format, output string
	sample                 int
}

func reportCommand(o opener) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "report", Short: "Spend, cost a session and routing efficiency of an organisation, a team or a repository", Args: args(cobra.NoArgs),
		Long: "report answers the three questions of tierwise report over all that is collected, or over the repositories\n" +
			"that are named: what was spent, what a session costs, and how often the tier was right by hindsight.\n" +
			"Its flags and its JSON are those of tierwise report.",
		Example: "  tierwise-ledger report\n" +
			"  tierwise-ledger report --week 2026-W47 --repository 'acme/*'\n" +
			"  tierwise-ledger report --from 2026-11-01 --to 2026-11-30 --repository acme/web --repository acme/api --format json -o report.json",
		RunE: func(cmd *cobra.Command, _ []string) error { return f.work(cmd.Context(), o) },
	}
	f.register(cmd.Flags())
	return cmd
}

func (f *reportFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.words.Since, "since", "", "how far back, today included: 7d, 12w, 6m, 1y or a date, 2026-01-31 (default 7d)")
	flags.StringVar(&f.words.Week, "week", "", "one week by ISO 8601, Monday to Sunday in UTC: 2026-W47")
	flags.StringVar(&f.words.From, "from", "", "first day, YYYY-MM-DD in UTC")
	flags.StringVar(&f.words.To, "to", "", "last day, YYYY-MM-DD in UTC (default: today)")
	flags.StringSliceVar(&f.repositories, "repository", nil, "count these alone, or those that begin so: 'acme/*' (default: all of the ledger)")
	flags.StringVar(&f.policy, "policy", "", "policy file: its contract prices count over the list, and whose flags count (default: the built-in one)")
	flags.StringVar(&f.format, "format", "markdown", "markdown or json")
	flags.StringVarP(&f.output, "output", "o", "", "write to this file instead of standard output")
	flags.IntVar(&f.sample, "sample", 10, "name so many records to look at")
}

const maxSample = 100

func (f *reportFlags) work(ctx context.Context, o opener) error {
	options, err := f.options(o.Now())
	if err != nil {
		return err
	}
	file, err := f.file()
	if err != nil {
		return err
	}
	prices, err := f.prices(file)
	if err != nil {
		return err
	}
	options.Price = func(provider, model string) (in, out money.Pico, ok bool) {
		row, ok := prices.Lookup(provider, model, options.To.Add(-time.Nanosecond))
		return row.Rates.Input, row.Rates.Output, ok
	}
	s, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	sum := weekly.New(options)
	if old, words := prices.Stale(o.Now().UTC().Format(time.DateOnly)); old {
		sum.Note(words)
	}
	if file.Extends != nil {
		sum.Note("the policy extends another one that was not read here: flags count by this file alone")
	}
	if err := fill(ctx, s, file.Flag, store.Query{Since: options.From, Until: options.To, Repositories: f.repositories}, sum); err != nil {
		return err
	}
	return f.print(o.Process, sum.Numbers())
}

func (f *reportFlags) options(now time.Time) (o weekly.Options, err error) {
	switch {
	case f.format != "markdown" && f.format != "json":
		return o, usageError{fmt.Errorf("--format %q, expected one of markdown, json", f.format)}
	case f.sample < 0 || f.sample > maxSample:
		return o, usageError{fmt.Errorf("--sample %d, expected 0 to %d", f.sample, maxSample)}
	}
	o = weekly.Options{Repositories: f.repositories, SampleSize: f.sample}
	if o.From, o.To, err = f.words.Span(now); err != nil {
		return o, usageError{err}
	}
	return o, nil
}

// file is the policy that is named, else the built-in one.
func (f *reportFlags) file() (*policy.File, error) {
	var signals []string
	for _, s := range signal.All() {
		signals = append(signals, s.ID)
	}
	known := policy.Known{Tasks: task.All(), Signals: signals}
	if f.policy == "" {
		file, err := policy.Default(known)
		if err != nil {
			return nil, fmt.Errorf("read the built-in policy: %w", err)
		}
		return file, nil
	}
	data, err := os.ReadFile(f.policy)
	if err != nil {
		return nil, usageError{fmt.Errorf("read --policy: %w", err)}
	}
	file, findings := policy.Parse(f.policy, data, known)
	if err := findings.Err(); err != nil {
		return nil, usageError{fmt.Errorf("read --policy: %w", err)}
	}
	return file, nil
}

// prices is the built-in list, under the contract prices of a policy that is
// named.
func (f *reportFlags) prices(file *policy.File) (money.Catalogue, error) {
	list, err := money.Embedded()
	if err != nil {
		return list, fmt.Errorf("read the price list: %w", err)
	}
	if f.policy == "" {
		return list, nil
	}
	return list.With(file.PriceRows()...), nil
}

// fill gives facts from columns, and flags, to the sum. A flag that cannot be
// read is counted, and so is one of somebody who may not flag; one from a
// command line is of whoever holds the ledger.
func fill(ctx context.Context, s shared, may policy.FlagRule, q store.Query, sum *weekly.Sum) error {
	facts := func(ctx context.Context) iter.Seq2[ledger.Fact, error] { return s.Facts(ctx, q) }
	for f, err := range ahead(ctx, facts) {
		if err != nil {
			return err
		}
		sum.Add(f)
	}
	unread := 0
	for f, err := range s.Flags(ctx, q) {
		switch {
		case errors.Is(err, store.ErrAway), errors.Is(err, store.ErrWriteOnly):
			return fmt.Errorf("read flags: %w", err)
		case err != nil:
			unread++
		case f.Source != "command" && !may.Permits(f.Permission):
			sum.RefusedFlags(1)
		default:
			sum.AddFlag(f)
		}
	}
	sum.Unread(unread)
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
	text := page.String()
	if f.format == "markdown" && p.Getenv("GITHUB_ACTIONS") == "true" {
		text = sanitize.Page(text) // the runner looks for commands on standard output
	}
	if _, err := fmt.Fprint(p.Stdout, text); err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	return nil
}
