// Package cli holds the verbs, their flags and the exit codes. Streams,
// environment, clock and randomness come in as values.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/tierwise/tierwise/internal/pipeline"
)

// Exit codes. They are stable.
const (
	ExitFine     = 0 // it ran, and nothing stands against going on
	ExitFindings = 1 // findings at or over --fail-on
	ExitUsage    = 2 // wrong words, wrong inputs, or a broken policy
	ExitFailed   = 3 // it could not run, or a critical task did not end green
)

// Process is the world as a program sees it.
type Process struct {
	Args           []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Unsetenv       func(string) error
	Environ        []string
	Now            func() time.Time
	Random         io.Reader
	Version        string
	// Proxy names the proxy for a request, nil for none.
	Proxy func(*http.Request) (*url.URL, error)
}

// Main runs one verb and gives the exit code. In Actions, without arguments,
// it is the action.
func Main(ctx context.Context, p Process) int {
	if p.Getenv("GITHUB_ACTIONS") == "true" && len(p.Args) == 0 {
		return actionMain(ctx, p)
	}
	cmd := root(p)
	cmd.SetArgs(p.Args)
	return exitCode(p.Stderr, cmd.ExecuteContext(ctx))
}

// exitError carries an exit code that is not a complaint: all has been said.
type exitError struct{ code int }

// Error names the code.
func (e *exitError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// withCode is nil for a fine exit.
func withCode(code int) error {
	if code == ExitFine {
		return nil
	}
	return &exitError{code}
}

// exitCode prints what an error says and gives its code.
func exitCode(w io.Writer, err error) int {
	var exit *exitError
	var broken *pipeline.BrokenPolicyError
	var words *pipeline.UsageError
	switch {
	case err == nil:
		return ExitFine
	case errors.As(err, &exit):
		return exit.code
	case errors.As(err, &broken):
		fmt.Fprintf(w, "%s\nThe policy is broken; nothing was spent.\n", broken)
		return ExitUsage
	case errors.As(err, &words):
		fmt.Fprintf(w, "tierwise: %v\n", err)
		return ExitUsage
	default:
		fmt.Fprintf(w, "tierwise: %v\n", err)
		return ExitFailed
	}
}
