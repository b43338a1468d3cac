package money

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func november() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

func list(t *testing.T) Catalogue {
	t.Helper()
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func row(t *testing.T, provider, model string) Row {
	t.Helper()
	r, ok := list(t).Lookup(provider, model, november())
	if !ok {
		t.Fatalf("no price for %s/%s", provider, model)
	}
	return r
}

func tokens(in, out int64) Usage {
	return Usage{Known: true, InputTokens: in, OutputTokens: out}
}

// worked is the article's example: four tasks at a quarter input, but auth.
func worked() []struct {
	task     string
	usage    Usage
	frontier bool
} {
	return []struct {
		task     string
		usage    Usage
		frontier bool
	}{
		{"docs", tokens(1_000, 3_000), false},
		{"config", tokens(1_500, 4_500), false},
		{"tests", tokens(2_000, 6_000), false},
		{"auth", tokens(5_750, 19_250), true},
	}
}

func TestTheWorkedExampleToTheNanoDollar(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                string
		frontier, efficient string
		parts               [4]Nano
		total, baseline     Nano
		saved               int64 // tenths of a percent
	}{
		{"the article's models", "claude-opus-4-8", "claude-haiku-4-5", [4]Nano{16_000_000, 24_000_000, 32_000_000, 510_000_000}, 582_000_000, 870_000_000, 331},
		{"October 2026", "claude-opus-5-5", "claude-haiku-5-5", [4]Nano{1_600_000, 2_400_000, 3_200_000, 408_000_000}, 415_200_000, 696_000_000, 403},
		{"October 2026 with the older small model", "claude-opus-5-5", "claude-haiku-4-5", [4]Nano{16_000_000, 24_000_000, 32_000_000, 408_000_000}, 480_000_000, 696_000_000, 310},
		{"the article's own dollars, which are a $2/$10 model's", "claude-opus-4-8", "claude-sonnet-5", [4]Nano{32_000_000, 48_000_000, 64_000_000, 510_000_000}, 654_000_000, 870_000_000, 248},
	} {
		frontier, efficient := row(t, "anthropic", tt.frontier), row(t, "anthropic", tt.efficient)
		var spent, baseline []Cost
		var parts [4]Nano
		for i, w := range worked() {
			r := efficient
			if w.frontier {
				r = frontier
			}
			cost := r.Cost(w.usage)
			if cost.State != Priced {
				t.Fatalf("%s: %s is %+v", tt.name, w.task, cost)
			}
			parts[i] = cost.Nano
			spent, baseline = append(spent, cost), append(baseline, frontier.Cost(w.usage))
		}
		if diff := cmp.Diff(tt.parts, parts); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		total, all := Sum(spent...), Sum(baseline...)
		if total != (Total{Nano: tt.total}) || all != (Total{Nano: tt.baseline}) {
			t.Errorf("%s: total %+v of %+v, want %d of %d", tt.name, total, all, tt.total, tt.baseline)
		}
		if saved, ok := PercentTenths(all.Nano-total.Nano, all.Nano); !ok || saved != tt.saved {
			t.Errorf("%s: saved %d tenths of a percent, want %d", tt.name, saved, tt.saved)
		}
	}
	if saved := Nano(870_000_000 - 582_000_000); saved.Dollars() != "$0.2880" {
		t.Errorf("the saving reads %s", saved.Dollars())
	}
}

func TestOtherMixesOfTheWorkedExample(t *testing.T) {
	t.Parallel()
	opus, haiku := row(t, "anthropic", "claude-opus-4-8"), row(t, "anthropic", "claude-haiku-4-5")
	// auth at a quarter input: $0.572 of $0.86, 33.5 %.
	auth := opus.Cost(tokens(6_250, 18_750)).Nano
	total := 72_000_000 + auth
	all := 360_000_000 + auth
	if total != 572_000_000 || all != 860_000_000 {
		t.Errorf("%d of %d, want 572,000,000 of 860,000,000", total, all)
	}
	if saved, _ := PercentTenths(all-total, all); saved != 335 {
		t.Errorf("saved %d tenths of a percent, want 335", saved)
	}
	// 43,000 tokens at nine tenths input: $0.301 for all on the frontier.
	if got := opus.Cost(tokens(38_700, 4_300)).Nano; got != 301_000_000 {
		t.Errorf("got %d, want 301,000,000", got)
	}
	// Both sides scale alike, so the mix does not change the 80 % per task.
	for _, u := range []Usage{tokens(4_000, 0), tokens(3_600, 400), tokens(0, 4_000)} {
		if saved, _ := PercentTenths(opus.Cost(u).Nano-haiku.Cost(u).Nano, opus.Cost(u).Nano); saved != 800 {
			t.Errorf("%+v saves %d tenths of a percent, want 800", u, saved)
		}
	}
}

func TestTheLongContextCliffIsOnTheWholeRequest(t *testing.T) {
	t.Parallel()
	haiku := row(t, "anthropic", "claude-haiku-5-5")
	for _, tt := range []struct {
		name string
		row  Row
		u    Usage
		want Cost
	}{
		{"at the threshold the list price holds", haiku, tokens(100_000, 1_000), Cost{State: Priced, Nano: 10_500_000}},
		{"one token over it, every token is dear", haiku, tokens(100_001, 1_000), Cost{State: Priced, Nano: 52_500_500}},
		{"cached tokens count towards the threshold", haiku, Usage{Known: true, InputTokens: 1, CacheReadInputTokens: 100_000, OutputTokens: 1_000}, Cost{State: Priced, Nano: 7_500_500}},
		{"cache writes count towards it", haiku, Usage{Known: true, InputTokens: 1, CacheCreationInputTokens: 100_000}, Cost{State: Priced, Nano: 62_500_500}},
		{
			"a bucket without a rate above it is not priced at the rate below", haiku,
			Usage{Known: true, InputTokens: 100_000, CacheCreation1hInputTokens: 1},
			Cost{State: Unpriced, Note: "no price for long-lived cache writes of anthropic/claude-haiku-5-5 over 100000 prompt tokens"},
		},
		{"multipliers: twice the input, one and a half times the output", row(t, "openai", "gpt-6-luna"), tokens(272_001, 1_000), Cost{State: Priced, Nano: 55_150_200, Note: "price from a secondary source"}},
		{"multipliers reach the cache reads", row(t, "openai", "gpt-6-luna"), Usage{Known: true, InputTokens: 272_000, CacheReadInputTokens: 1_000}, Cost{State: Priced, Nano: 54_420_000, Note: "price from a secondary source"}},
		{"300,000 tokens on gpt-5.5: $3.00 of input, not $1.50", row(t, "openai", "gpt-5.5"), tokens(300_000, 10_000), Cost{State: Priced, Nano: 3_450_000_000}},
	} {
		if diff := cmp.Diff(tt.want, tt.row.Cost(tt.u)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestWhatCannotBePricedHasNoAmount(t *testing.T) {
	t.Parallel()
	opus := row(t, "anthropic", "claude-opus-5-5")
	mini := row(t, "openai", "gpt-5-mini")
	negative := Pico(-1)
	for _, tt := range []struct {
		name  string
		row   Row
		u     Usage
		state CostState
		note  string
	}{
		{"the zero usage is unknown, not free", opus, Usage{}, Unknown, "not reported"},
		{"numbers without Known are unknown", opus, Usage{InputTokens: 5}, Unknown, "not reported"},
		{"minus one", opus, tokens(-1, 5), Unknown, "-1 tokens of input"},
		{"minus one output", opus, tokens(5, -1), Unknown, "-1 tokens of output"},
		{"an absurd count", opus, tokens(math.MaxInt64, 0), Unknown, "makes no sense"},
		{"an absurd cache", opus, Usage{Known: true, CacheReadInputTokens: maxTokens + 1}, Unknown, "cache reads"},
		{"more reasoning than output", opus, Usage{Known: true, OutputTokens: 1, ReasoningOutputTokens: 2}, Unknown, "more reasoning than output"},
		{"negative reasoning", opus, Usage{Known: true, OutputTokens: 1, ReasoningOutputTokens: -2}, Unknown, "of reasoning"},
		{"a cache write where no such price is known", mini, Usage{Known: true, CacheCreationInputTokens: 1}, Unpriced, "no price for cache writes of openai/gpt-5-mini"},
		{"a negative rate is no rate", Row{Rates: Rates{Input: negative}}, tokens(1, 0), Unpriced, "input"},
		{"an amount over the ceiling", Row{Rates: Rates{Input: math.MaxInt64}}, tokens(maxTokens, 0), Unknown, "too large"},
	} {
		got := tt.row.Cost(tt.u)
		if got.State != tt.state || got.Nano != 0 || !strings.Contains(got.Note, tt.note) {
			t.Errorf("%s: got %+v, want %s with %q", tt.name, got, tt.state, tt.note)
		}
	}
	if got := opus.Cost(Usage{Known: true}); got != (Cost{State: Priced}) {
		t.Errorf("no tokens cost nothing and that is known, got %+v", got)
	}
}

func TestTheOneRoundingIsHalfEven(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		pico int64
		want Nano
	}{
		{0, 0}, {499, 0}, {500, 0}, {501, 1}, {999, 1}, {1499, 1}, {1500, 2}, {1501, 2}, {2500, 2}, {3500, 4},
	} {
		if got := (Row{Rates: Rates{Input: Pico(tt.pico)}}).Cost(tokens(1, 0)); got.Nano != tt.want {
			t.Errorf("%d pico-dollars round to %d, want %d", tt.pico, got.Nano, tt.want)
		}
	}
	// Rounding each bucket would give 0 here; the sum of both is one.
	if got := (Row{Rates: Rates{Input: 400, Output: 400}}).Cost(tokens(1, 1)); got.Nano != 1 {
		t.Errorf("buckets were rounded one by one: got %d", got.Nano)
	}
}

// arbitrary gives rates and usage over many magnitudes.
func arbitrary(rng *rand.Rand) (Row, Usage) {
	price := func() *Pico { p := Pico(rng.Int64N(1 << (1 + rng.IntN(27)))); return &p }
	count := func() int64 { return rng.Int64N(1 << (1 + rng.IntN(30))) }
	r := Row{Rates: Rates{*price(), *price(), price(), price(), price()}}
	if rng.IntN(2) == 0 {
		// A real surcharge raises every rate.
		up := func(p Pico) *Pico { p += Pico(rng.Int64N(1000)); return &p }
		r.Long = &LongContext{Over: count(), Rates: Rates{*up(r.Rates.Input), *up(r.Rates.Output), up(*r.Rates.CacheRead), up(*r.Rates.CacheWrite), up(*r.Rates.CacheWrite1h)}}
	}
	out := count()
	return r, Usage{Known: true, InputTokens: count(), CacheReadInputTokens: count(), CacheCreationInputTokens: count(), CacheCreation1hInputTokens: count(), OutputTokens: out, ReasoningOutputTokens: rng.Int64N(out + 1)}
}

func TestCostAgreesWithBigIntegersAndNeverFallsWithMoreTokens(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 11))
	for range 20_000 {
		r, u := arbitrary(rng)
		cost := r.Cost(u)
		if want := oracle(r, u); cost.State != Priced || int64(cost.Nano) != want {
			t.Fatalf("%+v of %+v costs %+v, want %d", u, r, cost, want)
		}
		more := u
		for _, field := range []*int64{&more.InputTokens, &more.CacheReadInputTokens, &more.CacheCreationInputTokens, &more.CacheCreation1hInputTokens, &more.OutputTokens} {
			before := r.Cost(more).Nano
			*field += rng.Int64N(1 << 20)
			if after := r.Cost(more).Nano; after < before {
				t.Fatalf("more tokens cost less: %d, then %d for %+v", before, after, more)
			}
		}
	}
}

// oracle computes the cost another way.
func oracle(r Row, u Usage) int64 {
	rates := r.Rates
	if r.Long != nil && u.PromptTokens() > r.Long.Over {
		rates = r.Long.Rates
	}
	total := new(big.Int)
	for _, term := range [][2]int64{
		{u.InputTokens, int64(rates.Input)},
		{u.CacheReadInputTokens, int64(*rates.CacheRead)},
		{u.CacheCreationInputTokens, int64(*rates.CacheWrite)},
		{u.CacheCreation1hInputTokens, int64(*rates.CacheWrite1h)},
		{u.OutputTokens, int64(rates.Output)},
	} {
		total.Add(total, new(big.Int).Mul(big.NewInt(term[0]), big.NewInt(term[1])))
	}
	quotient, rest := new(big.Int).QuoRem(total, big.NewInt(1000), new(big.Int))
	if twice := rest.Int64() * 2; twice > 1000 || twice == 1000 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient.Int64()
}

func TestTheUpperBoundIsNeverUnderTheCost(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 5))
	for range 20_000 {
		r, u := arbitrary(rng)
		u.CacheCreation1hInputTokens = 0
		bound := r.UpperBound(u.PromptTokens(), u.OutputTokens+rng.Int64N(1000))
		if cost := r.Cost(u); bound.State != Priced || bound.Nano < cost.Nano {
			t.Fatalf("bound %+v is under the cost %+v of %+v", bound, cost, u)
		}
	}
	// OpenAI writes to its cache unasked: 1.25 times the input price.
	if got := row(t, "openai", "gpt-6-astra").UpperBound(1_000_000, 0); got.Nano != 25_000_000_000 {
		t.Errorf("got %+v, want the cache-write rate above the threshold", got)
	}
	if got := row(t, "openai", "gpt-6.1-terra").UpperBound(300_000, 0); got.Nano != 600_000_000 {
		t.Errorf("got %+v, want $2 a million: dearer than the write rate below the threshold", got)
	}
	if got := row(t, "anthropic", "claude-opus-5-5").UpperBound(-1, 5); got.State != Unknown {
		t.Errorf("a negative prompt has the bound %+v", got)
	}
}

func TestSumsAreExactAndSayWhatTheyExclude(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(13, 17))
	var costs []Cost
	var want Total
	for range 1_000 {
		switch rng.IntN(4) {
		case 0:
			costs = append(costs, Cost{State: Unpriced, Nano: 99})
			want.Unpriced++
		case 1:
			costs = append(costs, Cost{Nano: 99}) // the zero state is unknown
			want.Unknown++
		default:
			n := Nano(rng.Int64N(1 << 40))
			costs = append(costs, Cost{State: Priced, Nano: n})
			want.Nano += n
		}
	}
	if got := Sum(costs...); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := Sum(); got != (Total{}) {
		t.Errorf("nothing sums to %+v", got)
	}
	huge := Cost{State: Priced, Nano: math.MaxInt64}
	if got := Sum(huge, huge, Cost{State: Priced, Nano: -7}); got != (Total{Nano: math.MaxInt64 - 7, Unknown: 1}) {
		t.Errorf("an overflow gives %+v", got)
	}
}
