package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/pricelist"
)

// PriceCheck is a comparison of our prices with a file.
type PriceCheck struct {
	File  string // as the user named it
	Day   string // YYYY-MM-DD
	Stale string // a sentence where our list is old, "" where it is not
	List  pricelist.List
	pricelist.Comparison
}

// shownModels is how many models that are not compared are named in text.
const shownModels = 20

// PriceCheckText prints a comparison for people.
func PriceCheckText(w io.Writer, c PriceCheck) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s has the form of %s and %s. %s a price here on %s.\n", line(c.File), c.List.Form, count(len(c.List.Entries), "model"), have(c.Compared), line(c.Day))
	if c.Stale != "" {
		fmt.Fprintf(&out, "Note: %s\n", sentenceEnd(line(c.Stale)))
	}
	if err := differences(&out, c); err != nil {
		return fmt.Errorf("print the comparison: %w", err)
	}
	var absent []string
	for _, r := range c.Absent {
		absent = append(absent, r.ID())
	}
	models(&out, "Here and not there", absent)
	models(&out, "Not compared, since they have no price here", c.Unknown)
	models(&out, "Not compared, since they are priced by the hour of the day", c.List.Skipped)
	if c.Others > 0 {
		fmt.Fprintf(&out, "\nNot compared, since no model of their providers has a price here: %s.\n", count(c.Others, "model"))
	}
	fmt.Fprintf(&out, "\n%s\n", c.verdict())
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("print the comparison: %w", err)
	}
	return nil
}

func have(n int) string {
	if n == 1 {
		return "1 of them has"
	}
	return thousands(int64(n)) + " of them have"
}

// verdict is the last line.
func (c PriceCheck) verdict() string {
	if len(c.Differences) == 0 {
		return "No price differs."
	}
	models := map[string]bool{}
	for _, d := range c.Differences {
		models[d.Row.ID()] = true
	}
	verb := "differ"
	if len(c.Differences) == 1 {
		verb = "differs"
	}
	return fmt.Sprintf("%s of %s %s.", count(len(c.Differences), "price"), count(len(models), "model"), verb)
}

func differences(out *strings.Builder, c PriceCheck) error {
	for _, part := range []struct {
		title string
		rows  []pricelist.Difference
	}{
		{"What differs, in dollars per million tokens:", c.Differences},
		{"What the file says and no source here does; it is not compared:", c.Theirs},
	} {
		if len(part.rows) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s\n", part.title)
		table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(table, "MODEL\tPRICE\tHERE\tTHERE\tSINCE, HERE\tSINCE, THERE\tSTATUS\tCHECKED\tSOURCE, HERE\tSOURCE, THERE")
		for _, d := range part.rows {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", line(d.Row.ID()), d.Name, d.Here, d.There, line(since(d.Row)), dash(line(d.Entry.Since)),
				strings.ReplaceAll(string(d.Row.Status), "_", " "), dash(line(d.Row.Checked)), line(d.Row.Source), dash(line(d.Entry.Source)))
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func models(out *strings.Builder, title string, ids []string) {
	if len(ids) == 0 {
		return
	}
	shown := make([]string, min(len(ids), shownModels))
	for i := range shown {
		shown[i] = line(ids[i])
	}
	more := ""
	if len(ids) > len(shown) {
		more = fmt.Sprintf(" and %s more (--json names all)", thousands(int64(len(ids)-len(shown))))
	}
	fmt.Fprintf(out, "\n%s (%s): %s%s\n", title, thousands(int64(len(ids))), strings.Join(shown, ", "), more)
}

type differenceJSON struct {
	Model       string  `json:"model"`
	Price       string  `json:"price"`
	Here        string  `json:"here"`
	There       string  `json:"there"`
	SinceHere   *string `json:"since_here"`
	SinceThere  *string `json:"since_there"`
	Status      string  `json:"status"`
	Checked     *string `json:"checked"`
	SourceHere  string  `json:"source_here"`
	SourceThere *string `json:"source_there"`
}

// PriceCheckJSON prints a comparison for programs.
func PriceCheckJSON(w io.Writer, c PriceCheck) error {
	absent := []string{}
	for _, r := range c.Absent {
		absent = append(absent, r.ID())
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	err := enc.Encode(struct {
		File        string           `json:"file"`
		Form        string           `json:"form"`
		Day         string           `json:"day"`
		Stale       *string          `json:"stale"`
		Models      int              `json:"models"`
		Compared    int              `json:"compared"`
		Differences []differenceJSON `json:"differences"`
		ThereAlone  []differenceJSON `json:"there_alone"`
		HereAlone   []string         `json:"here_alone"`
		NotCompared []string         `json:"not_compared"`
		Others      int              `json:"of_other_providers"`
		ByTheHour   []string         `json:"by_the_hour"`
	}{
		c.File, string(c.List.Form), c.Day, orNull(c.Stale), len(c.List.Entries), c.Compared, differencesOf(c.Differences), differencesOf(c.Theirs), absent,
		append([]string{}, c.Unknown...), c.Others, append([]string{}, c.List.Skipped...),
	})
	if err != nil {
		return fmt.Errorf("print the comparison: %w", err)
	}
	return nil
}

func differencesOf(all []pricelist.Difference) []differenceJSON {
	rows := make([]differenceJSON, len(all))
	for i, d := range all {
		rows[i] = differenceJSON{
			Model: d.Row.ID(), Price: d.Name, Here: d.Here, There: d.There, SinceHere: orNull(d.Row.From), SinceThere: orNull(d.Entry.Since),
			Status: string(d.Row.Status), Checked: orNull(d.Row.Checked), SourceHere: d.Row.Source, SourceThere: orNull(d.Entry.Source),
		}
	}
	return rows
}
