package runner

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sethvargo/go-githubactions"
)

// maxSummary is the size in bytes over which the runner drops a step's summary
// (GitHub documentation, "Step isolation and limits").
const maxSummary = 1 << 20

// SetOutput sets an output of the step, redacted. It does not use the SDK's own
// writer, whose fixed delimiter lets a value set other outputs: the delimiter
// here is 128 random bits. It is an error where the name has a line break, "="
// or "<", where the value contains the delimiter, and where GITHUB_OUTPUT is
// not set or cannot be written.
func (r *Runner) SetOutput(name, value string) error {
	if !oneLine(name) {
		return fmt.Errorf("set output %q: the name is empty or has a line break, = or <", name)
	}
	delimiter, err := r.delimiter()
	if err != nil {
		return fmt.Errorf("set output %s: %w", name, err)
	}
	value = r.redactor.Redact(value)
	if strings.Contains(value, delimiter) {
		return fmt.Errorf("set output %s: the value contains the delimiter", name)
	}
	message := name + "<<" + delimiter + "\n" + value + "\n" + delimiter
	if err := r.writeFile("GITHUB_OUTPUT", &githubactions.Command{Name: "output", Message: message}); err != nil {
		return fmt.Errorf("set output %s: %w", name, err)
	}
	return nil
}

func (r *Runner) delimiter() (string, error) {
	bits := make([]byte, 16)
	if _, err := io.ReadFull(r.random, bits); err != nil {
		return "", fmt.Errorf("draw a delimiter: %w", err)
	}
	return "tierwise_" + hex.EncodeToString(bits), nil
}

// AppendSummary adds markdown to the step's summary, redacted. It is an error
// where GITHUB_STEP_SUMMARY is not set or cannot be written, and where the
// whole would pass 1 MiB: the runner would then show none of it.
func (r *Runner) AppendSummary(markdown string) error {
	markdown = r.redactor.Redact(markdown)
	const variable = "GITHUB_STEP_SUMMARY"
	var before int64
	switch info, err := os.Stat(r.getenv(variable)); {
	case err == nil:
		before = info.Size()
	case !errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("append to the summary: %w", err)
	}
	if size := before + int64(len(markdown)) + 1; size > maxSummary {
		return fmt.Errorf("append to the summary: it would hold %d bytes, over the limit of %d", size, maxSummary)
	}
	if err := r.writeFile(variable, &githubactions.Command{Name: "step-summary", Message: markdown}); err != nil {
		return fmt.Errorf("append to the summary: %w", err)
	}
	return nil
}

// writeFile issues a file command. The SDK panics where the file cannot be
// written, and opens "" where the variable is not set.
func (r *Runner) writeFile(variable string, c *githubactions.Command) error {
	if r.getenv(variable) == "" {
		return fmt.Errorf("%s is not set", variable)
	}
	r.sent.mu.Lock()
	defer r.sent.mu.Unlock()
	return guard(func() { r.action.IssueFileCommand(c) })
}
