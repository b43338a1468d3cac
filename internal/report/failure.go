package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// maxFailureLine is how much of one line of an error is shown, in characters.
const maxFailureLine = 500

// Failure writes the summary of a step that stopped before it decided
// anything: nothing was reviewed and nothing was spent.
func Failure(w io.Writer, cause error) error {
	_, err := fmt.Fprintf(w, "### tierwise did not run\n\nNothing was reviewed and nothing was spent.\n\n")
	for _, line := range strings.Split(cause.Error(), "\n") {
		if err == nil {
			_, err = fmt.Fprintf(w, "- %s\n", sanitize.Cell(line, maxFailureLine))
		}
	}
	if err != nil {
		return fmt.Errorf("write the failure: %w", err)
	}
	return nil
}

// OneLine says where work goes and the first reason that decided it.
func OneLine(d route.Decision) string {
	subject := d.TaskID
	if subject == "" {
		subject = "brief"
	}
	text := fmt.Sprintf("%s: %s", subject, d.Tier)
	if d.Locked {
		text += " (locked)"
	}
	if d.Model != nil {
		text += " on " + d.Model.Model
	}
	for _, r := range d.Reasons {
		if r.Decisive {
			return text + ": " + sanitize.LogLine(r.Text)
		}
	}
	return text
}
