package money

import (
	"fmt"
	"slices"
	"strings"
)

// Service is how a request was served, as its response says: what the vendor
// multiplies its token prices by, and what it bills besides tokens. The zero
// value is one request at list price.
type Service struct {
	Tier   string // "batch", "flex", "priority" and the like; "" is the standard tier
	Speed  string // "fast"; "" is the standard speed
	Region string // where inference was confined to, such as "us"; "" is anywhere
	// WebSearches are searches that the vendor ran and bills by the piece.
	WebSearches int64
	// LargestPrompt is the prompt of the largest request where the usage is a
	// sum of several, in tokens; 0 where it is one request. A long-context step
	// is met by a request, never by a sum.
	LargestPrompt int64
	// Unpriced names something that was billed and that no row has a price
	// for, "" for nothing.
	Unpriced string
}

// factors names the multipliers that the service asks of a row.
func (s Service) factors() []string {
	var names []string
	for _, name := range []string{s.Tier, s.Speed} {
		if name != "" {
			names = append(names, name)
		}
	}
	if s.Region != "" {
		names = append(names, "region "+s.Region)
	}
	return names
}

// Factor multiplies every token price of a row for a way to be served.
// Several stack by multiplication.
type Factor struct {
	Name        string // "batch", "flex", "priority", "fast", "region us"
	Thousandths int64  // 500 is half the price
}

// Decimal gives the factor as a plain decimal, such as "1.1".
func (f Factor) Decimal() string {
	return Nano(f.Thousandths * (nanoDollar / factorScale)).Decimal()
}

const (
	factorPlaces = 3
	factorScale  = 1_000
	// largestFactor is a bound of sense. It also keeps products within 128 bits.
	largestFactor = 100 * factorScale
)

// parseFactor reads a decimal factor, such as "0.5": more than zero, at most a
// hundred, three decimal places or fewer.
func parseFactor(name, s string) (Factor, error) {
	n, err := parseDecimal(s, factorPlaces)
	if err == nil && (n == 0 || n > largestFactor) {
		err = fmt.Errorf("expected a factor over 0 and up to %d", largestFactor/factorScale)
	}
	if err != nil {
		return Factor{}, fmt.Errorf("read factor %q of %q: %w", s, name, err)
	}
	return Factor{Name: name, Thousandths: n}, nil
}

// parseFactors reads the factors of a row, in the order of their names.
func parseFactors(raw map[string]string) ([]Factor, error) {
	var factors []Factor
	for name, s := range raw {
		f, err := parseFactor(name, s)
		if err != nil {
			return nil, err
		}
		factors = append(factors, f)
	}
	slices.SortFunc(factors, func(a, b Factor) int { return strings.Compare(a.Name, b.Name) })
	return factors, nil
}

// factor finds a multiplier by its name.
func (r Row) factor(name string) (Factor, bool) {
	at := slices.IndexFunc(r.Factors, func(f Factor) bool { return f.Name == name })
	if at < 0 {
		return Factor{}, false
	}
	return r.Factors[at], true
}

// CostAs gives the exact cost of a usage that was served in a certain way:
// tokens at their rates, times every factor, and searches by the piece, with
// one rounding at the end. A way to be served that the row has no price for
// gives Unpriced: list price is never assumed for it.
func (r Row) CostAs(u Usage, s Service) Cost {
	if why := u.nonsense(); why != "" {
		return Cost{State: Unknown, Note: why}
	}
	if why := r.unpriced(u, s); why != "" {
		return Cost{State: Unpriced, Note: why}
	}
	total, cost := r.tokens(u)
	if cost.State != "" {
		return cost
	}
	scale := uint64(picoInNano)
	fits := true
	for _, name := range s.factors() {
		f, _ := r.factor(name) // unpriced has looked for it
		total, fits = total.times(uint64(f.Thousandths), fits)
		scale *= factorScale
	}
	if s.WebSearches > 0 {
		var searches uint128
		searches, fits = wide(uint64(s.WebSearches), uint64(*r.WebSearch)).times(scale, fits)
		total, fits = total.add(searches, fits)
	}
	return r.rounded(total, scale, fits)
}

// unpriced says what of a service has no price in this row, "" for nothing.
func (r Row) unpriced(u Usage, s Service) string {
	if s.Unpriced != "" {
		return fmt.Sprintf("no price for %s of %s", s.Unpriced, r.ID())
	}
	for _, name := range s.factors() {
		if _, ok := r.factor(name); !ok {
			return fmt.Sprintf("no price for %q of %s", name, r.ID())
		}
	}
	if s.WebSearches > 0 && r.WebSearch == nil {
		return fmt.Sprintf("no price for web searches of %s", r.ID())
	}
	if s.WebSearches < 0 || s.WebSearches > maxTokens {
		return fmt.Sprintf("reported use makes no sense: %d web searches", s.WebSearches)
	}
	if r.Long != nil && s.LargestPrompt > 0 && u.PromptTokens() > r.Long.Over && s.LargestPrompt <= r.Long.Over {
		return fmt.Sprintf("no price for several prompts of %s that are over %d tokens together and not one by one", r.ID(), r.Long.Over)
	}
	return ""
}
