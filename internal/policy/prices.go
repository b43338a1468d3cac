package policy

import (
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// prices reads contract prices. Two for one model must not hold on one day:
// which of them counts would hang on their order.
func (r *reader) prices(n *yamltree.Node) []Price {
	var prices []Price
	for _, item := range r.optionalList(n, "prices") {
		p := r.price(item)
		for _, earlier := range prices {
			if p.overlaps(earlier) {
				r.report(item.Pos, idOverlap, "this price of %s holds on days of the one at line %d", quoted(p.Provider+"/"+p.Model), earlier.Pos.Line)
				break
			}
		}
		prices = append(prices, p)
	}
	return prices
}

func (r *reader) price(n *yamltree.Node) Price {
	s := r.section(n, "a price", "+provider", "+model", "+input", "+output", "cache_read", "cache_write", "cache_write_1h", "long_context", "from", "to")
	p := Price{
		Provider:     r.provider(s.get("provider")),
		Model:        r.name(s.get("model"), "model"),
		Input:        value(r.rate(s.get("input"), "input")),
		Output:       value(r.rate(s.get("output"), "output")),
		CacheRead:    r.rate(s.get("cache_read"), "cache_read"),
		CacheWrite:   r.rate(s.get("cache_write"), "cache_write"),
		CacheWrite1h: r.rate(s.get("cache_write_1h"), "cache_write_1h"),
		Long:         r.longPrice(s.get("long_context")),
		From:         r.date(s.get("from"), "from"),
		To:           r.date(s.get("to"), "to"),
		Pos:          s.pos,
	}
	if p.From != "" && p.To != "" && p.From >= p.To {
		r.report(s.get("to").Pos, idOutOfRange, "to is %s and not after from; the price holds on no day", p.To)
	}
	return p
}

// longPrice reads what a contract charges for long prompts. Without it the price
// is one for prompts of any length, whatever the list says of the model.
func (r *reader) longPrice(n *yamltree.Node) *LongPrice {
	if n == nil {
		return nil
	}
	s := r.section(n, "long_context", "+over", "+input", "+output", "cache_read", "cache_write", "cache_write_1h")
	return &LongPrice{
		Over:         r.integer(s.get("over"), "over", 1, maxPromptStep, 200_000),
		Input:        value(r.rate(s.get("input"), "input")),
		Output:       value(r.rate(s.get("output"), "output")),
		CacheRead:    r.rate(s.get("cache_read"), "cache_read"),
		CacheWrite:   r.rate(s.get("cache_write"), "cache_write"),
		CacheWrite1h: r.rate(s.get("cache_write_1h"), "cache_write_1h"),
	}
}

// maxPromptStep is more tokens than any context window has.
const maxPromptStep = 100_000_000

// value is for rates that are required: an absent one has its finding.
func value(p *money.Pico) money.Pico {
	if p == nil {
		return 0
	}
	return *p
}

func (p Price) overlaps(q Price) bool {
	before := func(to, from string) bool { return to != "" && from != "" && to <= from }
	return p.Model != "" && p.Provider == q.Provider && p.Model == q.Model && !before(p.To, q.From) && !before(q.To, p.From)
}

// PriceRows gives the contract prices in the form of the price list.
func (f *File) PriceRows() []money.Row {
	rows := make([]money.Row, len(f.Prices))
	for i, p := range f.Prices {
		rows[i] = money.Row{
			Provider: p.Provider, Model: p.Model, From: p.From, To: p.To, Source: p.Pos.String(),
			Rates: money.Rates{Input: p.Input, Output: p.Output, CacheRead: p.CacheRead, CacheWrite: p.CacheWrite, CacheWrite1h: p.CacheWrite1h},
		}
		if l := p.Long; l != nil {
			rows[i].Long = &money.LongContext{
				Over:  l.Over,
				Rates: money.Rates{Input: l.Input, Output: l.Output, CacheRead: l.CacheRead, CacheWrite: l.CacheWrite, CacheWrite1h: l.CacheWrite1h},
			}
		}
	}
	return rows
}
