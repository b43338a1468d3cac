package usage

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/money"
)

func TestStreamsInEveryFormOfTheWire(t *testing.T) {
	t.Parallel()
	const first, last = `{"id":"c","model":"m","choices":[{"finish_reason":null}]}`, `{"id":"c","choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2}}`
	want := money.Usage{Known: true, InputTokens: 7, OutputTokens: 2}
	for name, stream := range map[string]string{
		"events":                      "data: " + first + "\n\ndata: " + last + "\n\ndata: [DONE]\n\n",
		"events with carriage return": "data: " + first + "\r\n\r\ndata: " + last + "\r\n\r\n",
		"events without a space":      "data:" + first + "\n\ndata:" + last + "\n\n",
		"an event of two lines":       "data: " + first + "\n\ndata: " + strings.Replace(last, `"usage"`, "\ndata: \"usage\"", 1) + "\n\n",
		"no line after the last":      "data: " + first + "\n\ndata: " + last,
		"comments and other fields":   ": hello\nevent: x\nid: 4\nretry: 5\ndata: " + first + "\n\n: bye\n\ndata: " + last + "\n\n",
		"JSON lines":                  first + "\n" + last + "\n",
		"one after another":           first + last,
		"an array":                    "[" + first + "," + last + "]",
	} {
		if got := ReadStream(OpenAIChat, []byte(stream)); got.Usage != want || got.Model != "m" || got.ID != "c" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAStreamThatIsBrokenHasNoUsage(t *testing.T) {
	t.Parallel()
	const whole = `{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}`
	for _, tt := range []struct {
		name, stream, why string
		missing           bool
	}{
		{"nothing", "", "no usage", true},
		{"half a record", "data: " + whole[:30] + "\n\n", "no JSON object", false},
		{"half a line", whole + whole[:30], "cannot be read", false},
		{"half an array", "[" + whole, "cannot be read", false},
		{"a record that is no object", "data: 7\n\n", "no JSON object", false},
		{"a wrong record after a right one", "data: " + whole + "\n\ndata: " + strings.Replace(whole, "7", "-7", 1) + "\n\n", "prompt_tokens is no number", false},
		{"a list of choices that is none", "data: {\"choices\":7}\n\ndata: " + whole + "\n\n", "choices is no list", false},
	} {
		got := ReadStream(OpenAIChat, []byte(tt.stream))
		if got.Usage != (money.Usage{}) || !strings.Contains(got.Why, tt.why) || got.Missing != tt.missing {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	const soFar = `{"choices":[{"delta":{"content":"a"},"finish_reason":null}],"usage":{"prompt_tokens":7,"completion_tokens":2}}`
	if got := ReadStream(OpenAIChat, []byte(soFar)); got.Usage.Known || got.Why != "the stream did not come to its end" {
		t.Errorf("what was used so far is taken for the whole: %+v", got)
	}
	if got := ReadStream("soap", []byte("data: {}\n\n")); !strings.Contains(got.Why, "soap") {
		t.Errorf("got %+v", got)
	}
}

func TestALaterReportOfAnthropicNamesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	s := NewStream(AnthropicMessages)
	for _, record := range []string{
		`{"type":"message_start","message":{"model":"m","usage":{"input_tokens":5,"cache_read_input_tokens":40,"output_tokens":1,"service_tier":"batch"}}}`,
		`{"type":"ping"}`,
		`{"type":"message_delta","delta":{"stop_reason":null},"usage":{"output_tokens":9}}`,
		`{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":30,"cache_read_input_tokens":null,"server_tool_use":{"web_search_requests":1}}}`,
	} {
		s.Add([]byte(record))
	}
	got := s.Report()
	want := money.Usage{Known: true, InputTokens: 5, CacheReadInputTokens: 40, OutputTokens: 30}
	if got.Usage != want || got.Served != (money.Service{Tier: "batch", WebSearches: 1}) || got.Model != "m" {
		t.Errorf("got %+v", got)
	}
}

func TestALaterReportOfOthersTakesThePlaceOfTheEarlier(t *testing.T) {
	t.Parallel()
	got := ReadStream(OpenAIChat, []byte(`{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":5}}}
{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}`))
	if want := (money.Usage{Known: true, InputTokens: 7, OutputTokens: 3}); got.Usage != want {
		t.Errorf("got %+v", got)
	}
}

func TestALogKeepsTheLastReportOfACall(t *testing.T) {
	t.Parallel()
	tokens := func(n int64) Report { return Report{Usage: money.Usage{Known: true, InputTokens: n}} }
	var c Calls
	for _, entry := range []struct {
		key string
		r   Report
	}{
		{"a", tokens(1)},
		{"b", Report{Missing: true}},
		{"a", tokens(2)},
		{"a", Report{Missing: true, Why: "the response reports no usage"}},
		{"b", tokens(7)},
		{"c", tokens(3)},
		{"c", Report{Why: "a number below zero"}},
		{"", tokens(4)},
		{"", tokens(5)},
	} {
		c.Add(entry.key, entry.r)
	}
	var got []int64
	for _, r := range c.Reports() {
		got = append(got, r.Usage.InputTokens)
	}
	if len(got) != 5 || got[0] != 2 || got[1] != 7 || got[2] != 0 || got[3] != 4 || got[4] != 5 {
		t.Errorf("got %v; want the last of a, b and c, c being wrong, and both without a key", got)
	}
	if len(new(Calls).Reports()) != 0 {
		t.Error("no calls have reports")
	}
}
