package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/ledger"
)

// Flagged says what became of the flags of a comment. Where the ledger is the
// workflow's artifacts nothing was kept, and the next report reads the comment.
func Flagged(flags []ledger.Flag, notes []string, kept bool) string {
	var text strings.Builder
	for _, f := range flags {
		fmt.Fprintf(&text, "- %s: %s, about record `%s`\n", name(f.Task), f.Verdict, f.Record)
	}
	for _, note := range notes {
		text.WriteString("- " + phrase(note) + "\n")
	}
	if !kept && len(flags) > 0 {
		text.WriteString("\nThe ledger is the workflow's artifacts: the next report reads the comment again and counts it.\n")
	}
	return text.String()
}
