package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/money"
)

// PriceRows are rows of the price list as of a day.
type PriceRows struct {
	Day     string // YYYY-MM-DD
	Checked string // when the list was last checked
	Stale   string // a sentence where the list is old, "" where it is not
	Rows    []PriceRow
	// Endpoints sell another vendor's models.
	Endpoints []money.Endpoint
}

// PriceRow is a row, and whether it is in force on the day.
type PriceRow struct {
	money.Row
	InForce bool
}

// PriceRowsText prints rows as a table for people, with the source of each.
func PriceRowsText(w io.Writer, p PriceRows) error {
	var out strings.Builder
	fmt.Fprintf(&out, "Prices on %s in dollars per million tokens. The list was last checked on %s.\n", line(p.Day), line(p.Checked))
	if p.Stale != "" {
		fmt.Fprintf(&out, "Note: %s\n", sentenceEnd(line(p.Stale)))
	}
	out.WriteString("\n")
	table := tabwriter.NewWriter(&out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "MODEL\tINPUT\tOUTPUT\tCACHE READ\tCACHE WRITE\tLONG-LIVED\tSINCE\tSTATUS\tCHECKED\tSERVED OTHERWISE")
	for _, r := range p.Rows {
		priceLine(table, line(r.ID()), r.Rates, fmt.Sprintf("%s\t%s\t%s\t%s", line(since(r.Row)), statusCell(r, p), dash(line(r.Checked)), dash(line(factorWords(r.Factors)))))
		if r.Long != nil {
			priceLine(table, fmt.Sprintf("  over %s prompt tokens", thousands(r.Long.Over)), r.Long.Rates, "\t\t\t")
		}
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the prices: %w", err)
	}
	priceSources(&out, p)
	pricesBesides(&out, p)
	if _, err := io.WriteString(w, withoutTails(out.String())); err != nil {
		return fmt.Errorf("print the prices: %w", err)
	}
	return nil
}

func priceLine(w io.Writer, model string, r money.Rates, rest string) {
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", model, r.Input.PerMillion(), r.Output.PerMillion(), perMillion(r.CacheRead), perMillion(r.CacheWrite), perMillion(r.CacheWrite1h), rest)
}

// statusCell also says why a row of another time or an announced one does not
// count.
func statusCell(r PriceRow, p PriceRows) string {
	words := strings.ReplaceAll(string(r.Status), "_", " ")
	switch {
	case r.InForce && r.To != "":
		return words + ", until " + line(r.To)
	case r.InForce:
		return words
	case r.Status == money.StatusAnnounced:
		return words + ", never applied by its date"
	case r.To != "" && r.To <= p.Day:
		return words + ", until " + line(r.To) + ", not in force"
	}
	return words + ", not in force"
}

func factorWords(factors []money.Factor) string {
	words := make([]string, len(factors))
	for i, f := range factors {
		words[i] = f.Name + " ×" + f.Decimal()
	}
	return strings.Join(words, ", ")
}

// priceSources names where the rows are from, each source once.
func priceSources(out *strings.Builder, p PriceRows) {
	var sources []string
	models := map[string][]string{}
	for _, r := range p.Rows {
		if models[r.Source] == nil {
			sources = append(sources, r.Source)
		}
		if !slices.Contains(models[r.Source], r.Model) {
			models[r.Source] = append(models[r.Source], r.Model)
		}
	}
	out.WriteString("\nSources:\n")
	for _, s := range sources {
		if len(sources) == 1 {
			fmt.Fprintf(out, "  %s\n", line(s))
			continue
		}
		fmt.Fprintf(out, "  %s: %s\n", line(s), line(strings.Join(models[s], ", ")))
	}
}

// pricesBesides says what else is billed, and where else.
func pricesBesides(out *strings.Builder, p PriceRows) {
	out.WriteString("\n")
	told := map[string]bool{}
	for _, r := range p.Rows {
		if r.WebSearch != nil && !told[r.Provider] {
			told[r.Provider] = true
			fmt.Fprintf(out, "A search that %s runs is %s.\n", line(r.Provider), r.WebSearch.Dollars())
		}
	}
	for _, e := range p.Endpoints {
		fmt.Fprintf(out, "%s, ids that begin with %s: the prices of %s times %s.\n", line(e.Provider), line(strings.Join(e.Prefixes, ", ")), line(e.PricesOf), line(e.Premium))
	}
	out.WriteString("A way to be served that no row names, such as another service tier, is unpriced.\n")
}

// withoutTails cuts the spaces that an empty last cell leaves.
func withoutTails(text string) string {
	var out strings.Builder
	for l := range strings.Lines(text) {
		out.WriteString(strings.TrimRight(l, " \n") + "\n")
	}
	return out.String()
}

type priceRowJSON struct {
	Provider string   `json:"provider"`
	Model    string   `json:"model"`
	Aliases  []string `json:"aliases"`
	InForce  bool     `json:"in_force"`
	From     *string  `json:"effective_from"`
	To       *string  `json:"effective_to"`
	Status   string   `json:"status"`
	ratesJSON
	Long      *longJSON         `json:"long_context"`
	Factors   map[string]string `json:"factors"`
	WebSearch *string           `json:"web_search_usd"`
	Source    string            `json:"source"`
	Checked   *string           `json:"checked"`
}

type ratesJSON struct {
	Input        string  `json:"input"`
	Output       string  `json:"output"`
	CacheRead    *string `json:"cache_read"`
	CacheWrite   *string `json:"cache_write"`
	CacheWrite1h *string `json:"cache_write_1h"`
}

type longJSON struct {
	Over int64 `json:"prompt_tokens_over"`
	ratesJSON
}

// PriceRowsJSON prints rows for programs, in the words of the list: prices are
// decimal strings in dollars per million tokens, and what is not known is null.
func PriceRowsJSON(w io.Writer, p PriceRows) error {
	rows := make([]priceRowJSON, len(p.Rows))
	for i, r := range p.Rows {
		rows[i] = priceRowOf(r)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	err := enc.Encode(struct {
		Day     string         `json:"day"`
		Unit    string         `json:"unit"`
		Checked string         `json:"checked"`
		Stale   *string        `json:"stale"`
		Rows    []priceRowJSON `json:"rows"`
	}{p.Day, "USD per 1,000,000 tokens", p.Checked, orNull(p.Stale), rows})
	if err != nil {
		return fmt.Errorf("print the prices: %w", err)
	}
	return nil
}

func priceRowOf(r PriceRow) priceRowJSON {
	row := priceRowJSON{
		Provider: r.Provider, Model: r.Model, Aliases: append([]string{}, r.Aliases...), InForce: r.InForce,
		From: orNull(r.From), To: orNull(r.To), Status: string(r.Status), ratesJSON: ratesOf(r.Rates),
		Factors: map[string]string{}, Source: r.Source, Checked: orNull(r.Checked),
	}
	if r.Long != nil {
		row.Long = &longJSON{Over: r.Long.Over, ratesJSON: ratesOf(r.Long.Rates)}
	}
	for _, f := range r.Factors {
		row.Factors[f.Name] = f.Decimal()
	}
	if r.WebSearch != nil {
		row.WebSearch = orNull(r.WebSearch.Decimal())
	}
	return row
}

func ratesOf(r money.Rates) ratesJSON {
	decimal := func(p *money.Pico) *string {
		if p == nil {
			return nil
		}
		return orNull(p.Decimal())
	}
	return ratesJSON{Input: r.Input.Decimal(), Output: r.Output.Decimal(), CacheRead: decimal(r.CacheRead), CacheWrite: decimal(r.CacheWrite), CacheWrite1h: decimal(r.CacheWrite1h)}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
