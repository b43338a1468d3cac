package usage

import "github.com/tierwise/tierwise/internal/money"

// anthropic is the Messages API. The four input counts are disjoint;
// cache_creation is the tokens of cache_creation_input_tokens again, split by
// lifetime; output_tokens includes thinking.
// https://platform.claude.com/docs/en/build-with-claude/prompt-caching
func anthropic() wire {
	return wire{
		member: "usage", count: "input_tokens", read: readAnthropic,
		response: func(record node) node {
			switch record.word("type") {
			case "message_start":
				return record.child("message")
			case "message_delta":
				return node{members: only(record.members, "usage"), fault: record.fault}
			}
			return node{fault: record.fault}
		},
		// The counts of message_start are a snapshot from before the answer.
		last:      func(record node) bool { return record.child("delta").has("stop_reason") && record.has("usage") },
		cumulates: true,
	}
}

func readAnthropic(_, u node) Report {
	top := u.anthropicCounts()
	r := Report{Usage: top, Served: u.anthropicService()}
	passes := u.list("iterations")
	if len(passes) == 0 {
		return r
	}
	sum, largest, why := sumPasses(passes)
	r.Usage, r.Served.LargestPrompt = sum, largest
	if why != "" {
		return contradiction(r, why)
	}
	// What stands beside the passes is the sum of some of them.
	if sum.PromptTokens() < top.PromptTokens() || sum.OutputTokens < top.OutputTokens {
		return contradiction(r, "iterations are less than what they are the parts of")
	}
	r.Usage.ReasoningOutputTokens = max(sum.ReasoningOutputTokens, top.ReasoningOutputTokens)
	return r
}

// anthropicCounts maps one set of counts.
func (n node) anthropicCounts() money.Usage {
	read := n.part("cache_read_input_tokens")
	written, set := n.count("cache_creation_input_tokens")
	split := n.child("cache_creation")
	short, long := split.part("ephemeral_5m_input_tokens"), split.part("ephemeral_1h_input_tokens")
	switch {
	case !set: // the split alone says it
	case split.empty():
		short = written
	case short+long != written:
		n.bad("cache_creation does not add up to cache_creation_input_tokens")
	}
	return money.Usage{
		InputTokens:                n.whole("input_tokens"),
		CacheReadInputTokens:       read,
		CacheCreationInputTokens:   short,
		CacheCreation1hInputTokens: long,
		OutputTokens:               n.whole("output_tokens"),
		ReasoningOutputTokens:      n.child("output_tokens_details").part("thinking_tokens"),
	}
}

// sumPasses adds the passes that are billed at the model's price. An attempt
// that declined, before another model took over, is not billed. A pass of an
// adviser is billed at another model's price, and makes the whole unknown.
func sumPasses(passes []node) (sum money.Usage, largest int64, why string) {
	server := ""
	for _, p := range passes {
		if p.word("type") == "fallback_message" {
			server = p.text("model")
		}
	}
	for _, p := range passes {
		switch p.word("type") {
		case "message":
			if server != "" && p.text("model") != server {
				continue
			}
		case "compaction", "fallback_message":
		default:
			return sum, largest, "iterations have a kind whose price is not this model's"
		}
		part := p.anthropicCounts()
		largest = max(largest, part.PromptTokens())
		sum = plus(sum, part)
	}
	return sum, largest, ""
}

// plus adds two usages bucket by bucket.
func plus(a, b money.Usage) money.Usage {
	return money.Usage{
		Known:                      a.Known && b.Known,
		InputTokens:                a.InputTokens + b.InputTokens,
		CacheReadInputTokens:       a.CacheReadInputTokens + b.CacheReadInputTokens,
		CacheCreationInputTokens:   a.CacheCreationInputTokens + b.CacheCreationInputTokens,
		CacheCreation1hInputTokens: a.CacheCreation1hInputTokens + b.CacheCreation1hInputTokens,
		OutputTokens:               a.OutputTokens + b.OutputTokens,
		ReasoningOutputTokens:      a.ReasoningOutputTokens + b.ReasoningOutputTokens,
	}
}

// anthropicService reads how a request was served from its response: what was
// asked for may not be what was given.
func (n node) anthropicService() money.Service {
	s := money.Service{
		Tier:   oneOf(n.word("service_tier"), "standard"),
		Speed:  oneOf(n.word("speed"), "standard"),
		Region: oneOf(n.word("inference_geo"), "global", "not_available"),
	}
	if n.child("fallback_credit").child("status").word("type") == "redeemed" {
		s.Unpriced = "a bill that was moved to another model"
	}
	s.WebSearches, s.Unpriced = n.serverTools(s.Unpriced)
	return s
}

// serverTools reads how often the vendor's own tools ran. Fetching is billed as
// tokens alone; a tool that is not known here has no price.
// https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-fetch-tool
func (n node) serverTools(unpriced string) (searches int64, besides string) {
	tools := n.child("server_tool_use")
	for name := range tools.members {
		switch {
		case name == "web_search_requests":
			searches = tools.part(name)
		case name != "web_fetch_requests" && tools.part(name) > 0:
			unpriced = "a server tool"
		}
	}
	return searches, unpriced
}
