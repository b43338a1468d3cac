package pricelist

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
)

// readLiteLLM reads LiteLLM's file: one object with a member a model, prices
// in USD a token under names such as input_cost_per_token_above_200k_tokens.
// https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json
func readLiteLLM(file map[string]json.RawMessage) (List, error) {
	list := List{Form: LiteLLM}
	for _, key := range slices.Sorted(maps.Keys(file)) { // two keys may be one model
		raw := file[key]
		var row map[string]json.RawMessage
		if err := json.Unmarshal(raw, &row); err != nil {
			return List{}, errUnknownForm()
		}
		provider := text(row["litellm_provider"])
		if key == "sample_spec" || provider == "" {
			continue
		}
		e := Entry{Provider: ours(provider), Model: modelOfLiteLLM(key, provider), Flat: true, Source: text(row["source"]), Prices: map[string]money.Pico{}}
		if !named(key) {
			continue
		}
		if err := e.takeLiteLLM(row); err != nil {
			return List{}, fmt.Errorf("%s: %w", strconv.Quote(key), err)
		}
		if _, ok := e.Prices[input]; ok {
			list.Entries = append(list.Entries, e)
		}
	}
	if len(list.Entries) == 0 {
		return List{}, errUnknownForm()
	}
	return list, nil
}

// modelOfLiteLLM cuts what LiteLLM writes before a vendor's own id.
func modelOfLiteLLM(key, provider string) string {
	return strings.TrimPrefix(strings.TrimPrefix(key, provider+"/"), "accounts/fireworks/models/")
}

// takeLiteLLM takes every price that has a name here. Of several steps the
// lowest is compared.
func (e *Entry) takeLiteLLM(row map[string]json.RawMessage) error {
	for field := range row {
		if _, above, ok := nameOfLiteLLM(field); ok && above > 0 && (e.Step == 0 || above < e.Step) {
			e.Step = above
		}
	}
	for _, field := range slices.Sorted(maps.Keys(row)) {
		raw := row[field]
		name, above, ok := nameOfLiteLLM(field)
		if !ok || above != 0 && above != e.Step || string(raw) == "null" {
			continue
		}
		price, err := money.ReadPicoOfToken(string(raw))
		if err != nil {
			return fmt.Errorf("%s: %w", field, err)
		}
		if above > 0 {
			name += overStep
		}
		e.Prices[name] = price
	}
	return nil
}

// nameOfLiteLLM gives our name of a field and the step it is above.
func nameOfLiteLLM(field string) (name string, above int64, ok bool) {
	field, above = cutStep(field)
	tier := ""
	for suffix, t := range map[string]string{"_batches": "batch ", "_flex": "flex ", "_priority": "priority "} {
		if rest, found := strings.CutSuffix(field, suffix); found {
			field, tier = rest, t
		}
	}
	switch field {
	case "input_cost_per_token":
		name = input
	case "output_cost_per_token":
		name = output
	case "cache_read_input_token_cost":
		name = cacheRead
	case "cache_creation_input_token_cost":
		name = cacheWrite
	case "cache_creation_input_token_cost_above_1hr":
		name = cacheWriteLong
	default:
		return "", 0, false
	}
	return tier + name, above, tier == "" || above == 0
}

// cutStep cuts "_above_200k_tokens" from a field.
func cutStep(field string) (rest string, above int64) {
	rest, ok := strings.CutSuffix(field, "k_tokens")
	at := strings.LastIndex(rest, "_above_")
	if !ok || at < 0 {
		return field, 0
	}
	n, err := strconv.ParseInt(rest[at+len("_above_"):], 10, 32)
	if err != nil || n <= 0 || n*1000 > mostTokensOfAStep {
		return field, 0
	}
	return rest[:at], n * 1000
}

// text reads a string, "" where it is none.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil || len(s) > longestName {
		return ""
	}
	return s
}
