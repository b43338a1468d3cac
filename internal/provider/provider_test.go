package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
)

var update = flag.Bool("update", false, "rewrite golden files")

const testKey = "sk-test-0123456789abcdefghijklmnop"

// open gives a client of a vendor on a fake, over the real transport.
func open(t *testing.T, v fakemodel.Vendor, fake *fakemodel.Server, change func(*Options)) completer {
	t.Helper()
	client, err := HTTPClient(Transport{AllowedHosts: []string{fake.Addr()}})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{APIKey: testKey, BaseURL: fake.BaseURL(v), HTTP: client, StartTimeout: 20 * time.Second, IdleTimeout: 20 * time.Second}
	if change != nil {
		change(&o)
	}
	c, err := ForName(string(v), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func start(t *testing.T, script fakemodel.Script) *fakemodel.Server {
	t.Helper()
	fake, err := fakemodel.Start("127.0.0.1:0", script)
	if err != nil {
		t.Fatal(err)
	}
	fake.RequireKey(testKey)
	t.Cleanup(fake.Close)
	return fake
}

func clean(t *testing.T, fake *fakemodel.Server) {
	t.Helper()
	for _, f := range fake.Failures() {
		t.Errorf("the fake refuses: %s", f)
	}
}

func vendors() map[fakemodel.Vendor]string {
	return map[fakemodel.Vendor]string{
		fakemodel.Anthropic: "claude-opus-5-5", fakemodel.OpenAI: "gpt-6.1-terra", fakemodel.Gemini: "gemini-3.1-pro-preview",
		fakemodel.Bedrock: "anthropic.claude-opus-5-5", fakemodel.Azure: "gpt-6.1-terra", fakemodel.Vertex: "gemini-3.1-pro-preview",
	}
}

// speaks gives the vendor whose format another one has.
func speaks(v fakemodel.Vendor) fakemodel.Vendor {
	switch v {
	case fakemodel.Bedrock:
		return fakemodel.Anthropic
	case fakemodel.Azure:
		return fakemodel.OpenAI
	case fakemodel.Vertex:
		return fakemodel.Gemini
	}
	return v
}

func TestACallOnEveryVendor(t *testing.T) {
	t.Parallel()
	schema := json.RawMessage(`{"type":"object","properties":{"zebra":{"type":"string","minLength":1},"apple":{"type":"array","items":{"type":"object","properties":{"line":{"type":"integer","minimum":1}},"required":["line"]}}},"required":["zebra","apple"],"additionalProperties":false}`)
	for v, model := range vendors() {
		t.Run(string(v), func(t *testing.T) {
			t.Parallel()
			fake := start(t, fakemodel.Always(fakemodel.Answer{
				Thinking: "let me see", Text: `{"zebra":"é"}`,
				Usage: fakemodel.Usage{Input: 5_750, CacheRead: 1_000, CacheWrite: 20, Output: 1_925, Reasoning: 1_900},
			}))
			req := Request{Model: model, System: "be brief", Prompt: "what is this?", Schema: schema, Effort: "high", MaxOutputTokens: 1_000}
			got, err := open(t, v, fake, nil).Complete(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			want := Response{Text: `{"zebra":"é"}`, Model: model, Finish: FinishStop, Usage: money.Usage{
				Known: true, InputTokens: 5_750, CacheReadInputTokens: 1_000, CacheCreationInputTokens: 20, OutputTokens: 1_925, ReasoningOutputTokens: 1_900,
			}}
			if speaks(v) == fakemodel.Gemini { // which bills no cache writes
				want.Usage.InputTokens, want.Usage.CacheCreationInputTokens = 5_770, 0
			}
			want.ID = got.ID
			if diff := cmp.Diff(want, got); diff != "" || got.ID == "" {
				t.Errorf("id %q: %s", got.ID, diff)
			}
			clean(t, fake)
			sent := fake.Requests()
			if len(sent) != 1 {
				t.Fatalf("%d requests", len(sent))
			}
			if r := sent[0]; r.System != req.System || r.Prompt != req.Prompt || r.MaxOutputTokens != 1_000 || r.Effort != "high" || r.Schema == nil {
				t.Errorf("sent %s", r.Body)
			}
			if order := bytes.Index(sent[0].Schema, []byte("apple")) - bytes.Index(sent[0].Schema, []byte("zebra")); order < 0 && speaks(v) != fakemodel.Gemini {
				t.Errorf("the schema lost its order: %s", sent[0].Schema)
			}
		})
	}
}

func TestASmallRequestOnEveryVendor(t *testing.T) {
	t.Parallel()
	for v, model := range vendors() {
		fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "ok", Model: "another-model", Usage: fakemodel.Usage{Input: 1, Output: 1}}))
		got, err := open(t, v, fake, nil).Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
		if err != nil || got.Text != "ok" || got.Model != "another-model" {
			t.Errorf("%s: %+v, %v", v, got, err)
		}
		clean(t, fake)
		body := string(fake.Requests()[0].Body)
		for _, absent := range []string{"thinking", "effort", "tool_choice", "temperature", "format", "Schema", "system"} {
			if strings.Contains(body, absent) {
				t.Errorf("%s: %q is in a request that has no need of it: %s", v, absent, body)
			}
		}
	}
}

func TestWhyAnAnswerEnded(t *testing.T) {
	t.Parallel()
	for v, model := range vendors() {
		for finish, want := range map[string]Finish{"stop": FinishStop, "max_tokens": FinishLength, "refusal": FinishRefusal, "tool_calls": FinishOther} {
			fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "words", Finish: finish, Usage: fakemodel.Usage{Input: 10, Output: 5}}))
			got, err := open(t, v, fake, nil).Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
			if err != nil || got.Finish != want || !got.Usage.Known {
				t.Errorf("%s, %s: %+v, %v", v, finish, got, err)
			}
		}
	}
}

// canned answers every request with one stream, without a network.
type canned struct {
	status int
	kind   string
	body   []byte
}

func (c canned) RoundTrip(req *http.Request) (*http.Response, error) {
	if _, err := io.Copy(io.Discard, req.Body); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: c.status, Header: http.Header{"Content-Type": {c.kind}}, Body: io.NopCloser(bytes.NewReader(c.body)), Request: req}, nil
}

func replay(t testing.TB, name string, body []byte, req Request) (Response, error) {
	t.Helper()
	v, err := vendor(name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := v.open(Options{APIKey: testKey, BaseURL: v.BaseURL + v.Example, HTTP: &http.Client{Transport: canned{200, "text/event-stream", body}}})
	if err != nil {
		t.Fatal(err)
	}
	return c.Complete(context.Background(), req)
}

func TestRecordedStreams(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.sse")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(filepath.Base(file), "_")
		resp, err := replay(t, name, body, Request{Model: "asked", Prompt: "p", MaxOutputTokens: 16_000})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		got, err := json.MarshalIndent(resp, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden := strings.TrimSuffix(file, ".sse") + ".json"
		if *update {
			if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

func TestUsageThatMakesNoSenseIsUnknownAndTheAnswerStands(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, vendor, usage string }{
		{"minus one", "anthropic", `{"input_tokens":-1,"output_tokens":5}`},
		{"1e308", "anthropic", `{"input_tokens":1e308,"output_tokens":5}`},
		{"a string", "anthropic", `{"input_tokens":"7","output_tokens":5}`},
		{"a fraction", "anthropic", `{"input_tokens":7.5,"output_tokens":5}`},
		{"more than 64 bits", "anthropic", `{"input_tokens":99999999999999999999,"output_tokens":5}`},
		{"no text is this cheap", "anthropic", `{"input_tokens":10,"output_tokens":0}`},
		{"a prompt of nothing", "anthropic", `{"input_tokens":0,"output_tokens":5}`},
		{"more output than was permitted", "anthropic", `{"input_tokens":10,"output_tokens":500000}`},
		{"more than any context window", "anthropic", `{"input_tokens":100000001,"output_tokens":5}`},
		{"more thinking than output", "anthropic", `{"input_tokens":10,"output_tokens":5,"output_tokens_details":{"thinking_tokens":6}}`},
		{"a part greater than its whole", "anthropic", `{"input_tokens":10,"cache_creation_input_tokens":1,"cache_creation":{"ephemeral_1h_input_tokens":2},"output_tokens":5}`},
		{"an iteration of another model", "anthropic", `{"input_tokens":10,"output_tokens":5,"iterations":[{"type":"advisor_message","model":"m","input_tokens":1,"output_tokens":1}]}`},
		{"an iteration of minus one", "anthropic", `{"input_tokens":10,"output_tokens":5,"iterations":[{"type":"message","input_tokens":-1,"output_tokens":1}]}`},
		{"an iteration without counts", "anthropic", `{"input_tokens":10,"output_tokens":5,"iterations":[{"type":"message"}]}`},
		{"iterations that are no list", "anthropic", `{"input_tokens":10,"output_tokens":5,"iterations":7}`},
		{"minus one", "openai", `{"prompt_tokens":10,"completion_tokens":-1,"total_tokens":9}`},
		{"1e308", "openai", `{"prompt_tokens":1e308,"completion_tokens":1,"total_tokens":9}`},
		{"more cached than sent", "openai", `{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":11}}`},
		{"a total under its parts", "openai", `{"prompt_tokens":10,"completion_tokens":5,"total_tokens":14}`},
		{"no completion count", "openai", `{"prompt_tokens":10}`},
		{"zeroes", "openai", `{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}`},
		{"an empty object", "openai", `{}`},
		{"minus one", "gemini", `{"promptTokenCount":-1,"candidatesTokenCount":1,"totalTokenCount":0}`},
		{"more cached than sent", "gemini", `{"promptTokenCount":10,"cachedContentTokenCount":11,"candidatesTokenCount":1,"totalTokenCount":11}`},
		{"a total that is not the sum", "gemini", `{"promptTokenCount":10,"candidatesTokenCount":1,"totalTokenCount":12}`},
		{"an empty object", "gemini", `{}`},
	} {
		v := fakemodel.Vendor(tt.vendor)
		for _, a := range []fakemodel.Answer{{Text: "fine", RawUsage: tt.usage, Usage: fakemodel.Usage{Input: 10, Output: 1}}, {Text: "fine", NoUsage: true}} {
			fake := start(t, fakemodel.Always(a))
			got, err := open(t, v, fake, nil).Complete(t.Context(), Request{Model: vendors()[v], Prompt: "hi", MaxOutputTokens: 100})
			if err != nil || got.Text != "fine" || got.Finish != FinishStop || got.Usage != (money.Usage{}) {
				t.Errorf("%s, %s (reported: %v): %+v, %v", tt.vendor, tt.name, !a.NoUsage, got, err)
			}
			if below := strings.Contains(tt.name, "minus one") && !a.NoUsage; got.ImpossibleUsage != below {
				t.Errorf("%s, %s: impossible is %t, want %t", tt.vendor, tt.name, got.ImpossibleUsage, below)
			}
		}
	}
}

func TestUsageWithSlack(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, vendor, usage string
		want                money.Usage
	}{
		{"the last record wins", "anthropic", `{"output_tokens":7}`, money.Usage{Known: true, InputTokens: 10, OutputTokens: 7}},
		{
			"a part of the prompt is written beyond what is left of it", "openai", `{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":8,"cache_write_tokens":4}}`,
			money.Usage{Known: true, CacheReadInputTokens: 8, CacheCreationInputTokens: 4, OutputTokens: 5},
		},
		{"a server that gives no total", "openai", `{"prompt_tokens":10,"completion_tokens":5}`, money.Usage{Known: true, InputTokens: 10, OutputTokens: 5}},
		{"tool results are input", "gemini", `{"promptTokenCount":10,"toolUsePromptTokenCount":3,"candidatesTokenCount":5,"totalTokenCount":18}`, money.Usage{Known: true, InputTokens: 13, OutputTokens: 5}},
	} {
		v := fakemodel.Vendor(tt.vendor)
		fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "fine", RawUsage: tt.usage, Usage: fakemodel.Usage{Input: 10, Output: 1}}))
		got, err := open(t, v, fake, nil).Complete(t.Context(), Request{Model: vendors()[v], Prompt: "hi", MaxOutputTokens: 100})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, got.Usage); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestTheBoundHasTheNameThatTheModelTakes(t *testing.T) {
	t.Parallel()
	for model, name := range map[string]string{
		"gpt-5-mini": "max_completion_tokens", "openai/gpt-6-luna": "max_completion_tokens", "o3": "max_completion_tokens",
		"gpt-oss-120b": "max_tokens", "meta-llama/llama-3.3-70b": "max_tokens", "qwen3:8b": "max_tokens",
	} {
		fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "ok", Usage: fakemodel.Usage{Input: 1, Output: 1}}))
		if _, err := open(t, fakemodel.OpenAI, fake, nil).Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5}); err != nil {
			t.Errorf("%s: %v", model, err)
		}
		clean(t, fake)
		if body := string(fake.Requests()[0].Body); !strings.Contains(body, `"`+name+`":5`) {
			t.Errorf("%s: %s", model, body)
		}
	}
	own := &OpenAI{endpoint{base: mustParse(t, "https://api.openai.com/v1")}}
	if !own.boundsCompletion("anything") {
		t.Error("OpenAI itself is sent the deprecated name")
	}
}

func TestRequestsThatAreNotSent(t *testing.T) {
	t.Parallel()
	good := Request{Model: "claude-opus-5-5", Prompt: "hi", MaxOutputTokens: 5}
	for _, tt := range []struct {
		name   string
		vendor fakemodel.Vendor
		change func(*Request)
		says   string
	}{
		{"no bound", fakemodel.Anthropic, func(r *Request) { r.MaxOutputTokens = 0 }, "bound"},
		{"a negative bound", fakemodel.OpenAI, func(r *Request) { r.MaxOutputTokens = -1 }, "bound"},
		{"a bound over 31 bits", fakemodel.Gemini, func(r *Request) { r.MaxOutputTokens = 1 << 40 }, "more than Gemini takes"},
		{"no model", fakemodel.Anthropic, func(r *Request) { r.Model = "" }, "model id"},
		{"a model that is a path", fakemodel.Gemini, func(r *Request) { r.Model = "../../x" }, "model id"},
		{"a model with a query", fakemodel.Gemini, func(r *Request) { r.Model = "m?alt=json" }, "model id"},
		{"no prompt", fakemodel.Anthropic, func(r *Request) { r.Prompt = "" }, "empty prompt"},
		{"a schema that is no JSON", fakemodel.Anthropic, func(r *Request) { r.Schema = []byte(`{`) }, "schema"},
		{"a schema that is no object", fakemodel.OpenAI, func(r *Request) { r.Schema = []byte(`[]`) }, "schema"},
		{"a schema that is no object", fakemodel.Gemini, func(r *Request) { r.Schema = []byte(`7`) }, "schema"},
		{"an effort that Gemini has not", fakemodel.Gemini, func(r *Request) { r.Effort = "max" }, "effort"},
		{"an effort for a model that does not think", fakemodel.Gemini, func(r *Request) { r.Effort, r.Model = "low", "gemini-2.0-flash" }, "does not think"},
	} {
		fake := start(t, nil)
		req := good
		tt.change(&req)
		_, err := open(t, tt.vendor, fake, nil).Complete(t.Context(), req)
		var fault *Error
		if !errors.As(err, &fault) || !strings.Contains(fault.Message, tt.says) || fault.Sent || fault.Retryable || fault.Status != 0 {
			t.Errorf("%s: %#v", tt.name, err)
		}
		if n := len(fake.Requests()); n != 0 {
			t.Errorf("%s: %d requests were sent", tt.name, n)
		}
	}
}

func TestAnOlderGeminiIsGivenABudget(t *testing.T) {
	t.Parallel()
	fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "ok", Usage: fakemodel.Usage{Input: 1, Output: 1}}))
	if _, err := open(t, fakemodel.Gemini, fake, nil).Complete(t.Context(), Request{Model: "gemini-2.5-pro", Prompt: "hi", Effort: "medium", MaxOutputTokens: 5}); err != nil {
		t.Fatal(err)
	}
	clean(t, fake)
	if body := string(fake.Requests()[0].Body); !strings.Contains(body, `"thinkingBudget":8192`) {
		t.Error(body)
	}
}

func TestTheEnvironmentIsNotRead(t *testing.T) {
	trap := start(t, fakemodel.Always(fakemodel.Answer{Text: "trapped", Usage: fakemodel.Usage{Input: 1, Output: 1}}))
	for name, value := range map[string]string{
		"ANTHROPIC_BASE_URL": trap.BaseURL(fakemodel.Anthropic), "ANTHROPIC_API_KEY": "from-env", "ANTHROPIC_AUTH_TOKEN": "from-env", "ANTHROPIC_CUSTOM_HEADERS": "X-Trap: from-env", "ANTHROPIC_PROFILE": "nobody",
		"OPENAI_BASE_URL": trap.BaseURL(fakemodel.OpenAI), "OPENAI_API_KEY": "from-env", "OPENAI_ORG_ID": "from-env", "OPENAI_PROJECT_ID": "from-env", "OPENAI_CUSTOM_HEADERS": "X-Trap: from-env",
		"GOOGLE_GEMINI_BASE_URL": trap.BaseURL(fakemodel.Gemini), "GEMINI_API_KEY": "from-env", "GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "from-env", "GOOGLE_CLOUD_LOCATION": "us-central1",
		"HTTP_PROXY": "http://" + trap.Addr(), "HTTPS_PROXY": "http://" + trap.Addr(),
	} {
		t.Setenv(name, value)
	}
	for v, model := range vendors() {
		fake := start(t, fakemodel.Always(fakemodel.Answer{Text: "right", Usage: fakemodel.Usage{Input: 1, Output: 1}}))
		got, err := open(t, v, fake, nil).Complete(t.Context(), Request{Model: model, Prompt: "hi", MaxOutputTokens: 5})
		if err != nil || got.Text != "right" {
			t.Errorf("%s: %+v, %v", v, got, err)
		}
		clean(t, fake)
		for name, values := range fake.Requests()[0].Header {
			if strings.Contains(strings.Join(values, " "), "from-env") {
				t.Errorf("%s: header %s holds %q", v, name, values)
			}
		}
	}
	if n := len(trap.Requests()); n > 0 {
		t.Errorf("%d requests went where the environment says", n)
	}
}

func TestClientsAreNotOpenedHalfway(t *testing.T) {
	t.Parallel()
	good := Options{APIKey: testKey, HTTP: &http.Client{Transport: canned{}}}
	for _, tt := range []struct {
		name   string
		vendor string
		change func(*Options)
		says   string
	}{
		{"an unknown vendor", "acme", func(*Options) {}, "expected one of anthropic, gemini, openai, azure, bedrock, vertex"},
		{"no key: the SDK would look for one in the environment", "gemini", func(o *Options) { o.APIKey = "" }, "no key"},
		{"a key with a line end", "openai", func(o *Options) { o.APIKey = "sk-1\n" }, "line ends"},
		{"a key with a header inside", "openai", func(o *Options) { o.APIKey = "sk\r\nX: y" }, "line ends"},
		{"no client", "anthropic", func(o *Options) { o.HTTP = nil }, "no HTTP client"},
		{"the default transport, which reads the environment", "anthropic", func(o *Options) { o.HTTP = http.DefaultClient }, "no HTTP client"},
		{"no address where every customer has one", "azure", func(*Options) {}, "https://RESOURCE.openai.azure.com/openai/v1"},
		{"an address without a project", "vertex", func(o *Options) { o.BaseURL = "https://europe-west1-aiplatform.googleapis.com" }, "/v1/projects/PROJECT/locations/LOCATION"},
		{"an address with an empty project", "vertex", func(o *Options) { o.BaseURL = "https://x.googleapis.com/v1/projects//locations/x" }, "/v1/projects/PROJECT/locations/LOCATION"},
		{"a password in the address", "openai", func(o *Options) { o.BaseURL = "https://u:p@example.com" }, "password"},
	} {
		o := good
		tt.change(&o)
		c, err := ForName(tt.vendor, o)
		if err == nil || c != nil && tt.vendor == "acme" || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for _, v := range All() {
		o := good
		o.BaseURL = v.Example
		if _, err := ForName(v.Name, o); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
	}
}

func FuzzStreams(f *testing.F) {
	files, err := filepath.Glob("testdata/*.sse")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte("event: error\ndata: {\"type\":\"error\",\"error\":null}\n\n"))
	f.Add([]byte("data: {\"error\":{\"code\":503}}\n\n"))
	f.Add([]byte("data: null\n\ndata: []\n\ndata: {\"candidates\":[null]}\n\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, v := range All() {
			resp, err := replay(t, v.Name, body, Request{Model: "m", Prompt: "p", MaxOutputTokens: 100})
			var fault *Error
			switch {
			case err != nil && !errors.As(err, &fault):
				t.Fatalf("%s: %T is not *Error: %v", v.Name, err, err)
			case err != nil && (len(fault.Message) > maxMessage || fault.Message == "" || strings.ContainsAny(fault.Message, "\r\n")):
				t.Fatalf("%s: message %q", v.Name, fault.Message)
			case err == nil && resp.Finish == "":
				t.Fatalf("%s: an answer without an end", v.Name)
			case err == nil && resp.Usage.Known && (resp.Usage.PromptTokens() <= 0 || resp.Usage.OutputTokens < 0):
				t.Fatalf("%s: known usage %+v", v.Name, resp.Usage)
			}
		}
	})
}
