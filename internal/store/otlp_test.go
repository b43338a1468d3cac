package store

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/testkit/otlpreceiver"
)

// entry is a record whose first model was refused and whose second, of another
// vendor, reported no usage.
func entry(run string) ledger.Entry {
	used := money.Usage{Known: true, InputTokens: 100, CacheReadInputTokens: 40, CacheCreationInputTokens: 7, OutputTokens: 20, ReasoningOutputTokens: 5}
	first := policy.Model{Tier: policy.Efficient, Provider: "gemini", Model: "gemini-3.8-flash"}
	second := policy.Model{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-4-8"}
	rec := ledger.FromResult(ledger.Meta{
		Repository: "acme/shop", RepositoryID: 7, PullRequest: 3, RunID: run, RunAttempt: 1, Job: "ai", PricesAsOf: "2026-11-23", Started: "2026-11-24T10:00:00Z", Finished: "2026-11-24T10:00:09Z",
	}, dispatch.Result{
		Task: task.Task{ID: "changelog"}, Status: dispatch.Clean, Tier: policy.Frontier, Model: second, Cost: money.Cost{State: money.Unknown},
		Attempts: []dispatch.Attempt{
			{Model: first, Tries: []dispatch.Try{{Usage: used}}, Cost: money.Cost{State: money.Priced, Nano: 1_500_000}, Problems: []task.Problem{{ID: "invented"}}},
			{Model: second, ServedModel: "claude-opus-4-8-20261001", Tries: []dispatch.Try{{}}, Cost: money.Cost{State: money.Unknown}, Released: true},
		},
	})
	return ledger.Entry{Record: &rec}
}

func begunEntry(run string) ledger.Entry {
	r := *entry(run).Record
	r.Status, r.Attempts, r.Tokens, r.TierUsed = ledger.Begun, nil, ledger.Tokens{}, ""
	r.Bound, r.Finished = "0.5", r.Started
	return ledger.Entry{Record: &r}
}

func exporter(t *testing.T, address, token string) *OTLP {
	t.Helper()
	o, err := OpenOTLP(address, token, "1.2.3", &http.Client{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	return o
}

func TestARecordIsOneSpanAndOneForEachAttempt(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	counts, err := exporter(t, r.Address(), "secret").Put(t.Context(), []ledger.Entry{begunEntry("1"), entry("1"), entry("2")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Counts{New: 2, Known: 1}, counts); diff != "" {
		t.Error(diff)
	}
	var names []string
	for _, s := range r.Spans()[:3] {
		names = append(names, s.Name)
	}
	if diff := cmp.Diff([]string{"tierwise changelog", "chat gemini-3.8-flash", "chat claude-opus-4-8"}, names); diff != "" {
		t.Error(diff)
	}
	if got := r.Headers()[0].Get("Authorization"); got != "Bearer secret" || len(r.Spans()) != 6 {
		t.Errorf("%q, %d spans", got, len(r.Spans()))
	}
}

func attribute(s *trace.Span, key string) string {
	for _, a := range s.Attributes {
		if a.Key == key {
			return a.Value.String()
		}
	}
	return "none"
}

func TestTokensAreCountedAsTheConventionsCountThem(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	if _, err := exporter(t, r.Address(), "").Put(t.Context(), []ledger.Entry{entry("1")}); err != nil {
		t.Fatal(err)
	}
	spans := r.Spans()
	for key, want := range map[string][2]string{
		"gen_ai.provider.name":                     {`string_value:"gcp.gemini"`, `string_value:"anthropic"`},
		"gen_ai.usage.input_tokens":                {"int_value:147", "none"}, // unknown is not zero
		"gen_ai.usage.cache_read.input_tokens":     {"int_value:40", "none"},
		"gen_ai.usage.cache_creation.input_tokens": {"int_value:7", "none"},
		"gen_ai.response.model":                    {"none", `string_value:"claude-opus-4-8-20261001"`},
		"tierwise.cost_usd":                        {"double_value:0.0015", `string_value:"unknown"`},
	} {
		for i := range want {
			if got := attribute(spans[i+1], key); strings.ReplaceAll(got, " ", "") != want[i] {
				t.Errorf("attempt %d: %s is %s, expected %s", i+1, key, got, want[i])
			}
		}
	}
}

func TestWhatIsSentTwiceHasTheSameIDs(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	o := exporter(t, r.Address(), "")
	for range 2 {
		if err := o.Append(t.Context(), []ledger.Entry{entry("1")}); err != nil {
			t.Fatal(err)
		}
	}
	spans := r.Spans()
	for i := range 3 {
		if !slices.Equal(spans[i].SpanId, spans[i+3].SpanId) || !slices.Equal(spans[i].TraceId, spans[i+3].TraceId) {
			t.Errorf("span %d has another id the second time", i)
		}
	}
}

func TestAReceiverThatRefusesIsAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		answer []byte
		want   string
	}{
		"a partial success":           {0, []byte{0x0a, 0x02, 0x08, 0x03}, "refused 3 spans"},
		"a warning alone is none":     {0, []byte{0x0a, 0x04, 0x12, 0x02, 'h', 'i'}, ""},
		"an error":                    {http.StatusBadGateway, nil, "status 502"},
		"a redirect is not followed":  {http.StatusTemporaryRedirect, nil, "status 307"},
		"an answer that is no answer": {0, []byte{0x0a, 0x7f}, "read the receiver's answer"},
		"success":                     {0, nil, ""},
	} {
		r := otlpreceiver.Start(t)
		r.Status, r.Answer = c.status, c.answer
		err := exporter(t, r.Address(), "").Append(t.Context(), []ledger.Entry{entry("1")})
		if c.want == "" && err != nil || c.want != "" && (!errors.Is(err, ErrAway) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, expected %q", name, err, c.want)
		}
	}
}

// TestTheReceiverIsStrict shows that what the other tests rely on fires.
func TestTheReceiverIsStrict(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	for name, c := range map[string]struct{ contentType, path, body, want string }{
		"JSON":             {"application/json", "/v1/traces", "{}", "Content-Type"},
		"another path":     {"application/x-protobuf", "/v1/metrics", "", "path"},
		"no protobuf":      {"application/x-protobuf", "/v1/traces", "\xff", "proto"},
		"an unknown field": {"application/x-protobuf", "/v1/traces", "\x78\x01", "does not know"},
		"a bare span":      {"application/x-protobuf", "/v1/traces", "\x0a\x04\x12\x02\x12\x00", "16 bytes"},
	} {
		resp, err := http.Post(r.URL+c.path, c.contentType, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if got := strings.Join(r.Failures(), "\n"); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, expected %q", name, got, c.want)
		}
	}
}
