package fakemodel

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func post(t *testing.T, url, body string, header map[string]string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

const (
	goodAnthropic = `{"model":"claude-opus-5-5","max_tokens":5,"stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}`
	goodOpenAI    = `{"model":"gpt-6-luna","max_completion_tokens":5,"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hi"}]}`
	goodGemini    = `{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":5}}`
	geminiPath    = "/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse"
)

func headers(v Vendor) map[string]string {
	h := map[string]string{"Content-Type": "application/json"}
	switch v {
	case Anthropic:
		h["X-Api-Key"], h["Anthropic-Version"] = "k", "2023-06-01"
	case OpenAI:
		h["Authorization"] = "Bearer k"
	case Gemini:
		h["X-Goog-Api-Key"] = "k"
	}
	return h
}

func TestTheFakeRefusesWhatTheRealServicesRefuse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		vendor Vendor
		path   string
		body   string
		header map[string]string
		status int
		says   string // "" for a request that is right
	}{
		{"a good request", Anthropic, "/v1/messages", goodAnthropic, nil, 200, ""},
		{"a good request", OpenAI, "/v1/chat/completions", goodOpenAI, nil, 200, ""},
		{"a good request", Gemini, geminiPath, goodGemini, nil, 200, ""},
		{"another path", OpenAI, "/v1/responses", goodOpenAI, nil, 404, "nothing is at this path"},
		{"a doubled version", OpenAI, "/v1/v1/chat/completions", goodOpenAI, nil, 404, "nothing is at this path"},
		{"a mark to keep", Anthropic, "/v1/messages", marked(`{"type":"ephemeral"}`, 1), nil, 200, ""},
		{"as many marks as may be", Anthropic, "/v1/messages", marked(`{"type":"ephemeral","ttl":"1h"}`, 4), nil, 200, ""},
		{"a mark too many", Anthropic, "/v1/messages", marked(`{"type":"ephemeral"}`, 5), nil, 400, "maximum of 4"},
		{"a mark of another kind", Anthropic, "/v1/messages", marked(`{"type":"forever"}`, 1), nil, 400, "ephemeral"},
		{"a mark for two hours", Anthropic, "/v1/messages", marked(`{"type":"ephemeral","ttl":"2h"}`, 1), nil, 400, "5m or 1h"},
		{"a mark with more to it", Anthropic, "/v1/messages", marked(`{"type":"ephemeral","scope":"all"}`, 1), nil, 400, "unknown field"},
		{"no stream of events", Gemini, "/v1beta/models/m:streamGenerateContent", goodGemini, nil, 404, "nothing"},
		{"no key", Anthropic, "/v1/messages", goodAnthropic, map[string]string{"X-Api-Key": ""}, 401, "key"},
		{"a wrong key", OpenAI, "/v1/chat/completions", goodOpenAI, map[string]string{"Authorization": "Bearer other"}, 401, "key"},
		{"a key without Bearer", OpenAI, "/v1/chat/completions", goodOpenAI, map[string]string{"Authorization": ""}, 401, "key"},
		{"another content type", Gemini, geminiPath, goodGemini, map[string]string{"Content-Type": "text/plain"}, 400, "content type"},
		{"no version", Anthropic, "/v1/messages", goodAnthropic, map[string]string{"Anthropic-Version": ""}, 400, "anthropic-version"},
		{"an unknown field", Anthropic, "/v1/messages", `{"modell":1,` + goodAnthropic[1:], nil, 400, "unknown field"},
		{"an unknown field", OpenAI, "/v1/chat/completions", `{"n_ctx":1,` + goodOpenAI[1:], nil, 400, "unknown field"},
		{"an unknown field", Gemini, geminiPath, `{"temperature":1,` + goodGemini[1:], nil, 400, "unknown field"},
		{"two documents", OpenAI, "/v1/chat/completions", goodOpenAI + "{}", nil, 400, "more than one"},
		{"no bound", Anthropic, "/v1/messages", strings.Replace(goodAnthropic, `"max_tokens":5,`, "", 1), nil, 400, "max_tokens"},
		{"no bound", OpenAI, "/v1/chat/completions", strings.Replace(goodOpenAI, `"max_completion_tokens":5,`, "", 1), nil, 400, "expected one of"},
		{"no bound", Gemini, geminiPath, strings.Replace(goodGemini, `"maxOutputTokens":5`, "", 1), nil, 400, "maxOutputTokens"},
		{"the deprecated bound on a reasoning model", OpenAI, "/v1/chat/completions", strings.Replace(goodOpenAI, "max_completion_tokens", "max_tokens", 1), nil, 400, "not supported with this model"},
		{"no stream", Anthropic, "/v1/messages", strings.Replace(goodAnthropic, `"stream":true,`, "", 1), nil, 400, "stream"},
		{"no usage asked for", OpenAI, "/v1/chat/completions", strings.Replace(goodOpenAI, `{"include_usage":true}`, "{}", 1), nil, 400, "include_usage"},
		{"thinking on a model that always thinks", Anthropic, "/v1/messages", `{"thinking":{"type":"disabled"},` + goodAnthropic[1:], nil, 400, "thinking"},
		{"thinking on another model", Anthropic, "/v1/messages", strings.Replace(`{"thinking":{"type":"disabled"},`+goodAnthropic[1:], "claude-opus-5-5", "claude-haiku-4-5", 1), nil, 200, ""},
		{"a forced tool", Anthropic, "/v1/messages", `{"tool_choice":{"type":"tool","name":"x"},` + goodAnthropic[1:], nil, 400, "tool_choice"},
		{"an effort of no vendor", Anthropic, "/v1/messages", `{"output_config":{"effort":"maximal"},` + goodAnthropic[1:], nil, 400, "effort"},
		{"an open object", Anthropic, "/v1/messages", `{"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},` + goodAnthropic[1:], nil, 400, "additionalProperties"},
		{"a bound in a schema", Anthropic, "/v1/messages", `{"output_config":{"format":{"type":"json_schema","schema":{"type":"array","items":{"type":"integer","minimum":1}}}},` + goodAnthropic[1:], nil, 400, "minimum is not supported"},
		{"an optional property in strict mode", OpenAI, "/v1/chat/completions", `{"response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","properties":{"a":{}},"additionalProperties":false}}},` + goodOpenAI[1:], nil, 400, "Missing 'a'"},
		{"a schema without its type", Gemini, geminiPath, strings.Replace(goodGemini, `5}`, `5,"responseJsonSchema":{}}`, 1), nil, 400, "go together"},
		{"a budget for a model of levels", Gemini, geminiPath, strings.Replace(goodGemini, `5}`, `5,"thinkingConfig":{"thinkingBudget":1}}`, 1), nil, 400, "thinkingBudget"},
		{"an empty prompt", Anthropic, "/v1/messages", strings.Replace(goodAnthropic, "hi", "", 1), nil, 400, "non-empty"},
	} {
		fake, err := Start("127.0.0.1:0", Always(Answer{Text: "ok"}))
		if err != nil {
			t.Fatal(err)
		}
		fake.RequireKey("k")
		h := headers(tt.vendor)
		for name, value := range tt.header {
			h[name] = value
		}
		status, answer := post(t, "http://"+fake.Addr()+tt.path, tt.body, h)
		failures := strings.Join(fake.Failures(), "\n")
		if status != tt.status || !strings.Contains(failures, tt.says) || (tt.says == "") != (failures == "") {
			t.Errorf("%s, %s: %d %s, failures %q", tt.vendor, tt.name, status, answer, failures)
		}
		if n := len(fake.Requests()); n != 1 {
			t.Errorf("%s: %d requests recorded", tt.name, n)
		}
		fake.Close()
	}
}

func TestAnswersComeInTheirSequence(t *testing.T) {
	t.Parallel()
	script := Sequence(Answer{Text: "one"}, Answer{Text: "two"})
	for _, want := range []string{"one", "two", "two"} {
		if got := script(Request{}).Text; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestHalvesDoNotCutACharacter(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a", "é", "日本語", "aéb"} {
		parts := halves(text)
		if parts[0]+parts[1] != text || strings.ToValidUTF8(parts[0], "?") != parts[0] {
			t.Errorf("%q becomes %q", text, parts)
		}
	}
}

// marked is a good request with so many marked blocks.
func marked(mark string, n int) string {
	block := `{"type":"text","text":"x","cache_control":` + mark + `}`
	return `{"model":"m","max_tokens":10,"stream":true,"messages":[{"role":"user","content":[` + strings.Join(slices.Repeat([]string{block}, n), ",") + `]}]}`
}
