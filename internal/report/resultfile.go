package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// outcomeJSON is one task in the result file: what results has, and what the
// task gave. Markdown is defused: a later step may post it.
type outcomeJSON struct {
	Task string `json:"task"`
	resultJSON
	Markdown string        `json:"markdown"`
	Findings []findingJSON `json:"findings"`
	Dropped  int           `json:"dropped"` // findings that were at no line of the change
	Worst    string        `json:"dropped_worst,omitempty"`
	LeftOut  []leftOutJSON `json:"left_out"`
	// Patch is a unified diff against the head; what its lines say is a model's.
	Patch string `json:"patch,omitempty"`
}

type findingJSON struct {
	Path       string `json:"path"`
	Line       int    `json:"line"` // 0: the whole file
	EndLine    int    `json:"end_line"`
	Severity   string `json:"severity"`
	Title      string `json:"title"`
	Body       string `json:"body"`
	Suggestion string `json:"suggestion,omitempty"`
	CWE        int    `json:"cwe,omitempty"`
	Evidence   string `json:"evidence,omitempty"` // the line quoted, as it stands in the change
	Exploit    string `json:"exploit,omitempty"`
	Fix        string `json:"fix,omitempty"`
}

type leftOutJSON struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

// ResultFile writes every task's result with its whole output as one JSON
// array, a task a line. Unlike an output of the action it has no bound but the
// tasks' own.
func ResultFile(w io.Writer, s Session) error {
	lines := make([]string, len(s.Results))
	for i, r := range s.Results {
		line, err := encodeLine(outcomeOf(r, s.Links))
		if err != nil {
			return err
		}
		lines[i] = string(line)
	}
	if _, err := fmt.Fprintf(w, "[\n%s\n]\n", strings.Join(lines, ",\n")); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// defused is a task's markdown, safe to be shown anywhere.
func defused(r dispatch.Result, allow sanitize.Links) string {
	if r.Output.Escaped {
		return r.Output.Markdown
	}
	return sanitize.Markdown(r.Output.Markdown, allow)
}

func outcomeOf(r dispatch.Result, allow sanitize.Links) outcomeJSON {
	out := outcomeJSON{
		Task: r.Task.ID, resultJSON: resultOf(r), Markdown: defused(r, allow), Dropped: r.Output.Dropped,
		Findings: make([]findingJSON, 0, len(r.Output.Findings)), LeftOut: make([]leftOutJSON, 0, len(r.LeftOut)),
	}
	out.Patch = r.Output.Patch
	for _, f := range bySeverity(r.Output.Findings) {
		out.Findings = append(out.Findings, findingOf(f, allow))
	}
	if r.Output.Dropped > 0 {
		out.Worst = severityWord(r.Output.DroppedWorst)
	}
	for _, l := range r.LeftOut {
		out.LeftOut = append(out.LeftOut, leftOutJSON(l))
	}
	return out
}

func findingOf(f task.Finding, allow sanitize.Links) findingJSON {
	return findingJSON{
		Path: f.Path, Line: f.Line, EndLine: lastLine(f), Severity: severityWord(f.Severity),
		Title: line(f.Title), Body: sanitize.Markdown(f.Body, allow), Suggestion: f.Suggestion,
		CWE: f.CWE, Evidence: f.Evidence, Exploit: sanitize.Markdown(f.Exploit, allow), Fix: sanitize.Markdown(f.Fix, allow),
	}
}
