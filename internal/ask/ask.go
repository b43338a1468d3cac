// Package ask holds what is asked of a model and what comes back. It knows no
// vendor: who only speaks of calls, as the ledger does, links no vendor's SDK.
package ask

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/money"
)

// Request is one call. System is ours, Prompt carries untrusted text in its
// own block. Schema is the JSON schema that the answer must have; nil for
// plain text. MaxOutputTokens bounds thinking and answer together.
// SharedPrefix is how many bytes of Prompt another request is about to begin
// with, too, 0 for none: a vendor that keeps only what it is told to keep is
// told to keep System and them. InnerPrefix is a shorter beginning that still
// others have, 0 for none. The cuts are on a character's border.
type Request struct {
	Model           string
	System          string
	Prompt          string
	Schema          json.RawMessage
	Effort          string
	MaxOutputTokens int64
	SharedPrefix    int
	InnerPrefix     int
}

// Finish says why an answer ended.
type Finish string

// The finish reasons that matter to us.
const (
	FinishStop    Finish = "stop"
	FinishLength  Finish = "max_tokens"
	FinishRefusal Finish = "refusal"
	FinishOther   Finish = "other"
)

// Response is one answer. Model is what served it, "" where not said. Usage
// is unknown where the provider reported none or nonsense.
type Response struct {
	Text   string
	Model  string
	ID     string
	Finish Finish
	Usage  money.Usage
	// Served is how the request was served, as the response says.
	Served money.Service
	// ImpossibleUsage says that the provider counted fewer than no tokens: an
	// answer whose maker cannot count is not to be relied on. Usage that is
	// missing, or merely not plausible, is unknown and no more.
	ImpossibleUsage bool
}

// Error is a call that gave no answer. Usage holds what was reported before
// it broke: Known only where the report was the vendor's last, since earlier
// ones hold a fraction of the output; the counts seen are there all the same,
// as a lower bound. Message is one line, capped at 512 bytes and free of keys.
type Error struct {
	Provider   string
	Status     int // HTTP status, 0 where there was no answer
	Retryable  bool
	RetryAfter time.Duration // 0 where not said
	Message    string
	Usage      money.Usage
	Served     money.Service // how it was served, where Usage is known
	// Sent says that the request may have reached the provider and so may
	// have been billed.
	Sent bool
	// Err is the context's error where the caller stopped the call, else nil.
	Err error
}

// Unwrap gives the context's error, so that errors.Is finds an interruption.
func (e *Error) Unwrap() error { return e.Err }

// Error gives one line.
func (e *Error) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("%s: %s", e.Provider, e.Message)
	}
	return fmt.Sprintf("%s: HTTP %d: %s", e.Provider, e.Status, e.Message)
}
