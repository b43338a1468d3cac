package cli

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/pricelist"
	"github.com/tierwise/tierwise/internal/report"
)

type pricesFlags struct {
	provider, model, at, policy string
	json                        bool
}

func pricesCommand(p Process) *cobra.Command {
	var f pricesFlags
	cmd := &cobra.Command{
		Use:   "prices",
		Short: "Show the prices that costs are worked out with, their dates and sources",
		Long: "prices shows the built-in list as it holds on a day, and with --policy the contract prices over it.\n" +
			"With --model it also shows what held before, and what is announced: an announced price is never\n" +
			"applied by its date.",
		Example: "  tierwise prices\n" +
			"  tierwise prices --model claude-haiku-5-5\n" +
			"  tierwise prices --provider openai --at 2026-08-01 --json",
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return f.show(p) },
	}
	cmd.Flags().StringVar(&f.provider, "provider", "", "show one provider alone")
	cmd.Flags().StringVar(&f.model, "model", "", "show one model alone, with its past and what is announced")
	f.register(cmd)
	cmd.AddCommand(pricesCheckCommand(p))
	return cmd
}

// register adds what both verbs have.
func (f *pricesFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.at, "at", "", "the day, YYYY-MM-DD in UTC (default: today)")
	cmd.Flags().StringVar(&f.policy, "policy", "", "policy file whose contract prices count over the list")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
}

func pricesCheckCommand(p Process) *cobra.Command {
	var f pricesFlags
	cmd := &cobra.Command{
		Use:   "check FILE",
		Short: "Compare the prices with an open catalogue, and print what differs",
		Long: "check reads an open catalogue, tells its form by what it holds and prints every price that is not the\n" +
			"same: LiteLLM's model_prices_and_context_window.json, llm-prices (data/*.json, current-v1.json,\n" +
			"historical-v1.json) and genai-prices (data.json, data_slim.json). Nothing is taken over from it.\n" +
			"It exits 1 where a price differs.",
		Example: "  tierwise prices check model_prices_and_context_window.json\n" +
			"  tierwise prices check --at 2026-08-01 --json data_slim.json",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &pipeline.UsageError{Text: fmt.Sprintf("prices check takes one file, got %q", args)}
			}
			return f.check(p, args[0])
		},
	}
	f.register(cmd)
	return cmd
}

// catalogue reads the list as of a day, and whether it is old today.
func (f *pricesFlags) catalogue(p Process) (list money.Catalogue, day time.Time, stale string, err error) {
	day = p.Now().UTC()
	if f.at != "" {
		if day, err = time.Parse(time.DateOnly, f.at); err != nil {
			return list, day, "", &pipeline.UsageError{Text: fmt.Sprintf("--at %q is no day, expected YYYY-MM-DD", f.at)}
		}
	}
	text, err := policyFile("policy", f.policy, p.Stdin)
	if err != nil {
		return list, day, "", err
	}
	if list, err = pipeline.Prices(text); err != nil {
		return list, day, "", err
	}
	if old, words := list.Stale(p.Now().UTC().Format(time.DateOnly)); old {
		stale = words
	}
	return list, day, stale, nil
}

func (f *pricesFlags) show(p Process) error {
	list, day, stale, err := f.catalogue(p)
	if err != nil {
		return err
	}
	rows := f.rows(list, day)
	if len(rows) == 0 {
		return &pipeline.UsageError{Text: fmt.Sprintf("no row prices%s on %s: its cost would be unpriced", f.asked(), day.Format(time.DateOnly))}
	}
	view := report.PriceRows{Day: day.Format(time.DateOnly), Checked: list.Checked(), Stale: stale, Rows: rows}
	if f.model == "" && f.provider == "" {
		view.Endpoints = list.Endpoints()
	}
	if f.json {
		return report.PriceRowsJSON(p.Stdout, view)
	}
	var page bytes.Buffer
	if err := report.PriceRowsText(&page, view); err != nil {
		return err
	}
	return printPage(p, page.String())
}

func (f *pricesFlags) asked() string {
	words := ""
	if f.model != "" {
		words += fmt.Sprintf(" the model %q", f.model)
	}
	if f.provider != "" {
		words += fmt.Sprintf(" of %q", f.provider)
	}
	if words == "" {
		return " anything"
	}
	return words
}

// rows picks what was asked for: what holds on the day, and of one model all
// there is. An id of an endpoint that sells another's models has one row.
func (f *pricesFlags) rows(list money.Catalogue, day time.Time) []report.PriceRow {
	var rows []report.PriceRow
	for _, r := range list.Rows() {
		if f.provider != "" && r.Provider != f.provider || f.model != "" && !named(r, f.model) {
			continue
		}
		now, ok := list.Lookup(r.Provider, r.Model, day)
		inForce := ok && now.From == r.From && now.To == r.To && now.Status == r.Status
		if inForce || f.model != "" {
			rows = append(rows, report.PriceRow{Row: r, InForce: inForce})
		}
	}
	if row, ok := list.Lookup("bedrock", f.model, day); ok && len(rows) == 0 && (f.provider == "" || f.provider == "bedrock") {
		rows = append(rows, report.PriceRow{Row: row, InForce: true})
	}
	return rows
}

func named(r money.Row, model string) bool {
	return money.SameModel(r.Model, model) || slices.Contains(r.Aliases, model)
}

func (f *pricesFlags) check(p Process, name string) error {
	list, day, stale, err := f.catalogue(p)
	if err != nil {
		return err
	}
	data, err := readNamed("prices check", name, p.Stdin)
	if err != nil {
		return err
	}
	theirs, err := pricelist.Read(data, day.Format(time.DateOnly))
	if err != nil {
		return &pipeline.UsageError{Text: fmt.Sprintf("prices check %s: %v", name, err)}
	}
	view := report.PriceCheck{File: name, Day: day.Format(time.DateOnly), Stale: stale, List: theirs, Comparison: pricelist.Compare(theirs, list, day)}
	if err := f.printCheck(p, view); err != nil {
		return err
	}
	if len(view.Differences) > 0 {
		return withCode(ExitFindings)
	}
	return nil
}

func (f *pricesFlags) printCheck(p Process, view report.PriceCheck) error {
	if f.json {
		return report.PriceCheckJSON(p.Stdout, view)
	}
	var page bytes.Buffer
	if err := report.PriceCheckText(&page, view); err != nil {
		return err
	}
	return printPage(p, page.String())
}

func printPage(p Process, page string) error {
	if _, err := io.WriteString(p.Stdout, inert(p, page)); err != nil {
		return fmt.Errorf("print the prices: %w", err)
	}
	return nil
}
