// Package pricelist reads the open catalogues of prices that people have and
// compares them with ours. In go the bytes of a file, our catalogue and a day,
// out comes what both sides say and where they differ. It decides no price:
// nothing that is read here is ever used for a cost.
package pricelist

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
)

// Form is the form of an open catalogue. It is told by what a file holds,
// never by its name.
type Form string

// The forms that are read.
const (
	LiteLLM   Form = "LiteLLM"      // BerriAI/litellm, model_prices_and_context_window.json
	LLMPrices Form = "llm-prices"   // simonw/llm-prices, data/*.json and the two files of its site
	GenAI     Form = "genai-prices" // pydantic/genai-prices, prices/data*.json
)

// List is what a file says on one day.
type List struct {
	Form    Form
	Entries []Entry
	// Skipped are models that the file prices in a way that has no place here,
	// such as by the hour of the day.
	Skipped []string
}

// Entry is one model in a file.
type Entry struct {
	Provider string // in our words, "" where it is none of ours
	Model    string
	Also     []string // other exact ids of the model
	Prices   map[string]money.Pico
	// Step is the prompt that the long-context prices begin over, 0 for none.
	Step int64
	// Flat says that the form would name a step: where it names none, there is
	// none.
	Flat   bool
	Since  string // the first day, "" where the file does not say
	Source string // the file's own source, "" where it names none
}

// ID is "provider/model".
func (e Entry) ID() string { return e.Provider + "/" + e.Model }

// The names of prices that forms share.
const (
	input, output      = "input", "output"
	cacheRead          = "cache read"
	cacheWrite         = "cache write"
	cacheWriteLong     = "long-lived cache write"
	step               = "long-context step"
	overStep           = " over the step"
	longestName        = 200
	largestCatalogue   = 64_000_000
	mostTokensOfAStep  = 100_000_000
	thousandthsOfWhole = 1_000
)

// Read tells the form of a file and reads it as of a day (YYYY-MM-DD).
func Read(data []byte, day string) (List, error) {
	if len(data) > largestCatalogue {
		return List{}, fmt.Errorf("read catalogue: more than %d bytes", largestCatalogue)
	}
	list, err := read(data, day)
	if err != nil {
		return List{}, fmt.Errorf("read catalogue: %w", err)
	}
	slices.SortStableFunc(list.Entries, func(a, b Entry) int { return strings.Compare(a.ID(), b.ID()) })
	slices.Sort(list.Skipped)
	return list, nil
}

func read(data []byte, day string) (List, error) {
	var providers []genAIProvider
	if err := json.Unmarshal(data, &providers); err == nil {
		return readGenAI(providers, day)
	}
	var file map[string]json.RawMessage
	if err := json.Unmarshal(data, &file); err != nil {
		return List{}, errors.Join(errUnknownForm(), err)
	}
	if _, ok := file["vendor"]; ok {
		return readVendor(data, day)
	}
	if prices, ok := file["prices"]; ok {
		return readSite(prices, day)
	}
	return readLiteLLM(file)
}

func errUnknownForm() error {
	return errors.New("it is none of LiteLLM's model_prices_and_context_window.json, llm-prices' data and genai-prices' data")
}

// named says whether an id can be one: it is printed.
func named(ids ...string) bool {
	for _, id := range ids {
		if id == "" || len(id) > longestName {
			return false
		}
	}
	return true
}

// ours gives our name of a provider, "" where we have no row of it.
func ours(theirs string) string {
	switch theirs {
	case "anthropic", "openai", "gemini", "groq", "cerebras", "deepseek", "mistral", "minimax", "openrouter", "bedrock", "together", "fireworks":
		return theirs
	case "google":
		return "gemini"
	case "aws", "bedrock_converse":
		return "bedrock"
	case "together_ai":
		return "together"
	case "fireworks_ai":
		return "fireworks"
	}
	return ""
}
