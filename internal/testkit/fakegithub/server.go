package fakegithub

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// BasePath stands before every path of URL, as on GitHub Enterprise Server, so
// that a client which drops its base path is found out. The server answers
// without it too.
const BasePath = "/api/v3"

// maxBody bounds what a request may send.
const maxBody = 4 << 20

// Request is one recorded request. Path has no base path.
type Request struct {
	Method, Path, Query string
	Header              http.Header
	Body                string
}

// String is "GET /repos/acme/widgets?per_page=100".
func (r Request) String() string {
	if r.Query == "" {
		return r.Method + " " + r.Path
	}
	return r.Method + " " + r.Path + "?" + r.Query
}

// Rate is what the rate-limit headers say. A Limit of 0 sends none.
type Rate struct {
	Limit, Remaining int
	Reset            time.Time
}

// Server is a running fake. Its storage is a second server on a port of its
// own, where job logs redirect to.
type Server struct {
	// Token is what requests must bring; "" accepts any.
	Token string
	Rate  Rate

	spec     *Spec
	mu       sync.Mutex
	repos    map[string]*Repo
	faults   []*Fault
	requests []Request
	stored   []Request
	failures []string
	nextID   int64
	handlers map[string]handler
	api      *http.Server
	storage  *http.Server
	apiAddr  string
	storeURL string
}

// Start listens on addr ("127.0.0.1:0" for any free port) with plain HTTP.
func Start(spec *Spec, addr string) (*Server, error) {
	if _, err := spec.load(); err != nil {
		return nil, err
	}
	s := &Server{
		spec: spec, repos: map[string]*Repo{}, nextID: 1000, handlers: handlers(),
		Rate: Rate{Limit: 1000, Remaining: 1000, Reset: time.Now().Add(time.Hour).Truncate(time.Second)},
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("start the fake: %w", err)
	}
	host, _, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return nil, fmt.Errorf("start the fake: %w", err)
	}
	store, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return nil, fmt.Errorf("start the fake: %w", err)
	}
	s.apiAddr, s.storeURL = "http://"+l.Addr().String(), "http://"+store.Addr().String()
	s.api = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 10 * time.Second}
	s.storage = &http.Server{Handler: http.HandlerFunc(s.serveStorage), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.api.Serve(l) }()
	go func() { _ = s.storage.Serve(store) }()
	return s, nil
}

// Close stops both servers.
func (s *Server) Close() {
	_ = s.api.Close()
	_ = s.storage.Close()
}

// URL is the API's root, with BasePath.
func (s *Server) URL() string { return s.apiAddr + BasePath }

// Repo gives a repository's state, made where it is not there.
func (s *Server) Repo(owner, name string) *Repo {
	s.mu.Lock()
	defer s.mu.Unlock()
	full := owner + "/" + name
	if s.repos[full] == nil {
		s.repos[full] = &Repo{
			ID: 42, Owner: owner, Name: name, DefaultBranch: "main",
			Files: map[string]map[string]Blob{}, Pulls: map[int]*Pull{}, Comments: map[int][]Comment{},
			People: map[string]Person{}, Rules: map[string][]map[string]any{}, Branches: map[string]Branch{},
			Comparisons: map[string]Comparison{}, Runs: map[int64]*Run{}, CommitPulls: map[string][]int{}, Remarks: map[int][]*Remark{},
		}
	}
	return s.repos[full]
}

// Do changes state while requests may be under way.
func (s *Server) Do(edit func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	edit()
}

// Requests lists what the API was asked, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// StorageRequests lists what the storage of logs was asked.
func (s *Server) StorageRequests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.stored...)
}

// Failures lists every request and answer that the description does not
// permit. A test asserts that there is none.
func (s *Server) Failures() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.failures...)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		s.fail(r, "read the body: %v", err)
	}
	if rest, ok := strings.CutPrefix(r.URL.EscapedPath(), BasePath+"/"); ok {
		r.URL.RawPath = "/" + rest
		r.URL.Path = strings.TrimPrefix(r.URL.Path, BasePath)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.requests = append(s.requests, record(r, body))
	var a reply
	if r.URL.Path == GraphQLPath {
		a = s.graphQL(r, body)
	} else {
		a = s.answer(r, body)
	}
	if a.drop {
		hangUp(w)
		return
	}
	s.send(w, r, a)
}

func record(r *http.Request, body []byte) Request {
	return Request{Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Header: r.Header.Clone(), Body: string(body)}
}

// answer validates the request, and lets a fault or the handler answer.
func (s *Server) answer(r *http.Request, body []byte) reply {
	op, known := s.spec.match(r.Method, r.URL.EscapedPath())
	if !known {
		s.fail(r, "the description has no such call")
		return notFound()
	}
	if err := op.checkRequest(r); err != nil {
		s.fail(r, "request: %v", err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if s.Token != "" && r.Header.Get("Authorization") != "Bearer "+s.Token {
		return failed(http.StatusUnauthorized, "Bad credentials")
	}
	if f := s.takeFault(r); f != nil {
		return f.reply()
	}
	handle := s.handlers[op.key()]
	if handle == nil {
		s.fail(r, "the fake does not answer %s", op.key())
		return notFound()
	}
	repo := s.repos[op.params["owner"]+"/"+op.params["repo"]]
	if op.params["owner"] != "" && repo == nil {
		return notFound()
	}
	a := handle(&call{s: s, r: r, body: body, repo: repo, params: op.params})
	if err := op.checkAnswer(r, a.status, a.headerWith("application/json; charset=utf-8"), a.bytes()); err != nil {
		s.fail(r, "answer %d: %v", a.status, err)
	}
	return a
}

func (s *Server) fail(r *http.Request, format string, args ...any) {
	s.failures = append(s.failures, record(r, nil).String()+": "+fmt.Sprintf(format, args...))
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, a reply) {
	if s.Rate.Limit > 0 {
		s.Rate.Remaining = max(0, s.Rate.Remaining-1)
		w.Header().Set("X-RateLimit-Limit", strconv.Itoa(s.Rate.Limit))
		w.Header().Set("X-RateLimit-Remaining", strconv.Itoa(s.Rate.Remaining))
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(s.Rate.Reset.Unix(), 10))
		w.Header().Set("X-RateLimit-Resource", "core")
	}
	for name, values := range a.headerWith("application/json; charset=utf-8") {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	if _, err := w.Write(a.bytes()); err != nil && r.Context().Err() == nil {
		s.fail(r, "write the answer: %v", err)
	}
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	if hijacker, ok := w.(http.Hijacker); ok {
		if conn, _, err := hijacker.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}

// reply is an answer before it is sent. Body is marshalled unless it is bytes.
type reply struct {
	status int
	header http.Header
	body   any
	drop   bool
}

func (a reply) bytes() []byte {
	switch b := a.body.(type) {
	case nil:
		return nil
	case []byte:
		return b
	}
	data, err := json.Marshal(a.body)
	if err != nil {
		return []byte(err.Error())
	}
	return data
}

func (a reply) headerWith(contentType string) http.Header {
	h := a.header.Clone()
	if h == nil {
		h = http.Header{}
	}
	if h.Get("Content-Type") == "" && a.body != nil {
		h.Set("Content-Type", contentType)
	}
	return h
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

func failed(status int, message string) reply {
	return reply{status: status, body: object{
		"message": message, "documentation_url": "https://docs.github.com/rest", "status": strconv.Itoa(status),
	}}
}

func notFound() reply { return failed(http.StatusNotFound, "Not Found") }
