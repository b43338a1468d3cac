// Package provider speaks to model vendors through their own SDKs: a request
// in, text and usage out. One call is one try; nothing here retries.
package provider

import (
	"net/http"
	"time"

	"github.com/tierwise/tierwise/internal/ask"
)

// What is asked and answered, which is no vendor's: see package ask.
type (
	// Request is one call.
	Request = ask.Request
	// Response is one answer.
	Response = ask.Response
	// Finish says why an answer ended.
	Finish = ask.Finish
	// Error is a call that gave no answer.
	Error = ask.Error
)

// The finish reasons that matter to us.
const (
	FinishStop    = ask.FinishStop
	FinishLength  = ask.FinishLength
	FinishRefusal = ask.FinishRefusal
	FinishOther   = ask.FinishOther
)

// Options is how to reach one vendor. BaseURL is "" for the vendor's own.
// APIKey and HTTP are required: no default client, which would follow
// redirects and read the environment, is ever used.
type Options struct {
	APIKey  string
	BaseURL string
	HTTP    *http.Client
	// StartTimeout is how long a call may be silent before its first visible
	// text: models think there. 0 means ten minutes.
	StartTimeout time.Duration
	// IdleTimeout is how long it may be silent after that. 0 means 60 seconds.
	IdleTimeout time.Duration
	// Now reads a Retry-After that is a date; nil means the system's clock.
	Now func() time.Time
}
