package github

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// rate is what the last answer said of the hour's requests.
type rate struct {
	known            bool
	limit, remaining int
	reset            time.Time
}

// noteRate reads the rate-limit headers. Without them (a server whose limit is
// off) nothing is held back.
func (c *Client) noteRate(h http.Header) {
	if resource := h.Get("X-RateLimit-Resource"); resource != "" && resource != "core" {
		return
	}
	limit, err1 := strconv.Atoi(h.Get("X-RateLimit-Limit"))
	remaining, err2 := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	reset, err3 := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64)
	if err1 != nil || err2 != nil || err3 != nil || limit <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rate = rate{known: true, limit: limit, remaining: remaining, reset: time.Unix(reset, 0)}
}

// checkRate refuses the next call where less than a tenth is left.
func (c *Client) checkRate(what call) error { return c.checkShare(what, 10) }

// checkShare refuses where less than one in so many of the requests is left.
func (c *Client) checkShare(what call, part int) error {
	c.mu.Lock()
	r := c.rate
	c.mu.Unlock()
	left := r.reset.Sub(c.now())
	if !r.known || r.remaining*part >= r.limit || left <= 0 {
		return nil
	}
	return fmt.Errorf("%s: %w: %d of %d requests are left, it resets at %s (in %s)",
		what, ErrRateLow, r.remaining, r.limit, r.reset.UTC().Format("15:04 MST"), left.Round(time.Second))
}
