// Package runner is the adapter to the Actions runner: inputs and context in;
// outputs, summary, annotations and log out. It is the sole reader of the
// environment, which it takes as a function, and the sole user of the SDK for
// workflow commands. Whatever it writes is redacted and cannot be read as a
// command of somebody else's; it decides nothing.
package runner

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/sethvargo/go-githubactions"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// Runner speaks to the Actions runner. It is safe for concurrent use.
type Runner struct {
	getenv   func(string) string
	action   *githubactions.Action
	stdout   io.Writer
	random   io.Reader
	redactor *sanitize.Redactor
	sent     *sending
}

// sending is what has gone out so far, shared by the copies of a Runner.
type sending struct {
	mu      sync.Mutex
	count   map[level]int
	dropped int
	err     error
}

// New reads through getenv and writes to stdout, which must be the step's
// standard output. random gives the delimiters of outputs. A nil redactor
// redacts nothing: see Redacting.
func New(getenv func(string) string, stdout io.Writer, random io.Reader, redactor *sanitize.Redactor) *Runner {
	return &Runner{
		getenv: getenv, stdout: stdout, random: random, redactor: redactor,
		action: githubactions.New(githubactions.WithGetenv(getenv), githubactions.WithWriter(stdout)),
		sent:   &sending{count: map[level]int{}},
	}
}

// Redacting gives the same Runner with another redactor. A Runner knows the
// secrets, and a redactor needs them:
//
//	r := runner.New(getenv, stdout, random, nil)
//	r = r.Redacting(sanitize.NewRedactor(r.Secrets()...))
func (r *Runner) Redacting(redactor *sanitize.Redactor) *Runner {
	next := *r
	next.redactor = redactor
	return &next
}

// InActions says that GITHUB_ACTIONS is "true", as the runner sets it.
func (r *Runner) InActions() bool { return r.getenv("GITHUB_ACTIONS") == "true" }

// Input gives an input of the action by its name in action.yml, trimmed; ""
// where it was not set.
func (r *Runner) Input(name string) string { return r.action.GetInput(name) }

// Env gives a variable of the environment as it is: for the providers' keys
// and TIERWISE_* on the command line.
func (r *Runner) Env(name string) string { return r.getenv(name) }

// Log writes one line to the log, redacted, and such that the runner finds no
// command in it. Line breaks in it become spaces.
func (r *Runner) Log(line string) {
	r.sent.mu.Lock()
	defer r.sent.mu.Unlock()
	// Twice: an escape sequence taken out may have stood within a secret.
	line = r.redactor.Redact(sanitize.LogLine(r.redactor.Redact(line)))
	_, err := fmt.Fprintln(r.stdout, line)
	r.sent.fail(err)
}

// Err is the first error in writing to the log, nil where there was none.
func (r *Runner) Err() error {
	r.sent.mu.Lock()
	defer r.sent.mu.Unlock()
	return r.sent.err
}

func (s *sending) fail(err error) {
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("write to the log: %w", err)
	}
}

// issue writes a command to the log through the SDK, which panics where it
// cannot.
func (r *Runner) issue(c *githubactions.Command) {
	r.sent.mu.Lock()
	defer r.sent.mu.Unlock()
	r.sent.fail(guard(func() { r.action.IssueCommand(c) }))
}

// guard turns a panic of the SDK into an error.
func guard(write func()) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case error:
			err = p
		default:
			err = fmt.Errorf("%v", p)
		}
	}()
	write()
	return nil
}

// oneLine says whether a word may stand as a name in a file command.
func oneLine(name string) bool { return name != "" && !strings.ContainsAny(name, "\r\n=<") }
