package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func priceStale() Rule {
	const price = "prices:\n  - { provider: anthropic, model: claude-opus-5-5, input: 3.20, output: 16, from: 2026-10-01%s }\n"
	return Rule{
		ID:       "price-stale",
		Severity: diag.Warning,
		Summary:  "a contract price has ended, says what the list says, or is older than the list's",
		Why: "A price under prices: stands over the built-in list for as long as it holds. One that has ended does nothing; one that was agreed before the vendor changed its list " +
			"may be above what everybody pays. The list changes within weeks.",
		Fix:    "Take the price out, or write the one of today with its from:.",
		Bad:    Example{Text: minimal(replaced(price, ", to: 2026-11-01"))},
		Good:   Example{Text: minimal(replaced(price, ", to: 2027-04-01"))},
		Policy: stalePrices,
	}
}

func stalePrices(p Policy, w World) []Hit {
	var hits []Hit
	for _, price := range p.File.Prices {
		if !p.owns(price.Pos) {
			continue
		}
		n := p.nodeAt(price.Pos)
		list, listed := w.listPrice(price.Provider, price.Model)
		switch {
		case price.To != "" && price.To <= w.Today:
			h := p.onEntry(n, "to", Hit{Pos: price.Pos})
			if to := child(n, "to"); to != nil {
				h = p.onValue(to, "this price of %.60s ended on %s: take it out, or write the one of today", price.Model, price.To)
			}
			hits = append(hits, h)
		case listed && saysTheSame(price, list):
			hits = append(hits, p.onEntry(n, "model", Hit{Pos: price.Pos, Message: fmt.Sprintf("this price of %.60s is what the list says of %s: take it out, and later changes of the list count", price.Model, w.Today)}))
		case listed && price.From != "" && price.From < list.From && w.changedOn(list):
			hits = append(hits, p.onEntry(n, "model", Hit{Pos: price.Pos, Message: fmt.Sprintf("this price of %.60s is of %s, and the list changed on %s to %s: check that it still holds, and write its new from", price.Model, price.From, list.From, rates(list))}))
		}
	}
	return hits
}

// changedOn says that the list had another price of the model before this one:
// the first one began with the model.
func (w World) changedOn(row money.Row) bool {
	for _, other := range w.Prices.Rows() {
		if other.Provider == row.Provider && other.Model == row.Model && other.From < row.From && other.Status != money.StatusAnnounced {
			return true
		}
	}
	return false
}

// saysTheSame asks only where the contract price is in force, and where it
// tells every rate that the list tells: one that leaves a rate out takes it
// away.
func saysTheSame(p policy.Price, list money.Row) bool {
	same := func(a, b *money.Pico) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
	return list.Long == nil && p.Input == list.Rates.Input && p.Output == list.Rates.Output &&
		same(p.CacheRead, list.Rates.CacheRead) && same(p.CacheWrite, list.Rates.CacheWrite) && same(p.CacheWrite1h, list.Rates.CacheWrite1h)
}
