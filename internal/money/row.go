package money

import (
	"fmt"
	"math"
)

// Status says how well a price is known.
type Status string

// The statuses of a row. An announced price is never applied by its date: a
// rise that three sources had announced for 2026-09-01 was cancelled.
const (
	StatusConfirmed           Status = "confirmed"
	StatusConfirmedSecondary  Status = "confirmed_secondary"
	StatusUnverifiedSecondary Status = "unverified_secondary"
	StatusPromo               Status = "promo"
	StatusPromoEndUnknown     Status = "promo_end_unknown"
	StatusAnnounced           Status = "announced"
	StatusContract            Status = "contract" // given by the user over the built-in list
)

// note is what a reader of a cost should know of the price behind it.
func (s Status) note() string {
	switch s {
	case StatusConfirmedSecondary:
		return "price from a secondary source"
	case StatusUnverifiedSecondary:
		return "price from one unverified source"
	case StatusPromo:
		return "promotional price"
	case StatusPromoEndUnknown:
		return "promotional price whose end is not known"
	case StatusContract:
		return "contract price"
	}
	return ""
}

// Rates are prices in pico-dollars a token. A nil rate is not known, which is
// not zero: tokens in its bucket make a cost unpriced, since no cache price
// follows from another (0.1, 0.05 and 0.025 of the input price are all in use).
type Rates struct {
	Input, Output Pico
	CacheRead     *Pico
	CacheWrite    *Pico // five minutes, or the vendor's default lifetime
	CacheWrite1h  *Pico // the long lifetime: an hour at Anthropic, twelve at OpenAI
}

// LongContext replaces every rate of a request whose prompt has more than Over
// tokens, cached ones included. It is a cliff, not a margin.
type LongContext struct {
	Over  int64
	Rates Rates
}

// Row is the price of one model over one span of dates. From is inclusive and
// To exclusive, YYYY-MM-DD in UTC, "" for open. Source and Checked say where
// the price was read and when (YYYY-MM-DD or YYYY-MM).
type Row struct {
	Provider, Model string
	Aliases         []string
	From, To        string
	Status          Status
	Rates           Rates
	Long            *LongContext
	Factors         []Factor // ways to be served that have a price of their own, by name
	WebSearch       *Nano    // one search that the vendor runs; nil is not known
	Source          string
	Checked         string
}

// ID is "provider/model".
func (r Row) ID() string { return r.Provider + "/" + r.Model }

// maxTokens is a bound of sense: a count over it is a mistake or a lie. It
// also keeps every sum of products within 128 bits.
const maxTokens = 1_000_000_000_000

// picoInNano is the scale of a sum that no factor has multiplied.
const picoInNano = 1000

// Cost gives the exact cost of one request at list price: every bucket times
// its rate in 128 bits, the long-context rates for the whole request where the
// prompt is over the threshold, and one half-even rounding to nano-dollars.
// Usage that is not known or makes no sense gives Unknown; tokens in a bucket
// without a rate give Unpriced, with a note that names the bucket.
func (r Row) Cost(u Usage) Cost { return r.CostAs(u, Service{}) }

// tokens sums the buckets in pico-dollars. A cost with a state is the reason
// why there is no sum.
func (r Row) tokens(u Usage) (total uint128, why Cost) {
	fits := true
	for _, b := range r.ratesFor(u.PromptTokens()).buckets(u) {
		if b.tokens == 0 {
			continue
		}
		if b.rate == nil || *b.rate < 0 {
			return uint128{}, Cost{State: Unpriced, Note: fmt.Sprintf("no price for %s of %s", b.name, r.describe(u))}
		}
		if total, fits = total.add(wide(uint64(b.tokens), uint64(*b.rate)), fits); !fits {
			return uint128{}, tooLarge()
		}
	}
	return total, Cost{}
}

// rounded is where the one rounding happens.
func (r Row) rounded(total uint128, scale uint64, fits bool) Cost {
	nano, ok := total.divHalfEven(scale)
	if !fits || !ok || nano > math.MaxInt64 {
		return tooLarge()
	}
	return Cost{State: Priced, Nano: Nano(nano), Note: r.Status.note()}
}

func tooLarge() Cost { return Cost{State: Unknown, Note: "the cost is too large to be true"} }

// describe names the row, and its long-context part where that applies.
func (r Row) describe(u Usage) string {
	if r.Long != nil && u.PromptTokens() > r.Long.Over {
		return fmt.Sprintf("%s over %d prompt tokens", r.ID(), r.Long.Over)
	}
	return r.ID()
}

func (r Row) ratesFor(prompt int64) Rates {
	if r.Long != nil && prompt > r.Long.Over {
		return r.Long.Rates
	}
	return r.Rates
}

// UpperBound gives the most that a call may cost: every prompt token at the
// dearest of the input and the cache-write rate, since some vendors write to
// their cache unasked, and every permitted output token. Above the
// long-context threshold the dearer of both lists counts. One-hour cache
// writes are left out: nothing here asks for them. Counts that make no sense
// give Unknown.
func (r Row) UpperBound(promptTokens, maxOutput int64) Cost {
	dearest := r.Rates.dearest()
	if r.Long != nil && promptTokens > r.Long.Over {
		long := r.Long.Rates.dearest()
		dearest = Rates{Input: max(dearest.Input, long.Input), Output: max(dearest.Output, long.Output)}
	}
	bound := Row{Provider: r.Provider, Model: r.Model, Status: r.Status, Rates: dearest}
	return bound.Cost(Usage{Known: true, InputTokens: promptTokens, OutputTokens: maxOutput})
}

func (r Rates) dearest() Rates {
	input := r.Input
	for _, p := range []*Pico{r.CacheRead, r.CacheWrite} {
		if p != nil {
			input = max(input, *p)
		}
	}
	return Rates{Input: input, Output: r.Output}
}

type bucket struct {
	name   string
	tokens int64
	rate   *Pico
}

// buckets pairs the disjoint counts with their rates. Reasoning tokens are
// part of the output and have no bucket of their own.
func (r Rates) buckets(u Usage) []bucket {
	return []bucket{
		{"input", u.InputTokens, &r.Input},
		{"cache reads", u.CacheReadInputTokens, r.CacheRead},
		{"cache writes", u.CacheCreationInputTokens, r.CacheWrite},
		{"long-lived cache writes", u.CacheCreation1hInputTokens, r.CacheWrite1h},
		{"output", u.OutputTokens, &r.Output},
	}
}

// nonsense says why a usage cannot be priced, "" where it can.
func (u Usage) nonsense() string {
	if !u.Known {
		return "usage was not reported"
	}
	for _, b := range append((Rates{}).buckets(u), bucket{name: "reasoning", tokens: u.ReasoningOutputTokens}) {
		if b.tokens < 0 || b.tokens > maxTokens {
			return fmt.Sprintf("reported usage makes no sense: %d tokens of %s", b.tokens, b.name)
		}
	}
	if u.ReasoningOutputTokens > u.OutputTokens {
		return "reported usage makes no sense: more reasoning than output"
	}
	return ""
}

// Total is a sum of costs, with the number of parts that it excludes.
type Total struct {
	Nano     Nano
	Unpriced int
	Unknown  int
}

// Sum adds what is priced and counts what is not. A sum that passes the
// ceiling of a Nano counts the part that does not fit as unknown.
func Sum(costs ...Cost) Total {
	var t Total
	for _, c := range costs {
		sum := t.Nano + c.Nano
		overflow := c.Nano > 0 && sum < t.Nano || c.Nano < 0 && sum > t.Nano
		switch {
		case c.State == Priced && !overflow:
			t.Nano = sum
		case c.State == Unpriced:
			t.Unpriced++
		default:
			t.Unknown++
		}
	}
	return t
}
