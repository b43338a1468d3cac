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
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// Exit codes. They are stable.
const (
	ExitFine     = 0 // it ran, and nothing stands against going on
	ExitFindings = 1 // findings at or over --fail-on, or a task that the policy lets block
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
func Main(ctx context.Context, p Process) (code int) {
	defer func() {
		// Go's own exit code for a crash is 2, which here means wrong words.
		if cause := recover(); cause != nil {
			printLines(p.Stderr, "tierwise: ", fmt.Sprintf("it crashed, please report it: %v", cause))
			code = ExitFailed
		}
	}()
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

// exitCode prints what an error says and gives its code. What it says may
// hold words of a stranger, and in Actions standard error is read for commands.
func exitCode(w io.Writer, err error) int {
	var exit *exitError
	if err == nil {
		return ExitFine
	}
	if errors.As(err, &exit) {
		return exit.code
	}
	var broken *pipeline.BrokenPolicyError
	if errors.As(err, &broken) {
		// The form that editors read: file:line:col at the start of the line.
		printLines(w, "", broken.Error())
		fmt.Fprintln(w, "The policy is broken; nothing was spent.")
	} else {
		printLines(w, "tierwise: ", err.Error())
	}
	return codeOf(err)
}

func printLines(w io.Writer, before, text string) {
	for line := range strings.Lines(text) {
		fmt.Fprintf(w, "%s%s\n", before, sanitize.LogLine(strings.TrimRight(line, "\n")))
	}
}

// codeOf tells what the user can mend by other words from what failed. A
// policy that cannot be read is of the first kind, unless it is the platform
// that is short of requests, or somebody stopped the run.
func codeOf(err error) int {
	var broken *pipeline.BrokenPolicyError
	var unread *pipeline.UnreadPolicyError
	var words *pipeline.UsageError
	switch {
	case errors.As(err, &broken), errors.As(err, &words):
		return ExitUsage
	case errors.Is(err, github.ErrRateLow), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return ExitFailed
	case errors.As(err, &unread):
		return ExitUsage
	default:
		return ExitFailed
	}
}
