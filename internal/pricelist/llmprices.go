package pricelist

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
)

// llmPrice is one price in the files of llm-prices, in USD per million tokens.
type llmPrice struct {
	ID     string      `json:"id"`
	Vendor string      `json:"vendor"`
	Name   string      `json:"name"`
	Input  json.Number `json:"input"`
	Output json.Number `json:"output"`
	Cached json.Number `json:"input_cached"`
	From   *string     `json:"from_date"`
	To     *string     `json:"to_date"`
}

// readVendor reads a file of its data folder: one vendor, a history a model.
// https://github.com/simonw/llm-prices
func readVendor(data []byte, day string) (List, error) {
	var file struct {
		Vendor string `json:"vendor"`
		Models []struct {
			ID      string     `json:"id"`
			Name    string     `json:"name"`
			History []llmPrice `json:"price_history"`
		} `json:"models"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return List{}, err
	}
	var prices []llmPrice
	for _, m := range file.Models {
		for _, p := range m.History {
			p.ID, p.Name, p.Vendor = m.ID, m.Name, file.Vendor
			prices = append(prices, p)
		}
	}
	return listOfLLM(prices, day)
}

// readSite reads current-v1.json and historical-v1.json of its site.
func readSite(raw json.RawMessage, day string) (List, error) {
	var prices []llmPrice
	if err := json.Unmarshal(raw, &prices); err != nil {
		return List{}, err
	}
	return listOfLLM(prices, day)
}

func listOfLLM(prices []llmPrice, day string) (List, error) {
	list := List{Form: LLMPrices}
	at := map[string]int{}
	for _, p := range prices {
		if !named(p.ID) || p.from() > day || p.to() != "" && p.to() <= day {
			continue
		}
		e, err := p.entry()
		if err != nil {
			return List{}, fmt.Errorf("%s: %w", strconv.Quote(p.ID), err)
		}
		key := p.Vendor + "/" + p.ID
		if was, seen := at[key]; !seen {
			at[key] = len(list.Entries)
			list.Entries = append(list.Entries, e)
		} else if list.Entries[was].Since <= e.Since {
			list.Entries[was] = e
		}
	}
	if len(list.Entries) == 0 {
		return List{}, fmt.Errorf("no price holds on %s", day)
	}
	return list, nil
}

func (p llmPrice) from() string { return orEmpty(p.From) }

func (p llmPrice) to() string { return orEmpty(p.To) }

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// entry reads one price. The part of a model over its step is a model of its
// own there, such as gemini-2.5-pro-200k, "Gemini 2.5 Pro >200k".
func (p llmPrice) entry() (Entry, error) {
	e := Entry{Provider: ours(p.Vendor), Model: p.ID, Since: p.from(), Prices: map[string]money.Pico{}}
	suffix := ""
	if m := regexp.MustCompile(`^(.+)-(\d{2,5})k$`).FindStringSubmatch(p.ID); m != nil && strings.Contains(p.Name, ">") {
		thousands, err := strconv.ParseInt(m[2], 10, 32)
		if err != nil {
			return Entry{}, err
		}
		e.Model, e.Step, suffix = m[1], thousands*1000, overStep
	}
	for name, number := range map[string]json.Number{input: p.Input, output: p.Output, cacheRead: p.Cached} {
		if number == "" {
			continue
		}
		price, err := money.ReadPico(number.String())
		if err != nil {
			return Entry{}, err
		}
		e.Prices[name+suffix] = price
	}
	return e, nil
}
