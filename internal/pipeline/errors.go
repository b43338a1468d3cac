package pipeline

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
)

// BrokenPolicyError is a policy with mistakes. Nothing was spent.
type BrokenPolicyError struct{ Findings diag.Findings }

// Error prints one mistake on each line.
func (e *BrokenPolicyError) Error() string { return e.Findings.Error() }

// UsageError is a request that cannot be meant: it names what to give
// instead. The exit code is 2.
type UsageError struct{ Text string }

// Error gives the text.
func (e *UsageError) Error() string { return e.Text }

func usage(format string, args ...any) error {
	return &UsageError{Text: fmt.Sprintf(format, args...)}
}

// UnreadPolicyError is a policy that could not be read: whether there is one
// is not known, so nothing may be decided. Nothing was spent.
type UnreadPolicyError struct{ Cause error }

// Error says what was read and why it failed.
func (e *UnreadPolicyError) Error() string { return e.Cause.Error() }

// Unwrap gives the cause.
func (e *UnreadPolicyError) Unwrap() error { return e.Cause }
