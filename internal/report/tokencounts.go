package report

import (
	"encoding/json"
	"fmt"
)

// tokenCounts are counts, or the word unknown: never a zero that nobody
// counted.
type tokenCounts struct {
	known  bool
	counts tokensJSON
}

const unknownTokens = `"unknown"`

// MarshalJSON writes an object of counts, or the word.
func (t tokenCounts) MarshalJSON() ([]byte, error) {
	if !t.known {
		return []byte(unknownTokens), nil
	}
	return encodeLine(t.counts)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *tokenCounts) UnmarshalJSON(data []byte) error {
	*t = tokenCounts{}
	if string(data) == unknownTokens {
		return nil
	}
	if err := json.Unmarshal(data, &t.counts); err != nil {
		return fmt.Errorf("read token counts: %w", err)
	}
	t.known = true
	return nil
}
