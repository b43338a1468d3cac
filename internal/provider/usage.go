package provider

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
)

const (
	// maxPrompt is more tokens than any context window holds.
	maxPrompt = 100_000_000
	// maxAnswer is how long an answer may be, in bytes.
	maxAnswer = 10_000_000
)

// count is a number of tokens as a vendor wrote it. What is not a whole
// number from zero up is remembered as bad, and does not stop the answer.
type count struct {
	n        int64
	set, bad bool
}

// UnmarshalJSON never fails: a bad number makes usage unknown, not the answer.
func (c *count) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	n, bad := strconv.ParseInt(string(data), 10, 64)
	*c = count{n: n, set: true, bad: bad != nil || n < 0}
	return nil //nolint:nilerr // a bad number is remembered, and does not stop the answer
}

// or gives c where it was reported, else the other.
func (c count) or(other count) count {
	if c.set {
		return c
	}
	return other
}

func anyBad(counts ...count) bool {
	for _, c := range counts {
		if c.bad {
			return true
		}
	}
	return false
}

// plausible lets a reported usage stand where it can be true: a prompt has at least
// one token and fits a context window, visible text has at least one, and no
// answer is longer than twice what was permitted (vendors count a little
// differently; nonsense is orders of magnitude off). Anything else is unknown,
// so that the budget counts the upper bound.
func plausible(u money.Usage, req Request, text string) money.Usage {
	if !u.Known {
		return money.Usage{}
	}
	for _, n := range []int64{u.InputTokens, u.CacheReadInputTokens, u.CacheCreationInputTokens, u.CacheCreation1hInputTokens, u.OutputTokens, u.ReasoningOutputTokens} {
		if n < 0 || n > maxPrompt {
			return money.Usage{}
		}
	}
	switch {
	case u.PromptTokens() == 0, u.OutputTokens == 0 && text != "":
		return money.Usage{}
	case u.ReasoningOutputTokens > u.OutputTokens, u.OutputTokens/2 > req.MaxOutputTokens:
		return money.Usage{}
	}
	return u
}

// countsBelowZero says whether a report of usage, as JSON, has a negative
// number of tokens anywhere. What is no JSON has none.
func countsBelowZero(raw string) bool {
	var report any
	dec := json.NewDecoder(strings.NewReader(raw))
	dec.UseNumber()
	return dec.Decode(&report) == nil && negativeTokens("", report)
}

func negativeTokens(key string, v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			if negativeTokens(k, inner) {
				return true
			}
		}
	case []any:
		for _, inner := range v {
			if negativeTokens(key, inner) {
				return true
			}
		}
	case json.Number:
		return strings.Contains(strings.ToLower(key), "token") && strings.HasPrefix(v.String(), "-")
	}
	return false
}
