package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	gh "github.com/google/go-github/v62/github"
)

const (
	// maxAnswer bounds one answer, in bytes. The largest is a recursive tree,
	// which the platform cuts at 7 MB
	// (https://docs.github.com/en/rest/git/trees#get-a-tree).
	maxAnswer = 32 << 20
	// backoff is the wait before the one retry.
	backoff = 500 * time.Millisecond
)

// get asks and decodes the JSON answer into v.
func (c *Client) get(ctx context.Context, what call, path string, v any) (*gh.Response, error) {
	data, resp, err := c.send(ctx, what, http.MethodGet, path, nil)
	if err != nil {
		return resp, err
	}
	return resp, decode(what, data, v)
}

// decode is strict where go-github's own decoder is not: it takes an empty
// answer for a fine one.
func decode(what call, data []byte, v any) error {
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s: read the answer: %w", what, err)
	}
	return nil
}

// send makes one call. A GET that meets 502, 503 or a dropped connection is
// asked once more; what writes is not, for it may have been written.
func (c *Client) send(ctx context.Context, what call, method, path string, body any) ([]byte, *gh.Response, error) {
	data, resp, err := c.once(ctx, what, method, path, body)
	if err == nil || method != http.MethodGet || !transient(ctx, err) {
		return data, resp, err
	}
	if err := c.sleep(ctx, backoff); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", what, err)
	}
	return c.once(ctx, what, method, path, body)
}

func (c *Client) once(ctx context.Context, what call, method, path string, body any) ([]byte, *gh.Response, error) {
	if c.token == "" {
		return nil, nil, &PermissionError{Call: string(what), Permission: what.permission()}
	}
	if err := c.checkRate(what); err != nil {
		return nil, nil, err
	}
	req, err := c.api.make(method, path, body)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", what, err)
	}
	resp, err := c.api.do(ctx, req)
	if resp != nil && resp.Response != nil {
		c.noteRate(resp.Header)
	}
	if err != nil {
		return nil, resp, c.explain(what, resp, err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := readAll(resp.Body, maxAnswer)
	if err != nil {
		return nil, resp, fmt.Errorf("%s: %w", what, err)
	}
	return data, resp, nil
}

var errTooLarge = errors.New("the answer is too large")

func readAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if int64(len(data)) > limit {
		return data[:limit], fmt.Errorf("%w: over %d MiB", errTooLarge, limit>>20)
	}
	return data, nil
}

// transient says that asking again may help: a gateway's answer, or no answer
// at all. Our own refusals to ask are none of it.
func transient(ctx context.Context, err error) bool {
	var api *APIError
	if errors.As(err, &api) {
		return api.Status == http.StatusBadGateway || api.Status == http.StatusServiceUnavailable
	}
	var denied *PermissionError
	var limited *LimitError
	refused := errors.As(err, &denied) || errors.As(err, &limited) || errors.Is(err, ErrRateLow) || errors.Is(err, errTooLarge)
	return !refused && ctx.Err() == nil
}

// explain turns go-github's error into ours. v62 maps only 403 to its own
// limit errors, so 429 and the words are looked at here.
func (c *Client) explain(what call, resp *gh.Response, err error) error {
	if resp == nil || resp.Response == nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	status, message := resp.StatusCode, brief(messageOf(err))
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusForbidden && limited(resp, err, message):
		return &LimitError{Call: string(what), Status: status, RetryAfter: c.retryAfter(resp.Header), Message: message}
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound:
		return &PermissionError{Call: string(what), Status: status, Permission: what.permission(), Message: message}
	}
	return &APIError{Call: string(what), Status: status, Message: message}
}

func messageOf(err error) string {
	var answer *gh.ErrorResponse
	var primary *gh.RateLimitError
	var secondary *gh.AbuseRateLimitError
	switch {
	case errors.As(err, &answer):
		return answer.Message
	case errors.As(err, &primary):
		return primary.Message
	case errors.As(err, &secondary):
		return secondary.Message
	}
	return err.Error()
}

func limited(resp *gh.Response, err error, message string) bool {
	var primary *gh.RateLimitError
	var secondary *gh.AbuseRateLimitError
	return errors.As(err, &primary) || errors.As(err, &secondary) ||
		resp.Header.Get("Retry-After") != "" || strings.Contains(strings.ToLower(message), "rate limit")
}

// retryAfter reads how long to wait, from Retry-After in seconds or from the
// reset of an exhausted limit.
func (c *Client) retryAfter(h http.Header) time.Duration {
	if seconds, err := strconv.ParseInt(h.Get("Retry-After"), 10, 32); err == nil && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	reset, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil || h.Get("X-RateLimit-Remaining") != "0" {
		return 0
	}
	return max(0, time.Unix(reset, 0).Sub(c.now()).Round(time.Second))
}
