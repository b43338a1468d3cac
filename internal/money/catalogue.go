package money

import (
	"fmt"
	"slices"
	"time"
)

// staleAfter is how old the newest source may be, in days: in 2026 list
// prices changed within weeks.
const staleAfter = 60

// Catalogue is a list of dated prices. The zero value knows no price.
type Catalogue struct {
	contract  []Row
	list      []Row
	endpoints []endpoint
}

// With gives a catalogue in which the rows given here come before the
// built-in ones. They are contract prices, whatever their status says.
func (c Catalogue) With(rows ...Row) Catalogue {
	contract := slices.Clone(c.contract)
	for _, r := range rows {
		r.Status = StatusContract
		contract = append(contract, r)
	}
	return Catalogue{contract: contract, list: c.list, endpoints: c.endpoints}
}

// Rows gives every row, contract prices first.
func (c Catalogue) Rows() []Row {
	return slices.Concat(c.contract, c.list)
}

// Lookup finds the price of a model at a moment. The model's id must be equal
// to the row's, or to one of its aliases, or have a date suffix besides;
// nothing is ever priced by a prefix or as a sibling. Of several rows the one
// that began last counts, contract rows before built-in ones: a contract for a
// model holds under each of the names that the list knows it by. Announced
// rows are never found. At an endpoint that sells another vendor's models the
// row is that vendor's, with the endpoint's premium on every rate.
func (c Catalogue) Lookup(provider, model string, at time.Time) (Row, bool) {
	day := at.UTC().Format(time.DateOnly)
	if row, ok := find(c.contract, provider, c.namesOf(provider, model), day); ok {
		return row, true
	}
	if row, ok := find(c.list, provider, []string{model}, day); ok {
		return row, true
	}
	return c.atEndpoint(provider, model, day)
}

// find looks for the first name that has a row; an exact id wins over one that
// matches but for its date.
func find(rows []Row, provider string, names []string, day string) (Row, bool) {
	for _, name := range names {
		for _, matches := range []func(Row) bool{
			func(r Row) bool { return r.Model == name || slices.Contains(r.Aliases, name) },
			func(r Row) bool { return r.Model == withoutDate(name) },
		} {
			if row, ok := latest(rows, day, func(r Row) bool { return r.Provider == provider && matches(r) }); ok {
				return row, true
			}
		}
	}
	return Row{}, false
}

// namesOf gives the ids under which a contract may name the model, the asked
// one first.
func (c Catalogue) namesOf(provider, model string) []string {
	names := []string{model}
	for _, r := range c.list {
		if r.Provider == provider && (r.Model == model || r.Model == withoutDate(model) || slices.Contains(r.Aliases, model)) {
			names = append(append(names, r.Model), r.Aliases...)
		}
	}
	return names
}

func latest(rows []Row, day string, matches func(Row) bool) (Row, bool) {
	var best Row
	found := false
	for _, r := range rows {
		if r.Status == StatusAnnounced || !matches(r) || !r.holds(day) {
			continue
		}
		if !found || r.From > best.From {
			best, found = r, true
		}
	}
	return best, found
}

// holds says whether the row is in force on a day. ISO dates order as text.
func (r Row) holds(day string) bool {
	return (r.From == "" || r.From <= day) && (r.To == "" || day < r.To)
}

// Checked is the date of the newest source of the built-in list, as written
// there (YYYY-MM-DD or YYYY-MM); "" where there is none.
func (c Catalogue) Checked() string {
	newest := ""
	for _, r := range c.list {
		newest = max(newest, r.Checked)
	}
	return newest
}

// Stale says whether the newest source is more than 60 days older than today
// (YYYY-MM-DD), with a sentence for the report. A date that cannot be read
// counts as stale.
func (c Catalogue) Stale(today string) (bool, string) {
	checked := c.Checked()
	then, err := parseDay(checked)
	if err != nil {
		return true, "the price list does not say when it was checked"
	}
	now, err := parseDay(today)
	if err != nil {
		return true, fmt.Sprintf("the age of the price list is not known: today is given as %q", today)
	}
	if days := now.Sub(then) / (24 * time.Hour); days > staleAfter {
		return true, fmt.Sprintf("the price list was last checked on %s, %d days ago: prices may have changed", checked, days)
	}
	return false, ""
}

// parseDay reads YYYY-MM-DD, or YYYY-MM as the month's first day.
func parseDay(s string) (time.Time, error) {
	if t, err := time.Parse("2006-01", s); err == nil {
		return t, nil
	}
	return time.Parse(time.DateOnly, s)
}
