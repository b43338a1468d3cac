// Package money turns token usage and dated prices into exact cost. Integers
// only: a price is pico-dollars a token, a cost is nano-dollars, and there is
// one rounding between them.
package money

// Nano is an amount in nano-dollars (10^-9 USD). It may be negative (a
// saving). The ceiling of an int64 is $9.2 billion.
type Nano int64

// Pico is a price in pico-dollars (10^-12 USD) a token. One USD per million
// tokens is 1,000,000 pico-dollars a token.
type Pico int64

// Usage is what a provider reported for one call, or a sum of calls, in
// tokens. The four input buckets are disjoint: their sum is the prompt.
// OutputTokens includes ReasoningOutputTokens. The zero value is unknown.
type Usage struct {
	Known                      bool
	InputTokens                int64 // uncached
	CacheReadInputTokens       int64
	CacheCreationInputTokens   int64 // written for five minutes, or the vendor's default lifetime
	CacheCreation1hInputTokens int64 // written for the long lifetime: one hour at Anthropic, twelve at OpenAI
	OutputTokens               int64
	ReasoningOutputTokens      int64
}

// PromptTokens is the sum of the disjoint input buckets.
func (u Usage) PromptTokens() int64 {
	return u.InputTokens + u.CacheReadInputTokens + u.CacheCreationInputTokens + u.CacheCreation1hInputTokens
}

// CostState says what is known of a cost.
type CostState string

// The states. Only Priced has an amount.
const (
	Priced   CostState = "priced"
	Unpriced CostState = "unpriced" // no price row fits
	Unknown  CostState = "unknown"  // the usage was not reported
)

// Cost is a total, or the reason why there is none. The zero value is not a
// valid cost: it prints as unknown.
type Cost struct {
	State CostState
	Nano  Nano // meaningful only where State is Priced
	Note  string
}
