package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	resource "go.opentelemetry.io/proto/otlp/resource/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
)

// OTLP exports finished records as spans in OpenTelemetry's GenAI conventions.
// It only writes. The ids of spans are made of those of records, so that what
// is sent twice can be told by its receiver.
type OTLP struct {
	client   *http.Client
	endpoint string
	token    string
	version  string
}

// ErrWriteOnly is what reading telemetry gives.
var ErrWriteOnly = errors.New("otlp+http:// only exports: nothing can be read back from it")

// OpenOTLP reads an address, "otlp+http://HOST:PORT" on this machine or
// "otlp+https://HOST". Spans go to its path, "/v1/traces" where it has none.
func OpenOTLP(address, token, version string, client *http.Client) (*OTLP, error) {
	u, err := parse(address, "otlp+http", "otlp+https")
	if err != nil {
		return nil, err
	}
	if u.Scheme == "otlp+http" && !isLoopback(u.Hostname()) {
		return nil, &AddressError{Why: fmt.Sprintf("host %q is not this machine: use otlp+https://", u.Hostname())}
	}
	if u.User != nil {
		return nil, &AddressError{Why: "a token does not belong into it"}
	}
	to := url.URL{Scheme: strings.TrimPrefix(u.Scheme, "otlp+"), Host: u.Host, Path: u.Path}
	if strings.Trim(to.Path, "/") == "" {
		to.Path = "/v1/traces"
	}
	return &OTLP{client: withoutRedirects(client), endpoint: to.String(), token: token, version: version}, nil
}

// Close ends what is idle.
func (o *OTLP) Close() { o.client.CloseIdleConnections() }

// Migrate has nothing to do.
func (o *OTLP) Migrate(context.Context) ([]string, error) { return nil, ErrWriteOnly }

// Entries gives ErrWriteOnly.
func (o *OTLP) Entries(context.Context, time.Time) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) { yield(ledger.Entry{}, ErrWriteOnly) }
}

// Facts gives ErrWriteOnly.
func (o *OTLP) Facts(context.Context, Query) iter.Seq2[ledger.Fact, error] {
	return func(yield func(ledger.Fact, error) bool) { yield(ledger.Fact{}, ErrWriteOnly) }
}

// Flags gives ErrWriteOnly.
func (o *OTLP) Flags(context.Context, Query) iter.Seq2[ledger.Flag, error] {
	return func(yield func(ledger.Flag, error) bool) { yield(ledger.Flag{}, ErrWriteOnly) }
}

// Append exports entries.
func (o *OTLP) Append(ctx context.Context, entries []ledger.Entry) error {
	_, err := o.Put(ctx, entries)
	return err
}

// Put exports finished records. Begun ones have no end yet and flags are no
// calls: both count as known, for nothing new comes of them here.
func (o *OTLP) Put(ctx context.Context, entries []ledger.Entry) (Counts, error) {
	var spans []*trace.Span
	counts := Counts{}
	for _, e := range entries {
		if e.Record == nil || e.Record.Status == ledger.Begun {
			counts.Known++
			continue
		}
		made, err := spansOf(*e.Record)
		if err != nil {
			counts.Refused++
			continue
		}
		spans = append(spans, made...)
		counts.New++
	}
	if len(spans) == 0 {
		return counts, nil
	}
	if err := o.send(ctx, spans); err != nil {
		return Counts{}, err
	}
	return counts, nil
}

func (o *OTLP) send(ctx context.Context, spans []*trace.Span) error {
	// The request of the protocol has the shape of this message.
	data, err := proto.Marshal(&trace.TracesData{ResourceSpans: []*trace.ResourceSpans{{
		Resource:   &resource.Resource{Attributes: []*common.KeyValue{text("service.name", "tierwise"), text("service.version", o.version)}},
		ScopeSpans: []*trace.ScopeSpans{{Scope: &common.InstrumentationScope{Name: "tierwise", Version: o.version}, Spans: spans}},
	}}})
	if err != nil {
		return fmt.Errorf("encode spans: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.endpoint, bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("export spans: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-protobuf")
	if o.token != "" {
		req.Header.Set("Authorization", "Bearer "+o.token)
	}
	resp, err := o.client.Do(req)
	if err != nil {
		return away("export spans", hideURL(err))
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return away("export spans", err)
	}
	if resp.StatusCode != http.StatusOK {
		return away("export spans", fmt.Errorf("status %d", resp.StatusCode))
	}
	return checkPartial(answer)
}

// checkPartial reads an answer's partial success: field 1, and in it field 1,
// the count of spans that the receiver refused.
func checkPartial(answer []byte) error {
	inner, err := field(answer, 1, protowire.BytesType)
	if err != nil || inner == nil {
		return err
	}
	part, n := protowire.ConsumeBytes(inner)
	if n < 0 {
		return away("read the receiver's answer", protowire.ParseError(n))
	}
	count, err := field(part, 1, protowire.VarintType)
	if err != nil || count == nil {
		return err
	}
	if rejected, _ := protowire.ConsumeVarint(count); rejected > 0 {
		return away("export spans", fmt.Errorf("the receiver refused %d spans", rejected))
	}
	return nil
}

// field gives what begins with the value of a field, nil where it is not there.
func field(b []byte, want protowire.Number, kind protowire.Type) ([]byte, error) {
	for len(b) > 0 {
		number, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return nil, away("read the receiver's answer", protowire.ParseError(n))
		}
		b = b[n:]
		if number == want && typ == kind {
			return b, nil
		}
		if n = protowire.ConsumeFieldValue(number, typ, b); n < 0 {
			return nil, away("read the receiver's answer", protowire.ParseError(n))
		}
		b = b[n:]
	}
	return nil, nil
}

// spansOf gives one span for the task and one below it for each attempt.
func spansOf(r ledger.Record) ([]*trace.Span, error) {
	id, err := hex.DecodeString(r.ID)
	if err != nil {
		return nil, fmt.Errorf("make spans: %w", err)
	}
	f := r.Fact()
	finished, err := time.Parse(time.RFC3339, r.Finished)
	if err != nil {
		return nil, fmt.Errorf("make spans: %w", err)
	}
	from, to := uint64(f.Started.UnixNano()), uint64(finished.UnixNano()) //nolint:gosec // checked by split's bounds or by the receiver
	task := &trace.Span{TraceId: f.Session[:], SpanId: spanID(id, 0), Name: "tierwise " + r.Task, Kind: trace.Span_SPAN_KIND_INTERNAL, StartTimeUnixNano: from, EndTimeUnixNano: to}
	task.Attributes = []*common.KeyValue{
		text("tierwise.record", r.ID), text("tierwise.repository", r.Repository), text("tierwise.task", r.Task), text("tierwise.status", r.Status),
		text("tierwise.tier.decided", r.TierDecided), text("tierwise.tier.used", r.TierUsed), amountOf("tierwise.cost_usd", r.Cost), amountOf("tierwise.saved_usd", r.Saved),
	}
	spans := []*trace.Span{task}
	for i, a := range r.Attempts {
		spans = append(spans, &trace.Span{
			TraceId: f.Session[:], SpanId: spanID(id, i+1), ParentSpanId: task.SpanId, Name: "chat " + a.Model, Kind: trace.Span_SPAN_KIND_CLIENT,
			StartTimeUnixNano: from, EndTimeUnixNano: to, Attributes: attributesOf(a),
		})
	}
	return spans, nil
}

// attributesOf names an attempt in the words of the GenAI conventions. There,
// input tokens include what came from a cache, and output tokens what was
// thought. Counts that are not known are left out: unknown is not zero.
func attributesOf(a ledger.Attempt) []*common.KeyValue {
	all := []*common.KeyValue{
		text("gen_ai.operation.name", "chat"), text("gen_ai.provider.name", conventional(a.Provider)), text("gen_ai.request.model", a.Model),
		text("tierwise.tier", a.Tier), amountOf("tierwise.cost_usd", a.Cost), count("tierwise.tries", int64(a.Tries)),
	}
	if a.Served != "" {
		all = append(all, text("gen_ai.response.model", a.Served))
	}
	if t := a.Tokens; t.Known {
		all = append(all, count("gen_ai.usage.input_tokens", t.Input+t.CacheRead+t.CacheWrite+t.CacheWrite1h), count("gen_ai.usage.output_tokens", t.Output),
			count("gen_ai.usage.cache_read.input_tokens", t.CacheRead), count("gen_ai.usage.cache_creation.input_tokens", t.CacheWrite+t.CacheWrite1h))
	}
	return all
}

// conventional gives a provider the name that the conventions have for it.
func conventional(provider string) string {
	switch provider {
	case "gemini":
		return "gcp.gemini"
	case "vertex":
		return "gcp.vertex_ai"
	case "bedrock":
		return "aws.bedrock"
	case "azure":
		return "azure.ai.openai"
	default:
		return provider
	}
}

func spanID(record []byte, n int) []byte {
	h := sha256.Sum256(fmt.Appendf(record[:len(record):len(record)], "/%d", n))
	return h[:8]
}

func text(key, value string) *common.KeyValue {
	return &common.KeyValue{Key: key, Value: &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: value}}}
}

func count(key string, n int64) *common.KeyValue {
	return &common.KeyValue{Key: key, Value: &common.AnyValue{Value: &common.AnyValue_IntValue{IntValue: n}}}
}

// amountOf is a number of dollars for those who draw it, or the word that says
// why there is none. The ledger keeps the exact one.
func amountOf(key string, a ledger.Amount) *common.KeyValue {
	n, err := money.ParseNano(string(a))
	if err != nil {
		return text(key, string(a))
	}
	return &common.KeyValue{Key: key, Value: &common.AnyValue{Value: &common.AnyValue_DoubleValue{DoubleValue: float64(n) / 1e9}}}
}
