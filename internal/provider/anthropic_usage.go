package provider

import (
	"encoding/json"

	"github.com/tierwise/tierwise/internal/money"
)

// anthropicUsage is what the Messages API reports. The four input counts are
// disjoint; cache_creation is the same tokens as cache_creation_input_tokens,
// split by lifetime; output_tokens includes thinking. The SDK's own structs do
// not have iterations, and take any number for one.
// https://platform.claude.com/docs/en/build-with-claude/prompt-caching
type anthropicUsage struct {
	anthropicCounts
	// Iterations are the passes of one call, such as compaction, that the
	// counts above leave out.
	Iterations []anthropicIteration `json:"iterations"`
	broken     bool
}

type anthropicCounts struct {
	Input         count `json:"input_tokens"`
	CacheRead     count `json:"cache_read_input_tokens"`
	CacheCreation count `json:"cache_creation_input_tokens"`
	Output        count `json:"output_tokens"`
	Split         struct {
		FiveMinutes count `json:"ephemeral_5m_input_tokens"`
		OneHour     count `json:"ephemeral_1h_input_tokens"`
	} `json:"cache_creation"`
	Details struct {
		Thinking count `json:"thinking_tokens"`
	} `json:"output_tokens_details"`
}

type anthropicIteration struct {
	anthropicCounts
	Type  string `json:"type"`
	Model string `json:"model"`
}

// merge lays a later report over this one: counts are cumulative, so the last
// one that names a count is right, and one that does not name it changes
// nothing.
func (u *anthropicUsage) merge(raw string) {
	if raw == "" {
		return
	}
	var later anthropicUsage
	if err := json.Unmarshal([]byte(raw), &later); err != nil {
		u.broken = true
		return
	}
	u.Input = later.Input.or(u.Input)
	u.CacheRead = later.CacheRead.or(u.CacheRead)
	u.CacheCreation = later.CacheCreation.or(u.CacheCreation)
	u.Output = later.Output.or(u.Output)
	u.Split.FiveMinutes = later.Split.FiveMinutes.or(u.Split.FiveMinutes)
	u.Split.OneHour = later.Split.OneHour.or(u.Split.OneHour)
	u.Details.Thinking = later.Details.Thinking.or(u.Details.Thinking)
	if later.Iterations != nil {
		u.Iterations = later.Iterations
	}
}

// total is the usage that is billed: the sum of the iterations where there are
// any, never on top of the counts beside them.
func (u *anthropicUsage) total() money.Usage {
	if u.broken {
		return money.Usage{}
	}
	if len(u.Iterations) == 0 {
		return u.usage()
	}
	sum := money.Usage{Known: true}
	for _, it := range u.Iterations {
		if it.Type == "message" && u.servedBy() != "" && it.Model != u.servedBy() {
			continue // an attempt that declined, and is not billed
		}
		part := it.usage()
		switch it.Type {
		case "message", "compaction", "fallback_message":
		default:
			return money.Usage{} // billed at another model's price, or not known at all
		}
		if !part.Known || part.InputTokens > maxPrompt || part.OutputTokens > maxPrompt {
			return money.Usage{}
		}
		sum.InputTokens += part.InputTokens
		sum.CacheReadInputTokens += part.CacheReadInputTokens
		sum.CacheCreationInputTokens += part.CacheCreationInputTokens
		sum.CacheCreation1hInputTokens += part.CacheCreation1hInputTokens
		sum.OutputTokens += part.OutputTokens
		sum.ReasoningOutputTokens += part.ReasoningOutputTokens
	}
	sum.ReasoningOutputTokens = max(sum.ReasoningOutputTokens, min(u.Details.Thinking.n, sum.OutputTokens))
	return sum
}

// servedBy names the model that took over from one that declined, "" where
// none did.
func (u *anthropicUsage) servedBy() string {
	for _, it := range u.Iterations {
		if it.Type == "fallback_message" {
			return it.Model
		}
	}
	return ""
}

// usage maps one set of counts. Input and output must be there.
func (c anthropicCounts) usage() money.Usage {
	if !c.Input.set || !c.Output.set || anyBad(c.Input, c.CacheRead, c.CacheCreation, c.Output, c.Split.FiveMinutes, c.Split.OneHour, c.Details.Thinking) {
		return money.Usage{}
	}
	hour := c.Split.OneHour.n
	written := c.CacheCreation.or(count{n: c.Split.FiveMinutes.n + hour}).n
	if hour > written {
		return money.Usage{} // a part greater than its whole
	}
	return money.Usage{
		Known:                      true,
		InputTokens:                c.Input.n,
		CacheReadInputTokens:       c.CacheRead.n,
		CacheCreationInputTokens:   written - hour,
		CacheCreation1hInputTokens: hour,
		OutputTokens:               c.Output.n,
		ReasoningOutputTokens:      c.Details.Thinking.n,
	}
}
