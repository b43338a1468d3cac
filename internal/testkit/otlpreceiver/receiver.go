// Package otlpreceiver is an OTLP receiver for tests. It takes nothing on
// trust: what OTLP over HTTP, the protobuf or the GenAI conventions forbid is a
// recorded failure.
package otlpreceiver

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Receiver keeps the spans that it took.
type Receiver struct {
	*httptest.Server
	// Answer is the body of an answer, an ExportTraceServiceResponse: nil says
	// that all was taken. Status is 200 where it is 0.
	Answer []byte
	Status int

	mu       sync.Mutex
	spans    []*trace.Span
	headers  []http.Header
	failures []string
}

// Start starts a receiver on loopback. When the test ends it tells what was
// wrong with what came.
func Start(t testing.TB) *Receiver {
	t.Helper()
	r := &Receiver{}
	r.Server = httptest.NewServer(r)
	t.Cleanup(func() {
		r.Close()
		for _, f := range r.Failures() {
			t.Errorf("OTLP forbids: %s", f)
		}
	})
	return r
}

// Address is where a ledger exports to.
func (r *Receiver) Address() string { return "otlp+" + r.URL }

// Spans gives what was taken so far.
func (r *Receiver) Spans() []*trace.Span {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.spans
}

// Headers gives those of every request.
func (r *Receiver) Headers() []http.Header {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.headers
}

// Failures gives what was wrong so far, and forgets it.
func (r *Receiver) Failures() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	failures := r.failures
	r.failures = nil
	return failures
}

// ServeHTTP takes one export.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.headers = append(r.headers, req.Header.Clone())
	failures := wrongWithRequest(req)
	body, err := io.ReadAll(req.Body)
	if err != nil {
		failures = append(failures, err.Error())
	}
	spans, wrong := read(body)
	r.failures = append(r.failures, append(failures, wrong...)...)
	r.spans = append(r.spans, spans...)
	w.Header().Set("Content-Type", "application/x-protobuf")
	if r.Status != 0 {
		w.WriteHeader(r.Status)
	}
	_, _ = w.Write(r.Answer)
}

func wrongWithRequest(req *http.Request) (failures []string) {
	for _, c := range []struct{ what, got, want string }{
		{"method", req.Method, http.MethodPost},
		{"path", req.URL.Path, "/v1/traces"},
		{"query", req.URL.RawQuery, ""},
		{"Content-Type", req.Header.Get("Content-Type"), "application/x-protobuf"},
		{"Content-Encoding", req.Header.Get("Content-Encoding"), ""},
	} {
		if c.got != c.want {
			failures = append(failures, fmt.Sprintf("%s %q, expected %q", c.what, c.got, c.want))
		}
	}
	return failures
}

// read decodes an ExportTraceServiceRequest, which has the shape of TracesData.
func read(body []byte) (spans []*trace.Span, failures []string) {
	var data trace.TracesData
	if err := proto.Unmarshal(body, &data); err != nil {
		return nil, []string{err.Error()}
	}
	if again, err := proto.Marshal(&data); err != nil || len(again) != len(body) || len(body) == 0 {
		failures = append(failures, fmt.Sprintf("%d bytes of which %d are read (%v)", len(body), len(again), err))
	}
	if hasUnknown(data.ProtoReflect()) {
		failures = append(failures, "fields that the schema does not know")
	}
	for _, rs := range data.ResourceSpans {
		if _, ok := values(rs.GetResource().GetAttributes())["service.name"]; !ok {
			failures = append(failures, "a resource without service.name")
		}
		for _, ss := range rs.ScopeSpans {
			spans = append(spans, ss.Spans...)
		}
	}
	return spans, append(failures, wrongWithSpans(spans)...)
}
