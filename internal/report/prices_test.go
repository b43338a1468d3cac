package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/pricelist"
)

func priceRowsExample() PriceRows {
	read, search := money.Pico(10_000), money.Nano(10_000_000)
	row := money.Row{
		Provider: "anthropic", Model: "claude-haiku-5-5", Aliases: []string{"haiku"}, From: "2026-10-07", Status: money.StatusConfirmed,
		Rates:     money.Rates{Input: 100_000, Output: 500_000, CacheRead: &read},
		Long:      &money.LongContext{Over: 100_000, Rates: money.Rates{Input: 500_000, Output: 2_500_000}},
		Factors:   []money.Factor{{Name: "batch", Thousandths: 500}, {Name: "region us", Thousandths: 1100}},
		WebSearch: &search, Source: "the vendor's page", Checked: "2026-10-16",
	}
	past, announced := row, row
	past.From, past.To, past.Long, past.Factors = "", "2026-10-07", nil, nil
	announced.From, announced.Status, announced.Long, announced.Source = "2027-01-01", money.StatusAnnounced, nil, "a post"
	return PriceRows{
		Day: "2026-11-24", Checked: "2026-10-27", Stale: "the price list was last checked on 2026-10-27, 61 days ago: prices may have changed",
		Rows:      []PriceRow{{Row: past}, {Row: row, InForce: true}, {Row: announced}},
		Endpoints: []money.Endpoint{{Provider: "bedrock", PricesOf: "anthropic", Prefixes: []string{"us.anthropic.", "eu.anthropic."}, Premium: "1.1"}},
	}
}

func priceCheckExample() PriceCheck {
	row := priceRowsExample().Rows[1].Row
	entry := pricelist.Entry{Provider: "anthropic", Model: "claude-haiku-5-5", Since: "2026-10-07", Source: "https://example.test"}
	return PriceCheck{
		File: "prices.json", Day: "2026-11-24", Stale: priceRowsExample().Stale,
		List: pricelist.List{Form: pricelist.LiteLLM, Entries: make([]pricelist.Entry, 1_234), Skipped: []string{"deepseek/deepseek-chat"}},
		Comparison: pricelist.Comparison{
			Compared:    1,
			Differences: []pricelist.Difference{{Row: row, Entry: entry, Name: "input", Here: "$0.10", There: "$1"}},
			Theirs:      []pricelist.Difference{{Row: row, Entry: pricelist.Entry{}, Name: "cache write", Here: "not known", There: "$0.125"}},
			Unknown:     strings.Fields(strings.Repeat("openai/gpt-x ", 25)), Others: 1_208, Absent: []money.Row{row},
		},
	}
}

func TestPricesForPeopleAndPrograms(t *testing.T) {
	t.Parallel()
	for name, print := range map[string]func(*bytes.Buffer) error{
		"prices.txt":       func(b *bytes.Buffer) error { return PriceRowsText(b, priceRowsExample()) },
		"prices.json":      func(b *bytes.Buffer) error { return PriceRowsJSON(b, priceRowsExample()) },
		"price-check.txt":  func(b *bytes.Buffer) error { return PriceCheckText(b, priceCheckExample()) },
		"price-check.json": func(b *bytes.Buffer) error { return PriceCheckJSON(b, priceCheckExample()) },
	} {
		var out bytes.Buffer
		if err := print(&out); err != nil {
			t.Fatal(err)
		}
		golden(t, name, out.String())
		if strings.HasSuffix(name, ".json") && !json.Valid(out.Bytes()) {
			t.Errorf("%s is no JSON", name)
		}
	}
}

func TestNothingThatDiffersSaysSo(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := PriceCheck{File: "f", Day: "2026-11-24", List: pricelist.List{Form: pricelist.GenAI, Entries: make([]pricelist.Entry, 1)}, Comparison: pricelist.Comparison{Compared: 1}}
	if err := PriceCheckText(&out, c); err != nil {
		t.Fatal(err)
	}
	want := "f has the form of genai-prices and 1 model. 1 of them has a price here on 2026-11-24.\n\nNo price differs.\n"
	if out.String() != want {
		t.Errorf("got %q", out.String())
	}
}

// TestAStrangersFileIsOneLineACell: ids and sources of a file are not ours.
func TestAStrangersFileIsOneLineACell(t *testing.T) {
	t.Parallel()
	c := priceCheckExample()
	const evil = "x\n::error::evil\x1b[31m"
	c.File, c.Unknown, c.List.Skipped = evil, []string{evil}, []string{evil}
	c.Differences[0].Entry.Source, c.Differences[0].Entry.Since, c.Differences[0].Row.Model = evil, evil, evil
	var out bytes.Buffer
	if err := PriceCheckText(&out, c); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "\n::") || strings.Contains(out.String(), "\x1b") {
		t.Errorf("a command gets through:\n%s", out.String())
	}
}
