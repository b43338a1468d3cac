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
	return failure(w, "### tierwise did not run\n\nNothing was reviewed and nothing was spent.\n\n", cause)
}

// Unpublished writes the summary of a step that could not show what another
// job did: what that job found is not known here, and counts for nothing.
func Unpublished(w io.Writer, cause error) error {
	return failure(w, "### tierwise published nothing\n\n**could not run**: no result counts, as far as this job knows. What the other job spent stands in its own summary.\n\n", cause)
}

func failure(w io.Writer, head string, cause error) error {
	_, err := io.WriteString(w, head)
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

// OneLine says where work goes, the first reason that decided it, and how a
// trusted hand could have it go lower.
func OneLine(d route.Decision) string {
	text := subject(d) + ": " + d.Tier.String()
	if d.Locked {
		text += " (locked)"
	}
	if d.Model != nil {
		text += " on " + line(d.Model.Model)
	}
	if d.Refused != "" {
		text += ", does not run: " + line(d.Refused)
	}
	for _, words := range decisive(d) {
		if words = strings.TrimRight(line(words), ": "); words != "" {
			text += ": " + words
			break
		}
	}
	if d.Hint != "" {
		text = strings.TrimRight(text, ".: ") + ". It could go lower: " + line(d.Hint)
	}
	return strings.TrimRight(text, ": ")
}

// subject is the task's id, or the word for work that is no task.
func subject(d route.Decision) string {
	if d.TaskID == "" {
		return "brief"
	}
	return line(d.TaskID)
}
