package usage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

func TestWhatCannotBeReadIsUnknown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		shape   Shape
		payload string
		why     string
		missing bool
	}{
		{"a shape that is not known", "soap", `{"usage":{}}`, `"soap" cannot be read`, false},
		{"no JSON", OpenAIChat, `<html>`, "no JSON object", false},
		{"a list", OpenAIChat, `[]`, "no JSON object", false},
		{"two responses", OpenAIChat, `{"usage":{"prompt_tokens":1,"completion_tokens":1}}{}`, "more than one", false},
		{"nothing", OpenAIChat, ``, "no JSON object", false},
		{"an empty response", OpenAIChat, `{}`, "no usage", true},
		{"null", OpenAIChat, `{"usage":null}`, "no usage", true},
		{"an empty usage", OpenAIChat, `{"usage":{}}`, "no usage", true},
		{"a usage that is no object", OpenAIChat, `{"usage":12}`, "usage is no object", false},
		{"a count that comes twice", OpenAIChat, `{"usage":{"prompt_tokens":1,"prompt_tokens":100,"completion_tokens":1}}`, "usage is no object that can be read", false},
		{"a usage that comes twice", OpenAIChat, `{"usage":{"prompt_tokens":1,"completion_tokens":1},"usage":null}`, "a member comes twice", false},
		{"a name in another case", OpenAIChat, `{"usage":{"Prompt_Tokens":100,"completion_tokens":1}}`, "prompt_tokens is missing", false},
		{"the names of another shape", AnthropicMessages, `{"usage":{"prompt_tokens":100,"completion_tokens":1}}`, "input_tokens is missing", false},
		{"a count as text", OpenAIChat, `{"usage":{"prompt_tokens":"100","completion_tokens":1}}`, "prompt_tokens is no number", false},
		{"a count with an exponent", OpenAIChat, `{"usage":{"prompt_tokens":1e2,"completion_tokens":1}}`, "prompt_tokens is no number", false},
		{"a part below zero", OpenAIResponses, `{"usage":{"input_tokens":10,"output_tokens":1,"input_tokens_details":{"cached_tokens":-1}}}`, "cached_tokens is no number", false},
		{"a list where an object is due", OpenAIResponses, `{"usage":{"input_tokens":10,"output_tokens":1,"input_tokens_details":[1]}}`, "input_tokens_details is no object", false},
		{"a long lifetime that does not add up", OpenAIResponses, `{"usage":{"input_tokens":10,"output_tokens":1,"input_tokens_details":{"cache_write_tokens":5,"cache_write_tokens_details":{"ttl_12h_tokens":4,"ttl_30m_tokens":0}}}}`, "does not add up", false},
		{"iterations that are no list", AnthropicMessages, `{"usage":{"input_tokens":10,"output_tokens":1,"iterations":{}}}`, "iterations is no list", false},
		{"an iteration that is no object", AnthropicMessages, `{"usage":{"input_tokens":10,"output_tokens":1,"iterations":[3]}}`, "no object", false},
		{"a sum over every bound", AnthropicMessages, `{"usage":{"input_tokens":1,"output_tokens":1,"iterations":[` + strings.TrimSuffix(strings.Repeat(`{"type":"message","input_tokens":99999999,"output_tokens":1},`, 3), ",") + `]}}`, "cannot be true", false},
		{"a lifetime that is not known", BedrockConverse, `{"usage":{"inputTokens":1,"outputTokens":1,"cacheWriteInputTokens":5,"cacheDetails":[{"ttl":"1d","inputTokens":5}]}}`, "lifetime", false},
		{"no candidates and no total", Gemini, `{"usageMetadata":{"promptTokenCount":5}}`, "neither", false},
		{"more cached than there was", Gemini, `{"usageMetadata":{"promptTokenCount":5,"cachedContentTokenCount":6,"totalTokenCount":5}}`, "more tokens of the cache", false},
	} {
		got := Read(tt.shape, []byte(tt.payload))
		if got.Usage != (money.Usage{}) || !strings.Contains(got.Why, tt.why) || got.Missing != tt.missing {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if got.Theirs.State != money.Unknown {
			t.Errorf("%s: the vendor's own cost is %+v", tt.name, got.Theirs)
		}
	}
}

func TestHowARequestWasServedIsReadFromTheResponse(t *testing.T) {
	t.Parallel()
	const anthropic = `{"input_tokens":1,"output_tokens":1,`
	for _, tt := range []struct {
		name    string
		shape   Shape
		payload string
		want    money.Service
	}{
		{"nothing said", AnthropicMessages, anthropic + `"service_tier":null}`, money.Service{}},
		{"older models have no geography", AnthropicMessages, anthropic + `"inference_geo":"not_available"}`, money.Service{}},
		{"a word that is none", AnthropicMessages, anthropic + `"service_tier":"<b>batch</b>"}`, money.Service{Tier: "not a plain word"}},
		{"a tier that is no text", AnthropicMessages, anthropic + `"service_tier":7}`, money.Service{Tier: "not a plain word"}},
		{"a bill that was moved", AnthropicMessages, anthropic + `"fallback_credit":{"status":{"type":"redeemed"}}}`, money.Service{Unpriced: "a bill that was moved to another model"}},
		{"a bill that was not", AnthropicMessages, anthropic + `"fallback_credit":{"status":{"type":"not_applied"}}}`, money.Service{}},
		{"a preview of searching", OpenAIResponses, `{"usage":{"input_tokens":1,"output_tokens":1},"output":[{"type":"web_search_call"}],"tools":[{"type":"web_search_preview_2025_03_11"}]}`, money.Service{WebSearches: 1, Unpriced: "searches of a preview"}},
		{"kinds of traffic", Gemini, `{"promptTokenCount":1,"totalTokenCount":1,"trafficType":"ON_DEMAND_PRIORITY"}`, money.Service{Tier: "priority"}},
		{"no search was made", Gemini, `{"usageMetadata":{"promptTokenCount":1,"totalTokenCount":1},"candidates":[{"groundingMetadata":{"webSearchQueries":[]}}]}`, money.Service{}},
		{"pictures that were drawn", Gemini, `{"promptTokenCount":1,"candidatesTokenCount":5,"totalTokenCount":6,"candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":5}]}`, money.Service{Unpriced: "audio, pictures or video"}},
		{"pictures that were read", Gemini, `{"promptTokenCount":9,"candidatesTokenCount":5,"totalTokenCount":14,"promptTokensDetails":[{"modality":"IMAGE","tokenCount":5}]}`, money.Service{}},
		{"lower latency", BedrockConverse, `{"usage":{"inputTokens":1,"outputTokens":1},"performanceConfig":{"latency":"optimized"}}`, money.Service{Speed: "optimized"}},
		{"searches through OpenRouter", OpenRouter, `{"prompt_tokens":1,"completion_tokens":1,"server_tool_use":{"web_search_requests":2}}`, money.Service{WebSearches: 2}},
	} {
		got := Read(tt.shape, []byte(tt.payload))
		if diff := cmp.Diff(tt.want, got.Served); diff != "" || !got.Usage.Known {
			t.Errorf("%s: %s%s", tt.name, diff, got.Why)
		}
	}
}

func TestACountOfBedrockMayHaveItsEarlierName(t *testing.T) {
	t.Parallel()
	for _, names := range []string{`"cacheReadInputTokenCount":4`, `"cacheReadInputTokens":4`, `"cacheReadInputTokens":4,"cacheReadInputTokenCount":4`} {
		got := Read(BedrockConverse, []byte(`{"usage":{"inputTokens":1,"outputTokens":1,`+names+`}}`))
		if got.Usage.CacheReadInputTokens != 4 {
			t.Errorf("%s: %+v", names, got)
		}
	}
}

func TestTheModelAndTheIDAreThoseOfTheResponse(t *testing.T) {
	t.Parallel()
	got := Read(OpenAIChat, []byte(`{"id":"c-1","model":"gpt-5.4-2026-03-05","usage":{"prompt_tokens":1,"completion_tokens":1}}`))
	if got.Model != "gpt-5.4-2026-03-05" || got.ID != "c-1" {
		t.Errorf("got %+v", got)
	}
	long := Read(OpenAIChat, []byte(`{"id":7,"model":"`+strings.Repeat("m", maxName+1)+`","usage":{"prompt_tokens":1,"completion_tokens":1}}`))
	if long.Model != "" || long.ID != "" {
		t.Errorf("names that are none are kept: %.40s, %s", long.Model, long.ID)
	}
	missing := Read(OpenAIChat, []byte(`{"id":"c-1","model":"gpt-5.4"}`))
	if missing.Model != "gpt-5.4" || !missing.Missing {
		t.Errorf("without usage: %+v", missing)
	}
}

func TestTheCostOfOpenRouterIsItsOwn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, rest string
		want       money.Cost
	}{
		{"named as theirs", `"cost":0.25`, money.Cost{State: money.Priced, Nano: 250_000_000, Note: "as OpenRouter reports"}},
		{"nothing for a free model", `"cost":0`, money.Cost{State: money.Priced, Note: "as OpenRouter reports"}},
		{"not said", `"cost":null`, money.Cost{State: money.Unknown, Note: "OpenRouter did not say what it cost"}},
		{"as text", `"cost":"0.25"`, money.Cost{State: money.Unknown, Note: "OpenRouter's own cost cannot be read"}},
		{"absurd", `"cost":1e9`, money.Cost{State: money.Unknown, Note: "OpenRouter's own cost cannot be read"}},
		{"a key of one's own without the provider's part", `"cost":0.01,"is_byok":true`, money.Cost{State: money.Unknown, Note: "OpenRouter did not say what it cost"}},
		{"no key of one's own", `"cost":0.01,"is_byok":false,"cost_details":{"upstream_inference_cost":5}`, money.Cost{State: money.Priced, Nano: 10_000_000, Note: "as OpenRouter reports"}},
	} {
		got := Read(OpenRouter, []byte(`{"prompt_tokens":1,"completion_tokens":1,`+tt.rest+`}`))
		if diff := cmp.Diff(tt.want, got.Theirs); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	if got := Read(OpenAIChat, []byte(`{"prompt_tokens":1,"completion_tokens":1,"cost":0.25}`)); got.Theirs.State != money.Unknown {
		t.Errorf("another vendor's cost is believed: %+v", got.Theirs)
	}
}

// TestNoStrangersWordIsInAReason: reasons go to logs and summaries.
func TestNoStrangersWordIsInAReason(t *testing.T) {
	t.Parallel()
	const evil = "::error::evil"
	for _, s := range Shapes() {
		for _, payload := range []string{
			`{"usage":"` + evil + `"}`, `{"usageMetadata":"` + evil + `"}`, `{"usage":{"` + evil + `":1}}`, `{"` + evil + `":1,"` + evil + `":2}`,
			`{"usage":{"input_tokens":"` + evil + `","inputTokens":"` + evil + `","prompt_tokens":"` + evil + `"}}`,
			`{"input_tokens":1,"output_tokens":1,"iterations":[{"type":"` + evil + `"}],"service_tier":"` + evil + `"}`,
		} {
			if got := Read(s, []byte(payload)); strings.Contains(got.Why+got.Served.Tier+got.Served.Unpriced+got.Theirs.Note, "evil") {
				t.Errorf("%s: %+v", s, got)
			}
		}
	}
}
