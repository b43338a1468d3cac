package money

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAWayToBeServedHasItsOwnPriceOrNone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name            string
		provider, model string
		u               Usage
		s               Service
		want            Cost
	}{
		{"list price", "anthropic", "claude-opus-4-8", tokens(1000, 100), Service{}, Cost{State: Priced, Nano: 7_500_000}},
		{"batch is half", "anthropic", "claude-opus-4-8", tokens(1000, 100), Service{Tier: "batch"}, Cost{State: Priced, Nano: 3_750_000}},
		{"fast is twice", "anthropic", "claude-opus-4-8", tokens(1000, 100), Service{Speed: "fast"}, Cost{State: Priced, Nano: 15_000_000}},
		{"inside one country is a tenth more", "anthropic", "claude-opus-4-8", tokens(1000, 100), Service{Region: "us"}, Cost{State: Priced, Nano: 8_250_000}},
		{"factors multiply", "anthropic", "claude-opus-4-8", tokens(1000, 100), Service{Tier: "batch", Region: "us"}, Cost{State: Priced, Nano: 4_125_000}},
		{"one rounding, after all factors", "anthropic", "claude-haiku-5-5", Usage{Known: true, CacheReadInputTokens: 1}, Service{Tier: "batch"}, Cost{State: Priced, Nano: 5}},
		{"a factor is on the long-context rates too", "openai", "gpt-5.6-luna", tokens(272_001, 0), Service{Tier: "flex"}, Cost{State: Priced, Nano: 54_400_200}},
		{"searches are by the piece and know no factor", "anthropic", "claude-opus-4-8", tokens(1000, 100), Service{Tier: "batch", WebSearches: 3}, Cost{State: Priced, Nano: 33_750_000}},
		{"a tier that the row has no price for", "anthropic", "claude-opus-4-8", tokens(1000, 100), Service{Tier: "priority"}, Cost{State: Unpriced, Note: `no price for "priority" of anthropic/claude-opus-4-8`}},
		{"a tier that nobody knows", "openai", "gpt-5-mini", tokens(1, 1), Service{Tier: "ultrafast"}, Cost{State: Unpriced, Note: `no price for "ultrafast" of openai/gpt-5-mini`}},
		{"sources that disagree on a factor leave none", "openai", "gpt-5.5", tokens(1, 1), Service{Tier: "priority"}, Cost{State: Unpriced, Note: `no price for "priority" of openai/gpt-5.5`}},
		{"a region that the row has no price for", "anthropic", "claude-haiku-4-5", tokens(1, 1), Service{Region: "us"}, Cost{State: Unpriced, Note: `no price for "region us" of anthropic/claude-haiku-4-5`}},
		{"searches of a vendor without a price for them", "gemini", "gemini-2.5-pro", tokens(1, 1), Service{WebSearches: 1}, Cost{State: Unpriced, Note: "no price for web searches of gemini/gemini-2.5-pro"}},
		{"searches below zero", "anthropic", "claude-opus-4-8", tokens(1, 1), Service{WebSearches: -1}, Cost{State: Unpriced, Note: "reported use makes no sense: -1 web searches"}},
		{"something billed besides", "openai", "gpt-5-mini", tokens(1, 1), Service{Unpriced: "audio"}, Cost{State: Unpriced, Note: "no price for audio of openai/gpt-5-mini"}},
		{"a sum over the step of prompts below it", "anthropic", "claude-haiku-5-5", tokens(150_000, 0), Service{LargestPrompt: 80_000}, Cost{State: Unpriced, Note: "no price for several prompts of anthropic/claude-haiku-5-5 that are over 100000 tokens together and not one by one"}},
		{"a sum below the step", "anthropic", "claude-haiku-5-5", tokens(90_000, 0), Service{LargestPrompt: 80_000}, Cost{State: Priced, Nano: 9_000_000}},
		{"usage that is not known", "anthropic", "claude-opus-4-8", Usage{}, Service{Tier: "batch"}, Cost{State: Unknown, Note: "usage was not reported"}},
	} {
		row, ok := list(t).Lookup(tt.provider, tt.model, november())
		if !ok {
			t.Fatalf("%s: no row", tt.name)
		}
		if diff := cmp.Diff(tt.want, row.CostAs(tt.u, tt.s)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestACostThatDoesNotFitIsUnknown(t *testing.T) {
	t.Parallel()
	row := Row{Rates: Rates{Input: math.MaxInt64}, Factors: []Factor{{"a", largestFactor}, {"b", largestFactor}, {"region c", largestFactor}}}
	for _, s := range []Service{{}, {Tier: "a"}, {Tier: "a", Speed: "b"}, {Tier: "a", Speed: "b", Region: "c"}} {
		if cost := row.CostAs(tokens(maxTokens, 0), s); cost.State != Unknown {
			t.Errorf("%+v: %+v", s, cost)
		}
	}
}

func TestAnEndpointSellsAnotherVendorsModels(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, model string
		input       Pico // -1: no price
		read        Pico
	}{
		{"in any region", "global.anthropic.claude-haiku-4-5-20251001-v1:0", 1_000_000, 100_000},
		{"without a profile", "anthropic.claude-opus-4-8", 5_000_000, 500_000},
		{"inside the EU", "eu.anthropic.claude-haiku-4-5-20251001-v1:0", 1_100_000, 110_000},
		{"a version without a revision", "us.anthropic.claude-opus-5-v1", 5_500_000, 550_000},
		{"its own model", "openai.gpt-oss-120b-1:0", 150_000, 0},
		{"a profile that no source names", "us-gov.anthropic.claude-haiku-4-5-20251001-v1:0", -1, 0},
		{"a model that the vendor's list does not have", "eu.anthropic.claude-opus-5-6-v1:0", -1, 0},
		{"the vendor's own id", "claude-opus-4-8", -1, 0},
	} {
		got, ok := list(t).Lookup("bedrock", tt.model, november())
		switch {
		case ok != (tt.input >= 0):
			t.Errorf("%s: found %v", tt.name, ok)
		case ok && (got.Rates.Input != tt.input || got.Rates.CacheRead != nil && *got.Rates.CacheRead != tt.read):
			t.Errorf("%s: %+v", tt.name, got.Rates)
		case ok && (got.ID() != "bedrock/"+tt.model || len(got.Factors) > 0):
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	if got, _ := list(t).Lookup("bedrock", "us.anthropic.claude-haiku-5-5-v1:0", november()); got.Long == nil || got.Long.Rates.Input != 550_000 || got.Status != StatusConfirmedSecondary {
		t.Errorf("the step has no premium: %+v", got)
	}
	if got, _ := list(t).Lookup("anthropic", "claude-haiku-5-5", november()); got.Long.Rates.Input != 500_000 {
		t.Errorf("the vendor's own step has changed: %+v", got.Long)
	}
	if _, ok := list(t).Lookup("anthropic", "eu.anthropic.claude-opus-4-8", november()); ok {
		t.Error("an endpoint's id is priced at the vendor's")
	}
}

// TestAContractHoldsUnderEveryNameOfItsModel: a pool may say gpt-5.6, and the
// response gpt-5.6-sol.
func TestAContractHoldsUnderEveryNameOfItsModel(t *testing.T) {
	t.Parallel()
	for _, written := range []string{"gpt-5.6", "gpt-5.6-sol"} {
		c := list(t).With(Row{Provider: "openai", Model: written, Rates: Rates{Input: 1, Output: 2}})
		for _, served := range []string{"gpt-5.6", "gpt-5.6-sol", "gpt-5.6-sol-2026-07-09"} {
			if got, ok := c.Lookup("openai", served, november()); !ok || got.Status != StatusContract {
				t.Errorf("a contract for %s does not hold for %s: %+v", written, served, got)
			}
		}
		if got, _ := c.Lookup("openai", "gpt-5.6-luna", november()); got.Status == StatusContract {
			t.Errorf("a contract for %s holds for its sibling", written)
		}
		if cost := mustLookup(t, c, "openai", "gpt-5.6-sol").CostAs(tokens(1, 1), Service{Tier: "batch"}); cost.State != Unpriced {
			t.Errorf("a contract takes a factor of the list: %+v", cost)
		}
	}
}

func mustLookup(t *testing.T, c Catalogue, provider, model string) Row {
	t.Helper()
	row, ok := c.Lookup(provider, model, november())
	if !ok {
		t.Fatalf("no price of %s/%s", provider, model)
	}
	return row
}

func TestBrokenFactorsToolsAndEndpointsAreRefused(t *testing.T) {
	t.Parallel()
	good := `{"provider":"p","model":"m","status":"confirmed","input":"1","output":"2","factors":{"batch":"0.5","region us":"1.1"},"source":"s","checked":"2026-10"}`
	tool := `{"provider":"p","unit":"web search","usd_per_1000":"10","source":"s","checked":"2026-10"}`
	endpoint := `{"provider":"e","prices_of":"p","prefixes":["x."],"multiplier":"1.1","source":"s","checked":"2026-10"}`
	whole := `{"schema":1,"rows":[` + good + `],"tools":[` + tool + `],"endpoints":[` + endpoint + `]}`
	if c, err := parseCatalogue([]byte(whole)); err != nil || *mustLookup(t, c, "p", "m").WebSearch != 10_000_000 || mustLookup(t, c, "e", "x.m").Rates.Input != 1_100_000 {
		t.Fatalf("the list these are made from is refused: %v", err)
	}
	for _, tt := range []struct{ name, was, is, says string }{
		{"a factor of nothing", `"0.5"`, `"0"`, "over 0"},
		{"an absurd factor", `"0.5"`, `"101"`, "up to 100"},
		{"a factor below zero", `"0.5"`, `"-1"`, "plain decimal"},
		{"a factor with too many places", `"0.5"`, `"0.5001"`, "decimal places"},
		{"another unit of a tool", `"web search"`, `"hour"`, "expected the unit"},
		{"a price of a tool that a thousand does not divide", `"10"`, `"0.0000001"`, "whole number"},
		{"a price of a tool that is no number", `"10"`, `"ten"`, "plain decimal"},
		{"an endpoint that takes every id", `["x."]`, `[""]`, "prefixes"},
		{"a premium that gives no whole number", `"1.1","source"`, `"1.0000001","source"`, "endpoint e, m"},
	} {
		text := strings.Replace(whole, tt.was, tt.is, 1)
		if _, err := parseCatalogue([]byte(text)); text == whole || err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v; want an error with %q", tt.name, err, tt.says)
		}
	}
}

func TestFactorsReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"0.5", "1.1", "2", "100", "0.001"} {
		f, err := parseFactor("x", s)
		if err != nil || f.Decimal() != s {
			t.Errorf("%s reads back as %s: %v", s, f.Decimal(), err)
		}
	}
}
