package provider

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"time"
)

const (
	defaultStartTimeout = 10 * time.Minute
	defaultIdleTimeout  = 60 * time.Second
	// maxErrorBody is read of a body that is not an answer. Its message is cut
	// to 512 bytes only after keys are redacted, lest half a key survive the
	// cut.
	maxErrorBody = 64 << 10
)

var (
	errStatus    = errors.New("the status is not 200")
	errNotStream = errors.New("the answer is not an event stream")
	errSilent    = errors.New("the stream was silent for too long")
	errTwice     = errors.New("the SDK tried to send a second request for one call")
)

// exchange is one call on the wire. It stands between a vendor's SDK and the
// network, so that every vendor's errors, timeouts and limits are the same: an
// SDK sees only a stream of events that ends, and what truly happened is kept
// here.
type exchange struct {
	vendor  string
	options Options
	base    *url.URL
	next    http.RoundTripper
	cancel  context.CancelFunc

	mu      sync.Mutex
	watch   *time.Timer
	calls   int
	sent    bool
	visible bool // text has begun to come
	got     bool // a byte of the stream has come
	status  int
	header  http.Header
	body    []byte // of what is not an answer
	fault   error  // the first thing that went wrong
}

// open begins an exchange. The context it gives ends when the stream is silent
// for too long; close must be called.
func (o Options) open(ctx context.Context, vendor string, base *url.URL) (context.Context, *exchange) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, &exchange{vendor: vendor, options: o, base: base, next: o.HTTP.Transport, cancel: cancel}
}

func (x *exchange) close() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.watch != nil {
		x.watch.Stop()
	}
	x.cancel()
}

// client is what the SDK is given to send with.
func (x *exchange) client() *http.Client {
	c := *x.options.HTTP
	c.Transport, c.CheckRedirect, c.Jar = x, noRedirects, nil
	return &c
}

// RoundTrip sends the one request of this call, and turns everything that is
// not an event stream into an error.
func (x *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := x.admit(req); err != nil {
		return nil, x.fail(err)
	}
	x.touch()
	trace := &httptrace.ClientTrace{WroteHeaders: x.noteSent}
	req = req.Clone(httptrace.WithClientTrace(req.Context(), trace))
	// Without a way to rewind the body, net/http cannot send it again unseen.
	req.GetBody = nil
	resp, err := x.next.RoundTrip(req)
	if err != nil {
		return nil, x.fail(err)
	}
	x.noteSent()
	return x.receive(resp)
}

// admit holds the call to one request, to the host that the key is for.
func (x *exchange) admit(req *http.Request) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.calls++
	if x.calls > 1 {
		return errTwice
	}
	if req.URL.Scheme != x.base.Scheme || req.URL.Host != x.base.Host {
		return &refusedError{fmt.Sprintf("refused to send a key of %s elsewhere than to %s", x.vendor, x.base.Host)}
	}
	return nil
}

func (x *exchange) receive(resp *http.Response) (*http.Response, error) {
	x.mu.Lock()
	x.status, x.header = resp.StatusCode, resp.Header
	x.mu.Unlock()
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.StatusCode == http.StatusOK && kind == "text/event-stream" {
		resp.Body = &streamBody{x: x, from: resp.Body, left: maxStream}
		return resp, nil
	}
	body, readErr := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
	closeErr := resp.Body.Close()
	x.mu.Lock()
	x.body = body
	x.mu.Unlock()
	if resp.StatusCode != http.StatusOK {
		return nil, x.fail(errStatus)
	}
	if err := errors.Join(readErr, closeErr); err != nil {
		return nil, x.fail(err)
	}
	return nil, x.fail(errNotStream)
}

// fail keeps the first fault and gives it back.
func (x *exchange) fail(err error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.fault == nil {
		x.fault = err
	}
	return x.fault
}

// touch gives the stream its full time again.
func (x *exchange) touch() {
	x.mu.Lock()
	defer x.mu.Unlock()
	allowance := x.options.StartTimeout
	if allowance == 0 {
		allowance = defaultStartTimeout
	}
	if x.visible {
		allowance = x.options.IdleTimeout
		if allowance == 0 {
			allowance = defaultIdleTimeout
		}
	}
	if x.watch == nil {
		x.watch = time.AfterFunc(allowance, x.silent)
		return
	}
	x.watch.Reset(allowance)
}

func (x *exchange) silent() {
	_ = x.fail(errSilent)
	x.cancel()
}

func (x *exchange) noteSent() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.sent = true
}

func (x *exchange) noteBytes() {
	x.mu.Lock()
	x.got = true
	x.mu.Unlock()
	x.touch()
}

// noteText says that visible text has begun: thinking is over, and from now on
// the shorter timeout counts.
func (x *exchange) noteText() {
	x.mu.Lock()
	first := !x.visible
	x.visible = true
	x.mu.Unlock()
	if first {
		x.touch()
	}
}

// streamBody hands the stream to the SDK. What goes wrong in it is kept by the
// exchange and looks like the end to the SDK, since some SDKs write such
// errors to the log and others lose them.
type streamBody struct {
	x    *exchange
	from io.ReadCloser
	left int64
}

// Read gives the next bytes, and io.EOF for every kind of end.
func (b *streamBody) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if n > 0 {
		b.x.noteBytes()
	}
	if b.left -= int64(n); b.left < 0 {
		err = errTooLarge
	}
	if err != nil && !errors.Is(err, io.EOF) {
		_ = b.x.fail(err)
		err = io.EOF
	}
	return n, err
}

// Close closes the response.
func (b *streamBody) Close() error { return b.from.Close() }
