package provider

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"syscall"

	"github.com/tierwise/tierwise/internal/money"
)

// endpoint is what the vendors' clients have in common.
type endpoint struct {
	vendor  string
	options Options
	base    *url.URL
}

// newEndpoint checks the options. The base URL's reach is for CheckBaseURL and
// the transport to judge, its form is checked here again.
func newEndpoint(name string, o Options) (endpoint, error) {
	v, err := vendor(name)
	if err != nil {
		return endpoint{}, err
	}
	switch {
	case o.APIKey == "":
		return endpoint{}, fmt.Errorf("open %s: no key", name)
	case strings.TrimFunc(o.APIKey, func(r rune) bool { return r > ' ' && r <= '~' }) != "":
		return endpoint{}, fmt.Errorf("open %s: the key has spaces, line ends or characters that no key has", name)
	case o.HTTP == nil || o.HTTP.Transport == nil:
		return endpoint{}, fmt.Errorf("open %s: no HTTP client with a transport", name)
	}
	if o.BaseURL == "" {
		o.BaseURL = v.BaseURL
	}
	if o.BaseURL == "" {
		return endpoint{}, fmt.Errorf("open %s: %w", name, v.noAddress())
	}
	base, err := parseBaseURL(o.BaseURL)
	if err != nil {
		return endpoint{}, fmt.Errorf("open %s: base URL: %w", name, err)
	}
	return endpoint{vendor: name, options: o, base: base}, nil
}

// answer is what a stream has given so far.
type answer struct {
	text      strings.Builder
	model, id string
	finish    Finish      // "" until the vendor says that the answer has ended
	usage     money.Usage // as last reported, Known where every number is one
	// impossible says that a report counted fewer than no tokens.
	impossible bool
	served     served
}

// add appends visible text.
func (a *answer) add(x *exchange, text string) error {
	if text == "" {
		return nil
	}
	x.noteText()
	if a.text.Len()+len(text) > maxAnswer {
		return errAnswerTooLong
	}
	a.text.WriteString(text)
	return nil
}

// complete runs one call: it checks the request, lets read drive the vendor's
// SDK, and judges what came of it.
func (e endpoint) complete(ctx context.Context, req Request, read func(context.Context, *exchange, *answer) error) (Response, error) {
	if err := checkRequest(req); err != nil {
		return Response{}, &Error{Provider: e.vendor, Message: err.Error()}
	}
	within, x := e.options.open(ctx, e.vendor, e.base)
	defer x.close()
	var a answer
	err := read(within, x, &a)
	if err == nil {
		err = x.ended(a)
	}
	if err != nil {
		fault := x.failure(ctx, err, a.seen(req))
		fault.Served = a.served.service()
		return Response{}, fault
	}
	return Response{
		Text:   a.text.String(),
		Model:  x.clean(a.model, maxMessage),
		ID:     x.clean(a.id, maxMessage),
		Finish: a.finish,
		Usage:  plausible(a.usage, req, a.text.String()),
		Served: a.served.service(),

		ImpossibleUsage: a.impossible,
	}, nil
}

// seen is the usage of a call that broke. A report from before the answer's
// end is a lower bound and not known.
func (a *answer) seen(req Request) money.Usage {
	if a.finish != "" {
		return plausible(a.usage, req, a.text.String())
	}
	lower := a.usage
	lower.Known = false
	return lower
}

// checkRequest refuses what would be sent wrongly, or not be bounded.
func checkRequest(r Request) error {
	switch {
	case r.MaxOutputTokens <= 0:
		return errors.New("refused to send a request without a bound on its output")
	case r.Model == "" || strings.Contains(r.Model, ".."):
		return fmt.Errorf("model id %.100q is not one", r.Model)
	case strings.Trim(r.Model, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/@-") != "":
		return fmt.Errorf("model id %.100q has characters that no id has", r.Model)
	case r.Prompt == "":
		return errors.New("refused to send an empty prompt")
	}
	return nil
}

// ended says what is missing from a stream that the reader took for whole.
func (x *exchange) ended(a answer) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.fault != nil {
		return x.fault
	}
	if a.finish == "" {
		return errCut
	}
	return nil
}

// isDropped says whether a connection broke under the call.
func isDropped(err error) bool {
	for _, e := range []error{io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, syscall.ECONNRESET, syscall.ECONNREFUSED, syscall.EPIPE} {
		if errors.Is(err, e) {
			return true
		}
	}
	// HTTP/2 has error types of its own that net/http does not export.
	text := err.Error()
	return strings.Contains(text, "http2: server sent GOAWAY") || strings.Contains(text, "stream error: stream ID") || strings.Contains(text, "http2: client connection lost") || strings.Contains(text, "server closed idle connection")
}
