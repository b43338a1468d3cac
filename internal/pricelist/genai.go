package pricelist

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/tierwise/tierwise/internal/money"
)

// genAIProvider is a provider in the files of genai-prices. Its models are
// matched there by how an id begins; here by exact ids alone, since that rule
// prices claude-opus-5-5 as claude-opus-5.
// https://github.com/pydantic/genai-prices/tree/main/prices
type genAIProvider struct {
	ID     string       `json:"id"`
	Models []genAIModel `json:"models"`
}

type genAIModel struct {
	ID    string `json:"id"`
	Match struct {
		Equals string `json:"equals"`
		Or     []struct {
			Equals string `json:"equals"`
		} `json:"or"`
	} `json:"match"`
	Prices json.RawMessage `json:"prices"`
}

// genAIPrices holds from a day on, or in some hours of each day.
type genAIPrices struct {
	Constraint struct {
		From  string `json:"start_date"`
		Start string `json:"start_time"`
	} `json:"constraint"`
	Prices map[string]json.RawMessage `json:"prices"`
}

func readGenAI(providers []genAIProvider, day string) (List, error) {
	list := List{Form: GenAI}
	for _, p := range providers {
		for _, m := range p.Models {
			e, hourly, err := m.entry(ours(p.ID), day)
			switch {
			case err != nil:
				return List{}, fmt.Errorf("%s: %w", strconv.Quote(m.ID), err)
			case !named(p.ID, m.ID):
			case hourly:
				list.Skipped = append(list.Skipped, p.ID+"/"+m.ID)
			case len(e.Prices) > 0:
				list.Entries = append(list.Entries, e)
			}
		}
	}
	if len(list.Entries) == 0 {
		return List{}, errUnknownForm()
	}
	return list, nil
}

// entry reads the prices of a model that hold on a day.
func (m genAIModel) entry(provider, day string) (e Entry, hourly bool, err error) {
	e = Entry{Provider: provider, Model: m.ID, Also: []string{m.Match.Equals}, Flat: true, Prices: map[string]money.Pico{}}
	for _, or := range m.Match.Or {
		e.Also = append(e.Also, or.Equals)
	}
	all, err := m.history()
	if err != nil {
		return Entry{}, false, err
	}
	var now genAIPrices
	for _, p := range all {
		hourly = hourly || p.Constraint.Start != ""
		if p.Constraint.From <= day {
			now = p // the last that holds counts
		}
	}
	e.Since = now.Constraint.From
	return e, hourly, e.takeGenAI(now.Prices)
}

// history reads either form of prices: what holds always, or a list.
func (m genAIModel) history() ([]genAIPrices, error) {
	if bytes.HasPrefix(bytes.TrimSpace(m.Prices), []byte("[")) {
		var all []genAIPrices
		err := json.Unmarshal(m.Prices, &all)
		return all, err
	}
	var always genAIPrices
	if len(m.Prices) == 0 {
		return nil, nil
	}
	err := json.Unmarshal(m.Prices, &always.Prices)
	return []genAIPrices{always}, err
}

func (e *Entry) takeGenAI(prices map[string]json.RawMessage) error {
	for _, f := range [][2]string{
		{"input_mtok", input}, {"output_mtok", output}, {"cache_read_mtok", cacheRead}, {"cache_write_mtok", cacheWrite}, {"cache_write_1h_mtok", cacheWriteLong},
	} {
		raw, ok := prices[f[0]]
		if !ok || string(raw) == "null" {
			continue
		}
		if err := e.takeTiers(f[1], raw); err != nil {
			return fmt.Errorf("%s: %w", f[0], err)
		}
	}
	return nil
}

// takeTiers reads a price, or a price with steps; of several steps the first
// is compared.
func (e *Entry) takeTiers(name string, raw json.RawMessage) error {
	tiered := struct {
		Base  json.RawMessage `json:"base"`
		Tiers []struct {
			Start int64           `json:"start"`
			Price json.RawMessage `json:"price"`
		} `json:"tiers"`
	}{Base: raw}
	if bytes.HasPrefix(raw, []byte("{")) {
		tiered.Base = nil
		if err := json.Unmarshal(raw, &tiered); err != nil {
			return err
		}
	}
	var errs [2]error
	e.Prices[name], errs[0] = money.ReadPico(string(tiered.Base))
	if len(tiered.Tiers) > 0 {
		e.Step = tiered.Tiers[0].Start
		e.Prices[name+overStep], errs[1] = money.ReadPico(string(tiered.Tiers[0].Price))
	}
	if e.Step < 0 || e.Step > mostTokensOfAStep {
		return errors.New("a step that makes no sense")
	}
	return errors.Join(errs[:]...)
}
