package report

import (
	"fmt"
	"io"
	"strings"
)

// maxSummary is the most bytes a step's summary may have: over 1 MiB, counted
// before masking, the runner drops it whole
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits).
// A little is left for what the caller may put before it.
const maxSummary = 1<<20 - 8<<10

// Shares of a page. The core is what nobody may miss and is never dropped;
// each block of details has its own bound; outputs get what is left.
const (
	coreShare  = 384 << 10
	blockShare = 96 << 10
)

// block is one part of the details.
type block struct {
	title string
	text  func(limit int) string
}

func (s Session) blocks() []block {
	return []block{
		{"How the numbers were made", s.numbers},
		{"Attempts", s.attempts},
		{"Decision path", s.path},
		{"Facts", s.facts},
		{"Handoff", s.handoff},
		{"Files left out", s.leftOut},
	}
}

// Summary writes the run summary as markdown, at most 1 MiB: the headline,
// the table and the lines that answer who would notice, who chose and what
// may be spent; then the details; last each task's own output, defused and
// cut to what is left. It fails only where w does.
func Summary(w io.Writer, s Session) error {
	var page strings.Builder
	page.WriteString(s.core(coreShare))
	for _, b := range s.blocks() {
		if text := b.text(blockShare); text != "" {
			page.WriteString(details(b.title, text))
		}
	}
	page.WriteString(s.outputs(maxSummary - page.Len()))
	if _, err := io.WriteString(w, page.String()); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

// core is the part above the details.
func (s Session) core(limit int) string {
	head := "### " + s.headline() + "\n\n"
	share := (limit - len(head)) / 4
	alarms := s.alarms(share)
	table := s.table(2 * share)
	lines := s.lines(limit - len(head) - len(alarms) - len(table))
	return head + alarms + table + lines
}

// details is a block that a reader opens. Our own title is the only text in
// raw HTML; the empty lines around the text make it markdown again.
func details(title, text string) string {
	return "<details>\n<summary>" + title + "</summary>\n\n" + strings.TrimRight(text, "\n") + "\n\n</details>\n\n"
}
