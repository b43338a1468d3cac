package provider

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

// TestHowACallWasServedIsReadFromItsResponse replays streams in the form that
// each vendor documents: what was served counts, not what was asked for.
func TestHowACallWasServedIsReadFromItsResponse(t *testing.T) {
	t.Parallel()
	anthropic := `event: message_start
data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"claude-opus-5-5","content":[],"usage":{"input_tokens":10,"output_tokens":1,"service_tier":%q,"inference_geo":%q}}}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"hi"}}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5%s}}

event: message_stop
data: {"type":"message_stop"}

`
	openai := `data: {"id":"c","object":"chat.completion.chunk","model":"gpt-6.1-terra","service_tier":%q,"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}

data: {"id":"c","object":"chat.completion.chunk","model":"gpt-6.1-terra","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}

data: [DONE]

`
	gemini := `data: {"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"hi"}]},"finishReason":"STOP"%s}],"modelVersion":"gemini-3.1-pro-preview","usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15%s}}

`
	for name, c := range map[string]struct {
		vendor, stream string
		want           money.Service
	}{
		"anthropic at list price":                 {"anthropic", fmt.Sprintf(anthropic, "standard", "global", ""), money.Service{}},
		"anthropic by priority, within the US":    {"anthropic", fmt.Sprintf(anthropic, "priority", "us", ""), money.Service{Tier: "priority", Region: "us"}},
		"anthropic with searches of the vendor":   {"anthropic", fmt.Sprintf(anthropic, "standard", "global", `,"server_tool_use":{"web_search_requests":3}`), money.Service{WebSearches: 3}},
		"anthropic in two passes":                 {"anthropic", fmt.Sprintf(anthropic, "standard", "global", `,"iterations":[{"type":"compaction","input_tokens":40,"output_tokens":2},{"type":"message","input_tokens":10,"output_tokens":5}]`), money.Service{LargestPrompt: 40}},
		"openai at list price":                    {"openai", fmt.Sprintf(openai, "default"), money.Service{}},
		"openai by flex":                          {"openai", fmt.Sprintf(openai, "flex"), money.Service{Tier: "flex"}},
		"openai by priority, named in one record": {"openai", fmt.Sprintf(openai, "priority"), money.Service{Tier: "priority"}},
		"gemini at list price":                    {"gemini", fmt.Sprintf(gemini, "", ""), money.Service{}},
		"gemini by flex":                          {"gemini", fmt.Sprintf(gemini, "", `,"trafficType":"ON_DEMAND_FLEX"`), money.Service{Tier: "flex"}},
		"gemini with grounding":                   {"gemini", fmt.Sprintf(gemini, `,"groundingMetadata":{"webSearchQueries":["x"]}`, ""), money.Service{Unpriced: "grounding"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				fmt.Fprint(w, c.stream)
			}))
			t.Cleanup(server.Close)
			client, err := HTTPClient(Transport{AllowedHosts: []string{server.Listener.Addr().String()}})
			if err != nil {
				t.Fatal(err)
			}
			open, err := ForName(c.vendor, Options{APIKey: testKey, BaseURL: server.URL, HTTP: client})
			if err != nil {
				t.Fatal(err)
			}
			got, err := open.Complete(t.Context(), Request{Model: "m", Prompt: "p", MaxOutputTokens: 100})
			if err != nil {
				t.Fatal(err)
			}
			if !got.Usage.Known {
				t.Error("its usage is not known")
			}
			if diff := cmp.Diff(c.want, got.Served); diff != "" {
				t.Error(diff)
			}
		})
	}
}
