package usage

import (
	"strings"

	"github.com/tierwise/tierwise/internal/money"
)

// openAINames are the members of one of OpenAI's two forms.
type openAINames struct{ prompt, answer, promptParts, answerParts string }

// chat is chat completions, and everything that speaks it: Ollama, vLLM,
// LiteLLM, Anthropic's and Google's compatible endpoints, OpenRouter.
// https://developers.openai.com/api/reference/resources/chat/subresources/completions
func chat(read func(body, usage node) Report) wire {
	return wire{
		member: "usage", count: "prompt_tokens", read: read,
		response: func(record node) node { return record },
		// The usage comes on a record without choices, or beside the reason why
		// the answer ended; some servers also send what was used so far.
		last: func(record node) bool {
			choices := record.list("choices")
			for _, c := range choices {
				if c.has("finish_reason") {
					return true
				}
			}
			return len(choices) == 0 && record.has("usage")
		},
	}
}

// responses is OpenAI's newer form.
// https://developers.openai.com/api/reference/resources/responses
func responses() wire {
	ends := func(record node) bool {
		switch record.word("type") {
		case "response.completed", "response.incomplete", "response.failed":
			return true
		}
		return false
	}
	return wire{
		member: "usage", count: "input_tokens", read: readResponses, last: ends,
		response: func(record node) node {
			if ends(record) {
				return record.child("response")
			}
			return node{fault: record.fault}
		},
	}
}

func readChat(body, u node) Report {
	return readOpenAI(body, u, openAINames{"prompt_tokens", "completion_tokens", "prompt_tokens_details", "completion_tokens_details"})
}

func readResponses(body, u node) Report {
	r := readOpenAI(body, u, openAINames{"input_tokens", "output_tokens", "input_tokens_details", "output_tokens_details"})
	r.Served.WebSearches, r.Served.Unpriced = body.responsesTools(r.Served.Unpriced)
	return r
}

// readOpenAI maps a report. The prompt includes what was read from and written
// to the cache; the answer includes reasoning. Servers that leave reasoning out
// of the answer have it in the total, where it is billed as output.
func readOpenAI(body, u node, names openAINames) Report {
	in, out := u.child(names.promptParts), u.child(names.answerParts)
	prompt, answer := u.whole(names.prompt), u.whole(names.answer)
	cached, written := in.part("cached_tokens"), in.part("cache_write_tokens")
	long := in.child("cache_write_tokens_details").longLived(written)
	r := Report{Served: money.Service{Tier: oneOf(body.word("service_tier"), "default", "standard")}}
	if in.part("audio_tokens") > 0 || out.part("audio_tokens") > 0 {
		r.Served.Unpriced = "audio"
	}
	if cached > prompt || written > prompt {
		return contradiction(r, "more tokens of the cache than of the prompt")
	}
	total, set := u.count("total_tokens")
	switch {
	case set && total > prompt+answer:
		answer = total - prompt
	case set && total > 0 && total < prompt+answer:
		return contradiction(r, "total_tokens is less than its parts")
	}
	r.Usage = money.Usage{
		InputTokens:                max(0, prompt-cached-written),
		CacheReadInputTokens:       cached,
		CacheCreationInputTokens:   written - long,
		CacheCreation1hInputTokens: long,
		OutputTokens:               answer,
		ReasoningOutputTokens:      out.part("reasoning_tokens"),
	}
	return r
}

// longLived gives the part of the written tokens that is kept for twelve
// hours, at a price of its own.
func (n node) longLived(written int64) int64 {
	if n.empty() {
		return 0
	}
	short, long := n.part("ttl_30m_tokens"), n.part("ttl_12h_tokens")
	if short+long != written {
		n.bad("cache_write_tokens_details does not add up to cache_write_tokens")
		return 0
	}
	return long
}

// responsesTools counts the vendor's own tools among the items of an answer.
// Of the steps of a search only the search itself is billed.
// https://developers.openai.com/api/docs/guides/tools-web-search
func (n node) responsesTools(unpriced string) (searches int64, besides string) {
	for _, item := range n.list("output") {
		switch kind := item.word("type"); {
		case kind == "web_search_call":
			if step := item.child("action").word("type"); step == "" || step == "search" {
				searches++
			}
		case strings.HasSuffix(kind, "_call") && kind != "function_call" && kind != "custom_tool_call" && kind != "local_shell_call":
			unpriced = "a server tool"
		}
	}
	for _, tool := range n.list("tools") {
		if strings.HasPrefix(tool.word("type"), "web_search_preview") && searches > 0 {
			unpriced = "searches of a preview"
		}
	}
	return searches, unpriced
}
