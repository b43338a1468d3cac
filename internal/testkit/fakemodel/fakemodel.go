// Package fakemodel is one strict HTTP server that speaks the wire formats of
// Anthropic's Messages, OpenAI's chat completions and Gemini's
// streamGenerateContent. It answers from a script, refuses what the real
// services refuse, and records every request and every mistake. It is for
// tests alone.
//
//	fake, err := fakemodel.Start("127.0.0.1:0", fakemodel.Always(fakemodel.Answer{Text: "hello", Usage: fakemodel.Usage{Input: 10, Output: 5}}))
//	defer fake.Close()
//	… BaseURL: fake.BaseURL(fakemodel.OpenAI) …
//	if failures := fake.Failures(); len(failures) > 0 { t.Error(failures) }
package fakemodel

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"
)

// Vendor is one wire format.
type Vendor string

// The vendors, by the names that the rest of the program gives them.
const (
	Anthropic Vendor = "anthropic"
	OpenAI    Vendor = "openai"
	Gemini    Vendor = "gemini"
	Bedrock   Vendor = "bedrock" // speaks as Anthropic does
	Azure     Vendor = "azure"   // as OpenAI
	Vertex    Vendor = "vertex"  // as Gemini
)

// Request is one request as it came, with what it means.
type Request struct {
	Call            int // from 1, over all vendors
	Vendor          Vendor
	Method, Path    string
	Header          http.Header
	Body            []byte
	Model           string
	System, Prompt  string
	MaxOutputTokens int64
	Effort          string
	Schema          json.RawMessage // nil where plain text was asked for
	Kept            string          // the beginning of Prompt that was asked to be kept in the cache
}

// Usage is what the fake reports, in disjoint buckets. It is written in the
// vendor's own way: OpenAI's and Gemini's prompt counts include the cache.
// Output includes Reasoning.
type Usage struct {
	Input, CacheRead, CacheWrite, CacheWrite1h, Output, Reasoning int64
}

// Answer is what the fake does with one request. The zero value is an empty
// answer that ends well and reports zeroes.
type Answer struct {
	Text     string
	Thinking string // before the text, in the vendor's own form
	Finish   string // "" or "stop", "max_tokens", "refusal"
	Model    string // the model that says it served; "" the one asked
	Usage    Usage
	NoUsage  bool   // report none
	RawUsage string // JSON in place of the vendor's usage object

	// Status other than 0 and 200 answers with Body, and no stream.
	Status      int
	Header      map[string]string
	Body        string // with Status 0 or 200: in place of the stream
	ContentType string // of Body; "" is JSON for an error, an event stream else

	Refuse bool          // drop the connection before any answer
	Drop   bool          // drop it in the middle of the stream
	Hang   bool          // say nothing more from the middle on, until the client goes
	Mute   bool          // say nothing at all, until the client goes
	Delay  time.Duration // before every event
	Error  string        // an error event in the middle, of this kind
}

// Script decides on an answer. It is called for one request at a time.
type Script func(Request) Answer

// Always answers every request alike.
func Always(a Answer) Script { return func(Request) Answer { return a } }

// Sequence answers with one after the other, and with the last one from then
// on.
func Sequence(answers ...Answer) Script {
	next := 0
	return func(Request) Answer {
		a := answers[min(next, len(answers)-1)]
		next++
		return a
	}
}

// Server is the running fake.
type Server struct {
	http   *httptest.Server
	script Script
	key    string

	mu       sync.Mutex
	requests []Request
	failures []string
}

// Start listens on an address such as "127.0.0.1:0" or "0.0.0.0:8080", plain
// HTTP. Any key is accepted; RequireKey asks for one.
func Start(addr string, script Script) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("start fake model: %w", err)
	}
	s := &Server{script: script}
	s.http = &httptest.Server{Listener: listener, Config: &http.Server{Handler: s}}
	s.http.Start()
	return s, nil
}

// Close stops the fake and every call that hangs in it.
func (s *Server) Close() {
	s.http.CloseClientConnections()
	s.http.Close()
}

// Addr is the host and port it listens on.
func (s *Server) Addr() string { return s.http.Listener.Addr().String() }

// BaseURL is the root of a vendor's API here, as that vendor's SDK takes it.
func (s *Server) BaseURL(v Vendor) string {
	return "http://" + s.Addr() + map[Vendor]string{
		OpenAI: "/v1", Azure: "/openai/v1", Bedrock: "/anthropic", Vertex: "/v1/projects/some-project/locations/europe-west1",
	}[v]
}

// RequireKey makes every other key a 401 and a failure.
func (s *Server) RequireKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
}

// Requests gives what has come so far, in order, the refused ones too.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Failures gives every way in which a request was wrong. A test of a client
// asserts that there are none.
func (s *Server) Failures() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.failures)
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	req := Request{Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header.Clone(), Body: body}
	wire := wireFor(r)
	var wrong []string
	if err != nil {
		wrong = append(wrong, "the body broke off: "+err.Error())
	}
	if wire == nil {
		wrong = append(wrong, "nothing is at this path")
	} else {
		req.Vendor = wire.vendor
		wrong = append(wrong, s.checkEnvelope(wire, r)...)
		wrong = append(wrong, wire.read(r, &req)...)
	}
	answer := s.record(&req, wrong)
	switch {
	case wire == nil:
		http.NotFound(w, r)
	case len(wrong) > 0:
		wire.fail(w, statusFor(wrong), strings.Join(wrong, "; "))
	default:
		wire.play(w, r, req, answer)
	}
}

// record keeps the request and asks the script, one request at a time.
func (s *Server) record(req *Request, wrong []string) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	req.Call = len(s.requests) + 1
	s.requests = append(s.requests, *req)
	for _, w := range wrong {
		s.failures = append(s.failures, fmt.Sprintf("request %d, %s %s: %s", req.Call, req.Method, req.Path, w))
	}
	if len(wrong) > 0 || s.script == nil {
		return Answer{}
	}
	return s.script(*req)
}

const badKey = "the key is missing or wrong"

func statusFor(wrong []string) int {
	if slices.Contains(wrong, badKey) {
		return http.StatusUnauthorized
	}
	return http.StatusBadRequest
}

func (s *Server) checkEnvelope(w *wire, r *http.Request) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var wrong []string
	if key := w.key(r); key == "" || s.key != "" && key != s.key {
		wrong = append(wrong, badKey)
	}
	if kind := r.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
		wrong = append(wrong, fmt.Sprintf("content type %q, expected application/json", kind))
	}
	return wrong
}
