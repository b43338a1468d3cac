package pricelist

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tierwise/tierwise/internal/money"
)

// Comparison is what two lists say of the same models on one day.
type Comparison struct {
	Compared int // entries of the file that have a row here
	// Differences are prices that both sides give and that are not the same.
	Differences []Difference
	// Theirs are prices that the file alone gives, of models that are compared.
	Theirs []Difference
	// Unknown are models that no row here prices, of providers that we have
	// rows of; Others is how many there are of other providers.
	Unknown []string
	Others  int
	// Absent are rows of ours that hold on the day and that the file does not
	// have, of the providers that it has.
	Absent []money.Row
}

// Difference is one price of one model on both sides.
type Difference struct {
	Row         money.Row // ours
	Entry       Entry     // theirs
	Name        string    // of the price, such as "cache read over the step"
	Here, There string    // as dollars per million tokens, or in words
}

// Compare holds a file against our list on a day. Announced prices are not
// compared: they are not in force.
func Compare(list List, catalogue money.Catalogue, at time.Time) Comparison {
	var c Comparison
	seen := map[string]bool{}
	providers := map[string]bool{}
	for _, e := range list.Entries {
		if e.Provider == "" {
			c.Others++
			continue
		}
		providers[e.Provider] = true
		row, ok := e.find(catalogue, at)
		if !ok {
			c.Unknown = append(c.Unknown, e.ID())
			continue
		}
		seen[row.ID()] = true
		c.Compared++
		c.compare(row, e)
	}
	for _, row := range catalogue.Rows() {
		if now, ok := catalogue.Lookup(row.Provider, row.Model, at); ok && now.From == row.From && now.Status == row.Status && providers[row.Provider] && !seen[row.ID()] {
			c.Absent = append(c.Absent, row)
		}
	}
	c.Differences, c.Theirs = once(c.Differences), once(c.Theirs)
	slices.Sort(c.Unknown)
	c.Unknown = slices.Compact(c.Unknown)
	return c
}

// once drops what a file says again of a model under another of its ids.
func once(all []Difference) []Difference {
	var kept []Difference
	for _, d := range all {
		same := func(k Difference) bool {
			return k.Row.ID() == d.Row.ID() && k.Name == d.Name && k.There == d.There && k.Entry.Since == d.Entry.Since
		}
		if !slices.ContainsFunc(kept, same) {
			kept = append(kept, d)
		}
	}
	return kept
}

// find looks our row up by the ids that the file says are the model's.
func (e Entry) find(catalogue money.Catalogue, at time.Time) (money.Row, bool) {
	for _, id := range append([]string{e.Model}, e.Also...) {
		if row, ok := catalogue.Lookup(e.Provider, id, at); ok {
			return row, true
		}
	}
	return money.Row{}, false
}

func (c *Comparison) compare(row money.Row, e Entry) {
	here := pricesOf(row)
	add := func(to *[]Difference, name, ours, theirs string) {
		*to = append(*to, Difference{Row: row, Entry: e, Name: name, Here: ours, There: theirs})
	}
	if here := stepOf(row); here != e.Step && (e.Flat || e.Step > 0) {
		add(&c.Differences, step, stepWords(here), stepWords(e.Step))
	}
	for _, name := range slices.Sorted(maps.Keys(e.Prices)) {
		theirs := e.Prices[name]
		ours, known := here[name]
		switch {
		case !known:
			add(&c.Theirs, name, "not known", theirs.PerMillion())
		case ours != theirs:
			add(&c.Differences, name, ours.PerMillion(), theirs.PerMillion())
		}
	}
}

func stepOf(row money.Row) int64 {
	if row.Long == nil {
		return 0
	}
	return row.Long.Over
}

func stepWords(over int64) string {
	switch {
	case over == 0:
		return "none"
	case over < 1_000:
		return fmt.Sprintf("over %d", over)
	case over < 1_000_000:
		return fmt.Sprintf("over %d,%03d", over/1_000, over%1_000)
	}
	return fmt.Sprintf("over %d,%03d,%03d", over/1_000_000, over/1_000%1_000, over%1_000)
}

// pricesOf gives the prices of a row by the names that files have too.
func pricesOf(row money.Row) map[string]money.Pico {
	prices := map[string]money.Pico{}
	addRates(prices, row.Rates, "")
	if row.Long != nil {
		addRates(prices, row.Long.Rates, overStep)
	}
	base := maps.Clone(prices)
	for _, f := range row.Factors {
		for _, name := range []string{input, output, cacheRead, cacheWrite, cacheWriteLong} {
			if p, ok := base[name]; ok && int64(p)*f.Thousandths%thousandthsOfWhole == 0 {
				prices[f.Name+" "+name] = p * money.Pico(f.Thousandths) / thousandthsOfWhole
			}
		}
	}
	return prices
}

func addRates(to map[string]money.Pico, r money.Rates, suffix string) {
	to[input+suffix], to[output+suffix] = r.Input, r.Output
	for name, p := range map[string]*money.Pico{cacheRead: r.CacheRead, cacheWrite: r.CacheWrite, cacheWriteLong: r.CacheWrite1h} {
		if p != nil {
			to[name+suffix] = *p
		}
	}
}
