package github

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// ErrRateLow says that less than a tenth of the hour's requests is left. They
// are shared by all workflows of a repository, so we stop and leave them
// (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
var ErrRateLow = errors.New("the rate limit is nearly used up")

// PermissionError is a call that the token may not make, or that finds
// nothing: the platform answers 404 to both. Status is 0 where there is no
// token. Permission is the line to add below permissions:, or "".
type PermissionError struct {
	Call       string
	Status     int
	Permission string
	Message    string // the platform's
}

// Error names the call and the line to add.
func (e *PermissionError) Error() string {
	var what string
	switch e.Status {
	case 0:
		what = "there is no token; give the step github-token: ${{ github.token }}"
	case http.StatusUnauthorized:
		what = "HTTP 401: the token is not valid"
	case http.StatusNotFound:
		what = "HTTP 404: it is not there, or the token may not see it"
	default:
		what = fmt.Sprintf("HTTP %d: the token may not do this", e.Status)
	}
	if e.Message != "" {
		what += fmt.Sprintf(" (%s)", e.Message)
	}
	if e.Permission != "" {
		what += fmt.Sprintf("; the job's \"permissions:\" need the line \"%s\"", e.Permission)
	}
	return e.Call + ": " + what
}

// LimitError is a refusal for too many requests. RetryAfter is 0 where the
// platform did not say. Nothing here waits for it.
type LimitError struct {
	Call       string
	Status     int
	RetryAfter time.Duration
	Message    string
}

// Error says how long the platform asks to wait.
func (e *LimitError) Error() string {
	after := "later"
	if e.RetryAfter > 0 {
		after = "in " + e.RetryAfter.String()
	}
	return fmt.Sprintf("%s: HTTP %d: too many requests, run again %s (%s)", e.Call, e.Status, after, e.Message)
}

// APIError is any other answer that is not a success.
type APIError struct {
	Call    string
	Status  int
	Message string
}

// Error names the call and the status.
func (e *APIError) Error() string {
	switch {
	case e.Status == http.StatusNotAcceptable:
		return fmt.Sprintf("%s: HTTP 406: too large for the platform to give (%s)", e.Call, e.Message)
	case e.Status >= 300 && e.Status < 400:
		return fmt.Sprintf("%s: HTTP %d: the platform points elsewhere, which is not followed; was the repository renamed?", e.Call, e.Status)
	}
	return fmt.Sprintf("%s: HTTP %d (%s)", e.Call, e.Status, e.Message)
}

// isNotFound says that the platform answered 404.
func isNotFound(err error) bool {
	var denied *PermissionError
	return errors.As(err, &denied) && denied.Status == http.StatusNotFound
}

// brief makes a platform's words fit one line of a message.
func brief(message string) string {
	const longest = 200
	message = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, message)
	if cut := []rune(message); len(cut) > longest {
		return string(cut[:longest]) + "…"
	}
	return message
}
