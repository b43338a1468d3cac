package usage

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
)

// gemini is generateContent of the Gemini API and of Vertex AI. The prompt
// includes what was read from the cache; the candidates exclude thoughts, and
// both are output. Zeros are left out.
// https://ai.google.dev/api/generate-content#UsageMetadata
func gemini() wire {
	return wire{
		member: "usageMetadata", count: "promptTokenCount", read: readGemini, besides: geminiBesides,
		response: func(record node) node { return record },
		// Each part of a stream has what was used so far.
		last: func(record node) bool {
			for _, c := range record.list("candidates") {
				if c.has("finishReason") {
					return true
				}
			}
			return record.child("promptFeedback").has("blockReason")
		},
	}
}

func readGemini(body, u node) Report {
	prompt, cached, tools := u.whole("promptTokenCount"), u.part("cachedContentTokenCount"), u.part("toolUsePromptTokenCount")
	visible, said := u.count("candidatesTokenCount")
	thoughts := u.part("thoughtsTokenCount")
	r := Report{Served: u.geminiService()}
	r.Served.Unpriced = geminiBesides(body, u)
	if cached > prompt {
		return contradiction(r, "more tokens of the cache than of the prompt")
	}
	total, set := u.count("totalTokenCount")
	switch {
	case !set && !said:
		return contradiction(r, "neither candidatesTokenCount nor a total is there")
	case set && total != prompt+visible+thoughts && total != prompt+tools+visible+thoughts:
		return contradiction(r, "totalTokenCount is not the sum of its parts")
	}
	r.Usage = money.Usage{
		InputTokens:           prompt - cached + tools,
		CacheReadInputTokens:  cached,
		OutputTokens:          visible + thoughts,
		ReasoningOutputTokens: thoughts,
	}
	return r
}

// geminiService reads the tier: the Gemini API names it, Vertex AI names the
// kind of traffic.
func (n node) geminiService() money.Service {
	tier := oneOf(n.word("serviceTier"), "standard", "unspecified")
	if tier == "" {
		traffic := oneOf(n.word("trafficType"), "ON_DEMAND", "TRAFFIC_TYPE_UNSPECIFIED")
		tier = strings.ToLower(strings.TrimPrefix(traffic, "ON_DEMAND_"))
	}
	return money.Service{Tier: tier}
}

// geminiBesides names what was billed besides text tokens: sound costs more than
// text, pictures and video do as output, and grounding is billed by the search.
func geminiBesides(body, u node) string {
	for _, part := range []struct {
		list  string
		dear  []string
		words string
	}{
		{"promptTokensDetails", []string{"AUDIO"}, "audio"},
		{"toolUsePromptTokensDetails", []string{"AUDIO"}, "audio"},
		{"candidatesTokensDetails", []string{"AUDIO", "IMAGE", "VIDEO"}, "audio, pictures or video"},
	} {
		for _, d := range u.list(part.list) {
			for _, kind := range part.dear {
				if d.word("modality") == kind && d.part("tokenCount") > 0 {
					return part.words
				}
			}
		}
	}
	for _, c := range body.list("candidates") {
		if queries := c.child("groundingMetadata").members["webSearchQueries"]; !slices.Contains([]string{"", "null", "[]"}, string(queries)) {
			return "grounding"
		}
	}
	return ""
}
