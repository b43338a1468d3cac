package provider

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/sanitize"
)

const (
	maxMessage    = 512
	maxRetryAfter = 24 * time.Hour // beyond it every wait is as good as none
	// The address and the day are GitHub's: GitHub Models was retired for good.
	githubModels        = "models.github.ai"
	githubModelsRetired = "GitHub Models was retired on 2026-07-30 and its addresses answer 410 for good: use a vendor's own API"
)

// vendorError is an error that a vendor reports inside a stream, after the
// status was 200.
type vendorError struct {
	text      string
	retryable bool
}

// Error gives the vendor's words.
func (e *vendorError) Error() string { return "the stream reports an error: " + e.text }

// errCut is a stream that ended before its answer did.
var errCut = errors.New("the stream ended before the answer did")

// errAnswerTooLong is an answer over maxAnswer bytes.
var errAnswerTooLong = errors.New("the answer is longer than permitted and was cut off")

// failure makes the error of a call from what happened on the wire, or, where
// nothing went wrong there, from what the reader of the stream says. parent is
// the caller's context, before the exchange's own.
func (x *exchange) failure(parent context.Context, cause error, seen money.Usage) *Error {
	x.mu.Lock()
	defer x.mu.Unlock()
	e := &Error{Provider: x.vendor, Status: x.status, Sent: x.sent, Usage: seen}
	if x.fault != nil {
		cause = x.fault
	}
	switch {
	case parent.Err() != nil:
		e.Err = parent.Err()
		cause = fmt.Errorf("stopped: %w", parent.Err())
	case errors.Is(cause, errStatus):
		e.Retryable = x.retryableStatus()
		e.RetryAfter = retryAfter(x.header.Get("Retry-After"), x.options.Now)
		cause = errors.New(x.statusMessage())
	case errors.Is(cause, errNotStream):
		cause = fmt.Errorf("%w but %s: %s", errNotStream, orNothing(x.header.Get("Content-Type")), orNothing(string(x.body)))
	default:
		e.Retryable = retryableFault(cause)
		if errors.Is(cause, errCut) && !x.got {
			cause = fmt.Errorf("%w: it was empty", errCut)
		}
	}
	e.Message = x.clean(cause.Error(), maxMessage)
	return e
}

func orNothing(s string) string {
	if strings.TrimSpace(s) == "" {
		return "nothing"
	}
	return s
}

// retryableStatus follows the vendors: 408, 409, 429 and every 5xx (529 is
// Anthropic's "overloaded") may pass; an exhausted quota does not.
func (x *exchange) retryableStatus() bool {
	switch x.status {
	case http.StatusTooManyRequests:
		return !strings.Contains(string(x.body), "insufficient_quota")
	case http.StatusRequestTimeout, http.StatusConflict:
		return true
	}
	return x.status >= 500
}

func (x *exchange) statusMessage() string {
	switch {
	case x.status == http.StatusGone && x.base.Hostname() == githubModels:
		return githubModelsRetired
	case x.status >= 300 && x.status < 400:
		return "redirects are not followed"
	}
	text := vendorMessage(x.body)
	if strings.TrimSpace(text) == "" {
		text = strings.ToLower(http.StatusText(x.status))
	}
	return text
}

// vendorMessage finds the sentence in an error body: all three vendors write
// {"error": {"message": …}}. Anything else is given whole.
func vendorMessage(body []byte) string {
	var shape struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.Unmarshal(body, &shape); err != nil || shape.Error.Message == "" {
		return string(body)
	}
	return shape.Error.Message
}

// retryableFault says whether a fault of the network may pass by itself.
func retryableFault(err error) bool {
	var refused *refusedError
	var vendor *vendorError
	var certificate *tls.CertificateVerificationError
	var dns *net.DNSError
	switch {
	case errors.As(err, &vendor):
		return vendor.retryable
	case errors.As(err, &refused), errors.As(err, &certificate), errors.Is(err, errTwice), errors.Is(err, errTooLarge), errors.Is(err, errAnswerTooLong):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	case errors.Is(err, errSilent), errors.Is(err, errCut):
		return true
	}
	// What is left is either of the network (a connection that was refused,
	// reset or dropped) or of the SDK (events that it could not read).
	var network net.Error
	return errors.As(err, &network) || isDropped(err)
}

// retryAfter reads the header: seconds, or an HTTP date. 0 where it is absent,
// past or neither.
func retryAfter(value string, now func() time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		return time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if now == nil {
		now = time.Now
	}
	return min(max(0, at.Sub(now())), maxRetryAfter)
}

// clean makes text from outside fit for one line of ours: keys redacted,
// control characters turned to spaces, cut at a limit in bytes.
func (x *exchange) clean(text string, limit int) string {
	text = sanitize.NewRedactor(x.options.APIKey).Redact(text)
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.TrimSpace(text)
	if len(text) <= limit {
		return text
	}
	const mark = "…"
	return strings.ToValidUTF8(text[:limit-len(mark)], "") + mark
}
