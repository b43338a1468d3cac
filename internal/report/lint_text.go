package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
)

// LintText writes findings for a person: place, severity, message and rule on
// a line in the form that editors read, below it the line of the file with a
// caret, and at the end what was looked at and what was not. No line of it is
// read as a command by the runner.
func LintText(w io.Writer, l Linted, colour bool) error {
	var b bytes.Buffer
	for _, f := range l.Findings {
		writeLintFinding(&b, f, l.source(f.File), colour)
	}
	for _, s := range l.Suppressed {
		fmt.Fprintln(&b, line(fmt.Sprintf("%s: suppressed until %s: %s [%s]", s.Position, s.Until, s.Reason, s.ID)))
	}
	if len(l.Findings)+len(l.Suppressed) > 0 {
		b.WriteString("\n")
	}
	for _, text := range LintSummaryLines(l) {
		b.WriteString(text + "\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

func writeLintFinding(b *bytes.Buffer, f lint.Finding, s lint.Source, colour bool) {
	place, said := line(f.Position.String()), line(f.Message)
	if colour {
		fmt.Fprintf(b, "\x1b[1m%s\x1b[0m: %s%s\x1b[0m: \x1b[1m%s\x1b[0m \x1b[90m[%s]\x1b[0m\n", place, paint(f.Severity), f.Severity, said, f.ID)
	} else {
		fmt.Fprintln(b, line(fmt.Sprintf("%s: %s: %s [%s]", f.Position, f.Severity, f.Message, f.ID)))
	}
	text := s.Line(f.Line)
	if strings.TrimSpace(text) == "" {
		return
	}
	shown, caret := excerpt(text, f.Col, endOf(f, text))
	number := fmt.Sprint(f.Line)
	if colour {
		caret = paint(f.Severity) + caret + "\x1b[0m"
	}
	fmt.Fprintf(b, " %s | %s\n %s | %s\n", number, strings.TrimRight(shown, " "), strings.Repeat(" ", len(number)), caret)
}

func paint(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "\x1b[31m"
	case diag.Warning:
		return "\x1b[33m"
	default:
		return "\x1b[36m"
	}
}

// LintSummaryLines say what a linter looked at and found, in counts, and what
// it could not look at.
func LintSummaryLines(l Linted) []string {
	head := fmt.Sprintf("%s: %s", l.lookedAt(), l.counts())
	if l.PassedOver > 0 {
		head += fmt.Sprintf("; passed over: %s that hold neither a policy nor a workflow", count(l.PassedOver, "file"))
	}
	return append([]string{head}, l.blindLines()...)
}

// lookedAt says what was read.
func (l Linted) lookedAt() string {
	looked := count(len(l.Files), "file")
	if n := len(l.Words); n > 0 {
		looked += " and the " + l.Words[n-1].Name
	}
	return looked
}

// counts leaves out what there is none of.
func (l Linted) counts() string {
	var items []string
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		if n := l.exactly(s); n > 0 {
			items = append(items, count(n, s.String()))
		}
	}
	if len(items) == 0 {
		items = []string{"no findings"}
	}
	if n := len(l.Suppressed); n > 0 {
		items = append(items, fmt.Sprintf("%d suppressed", n))
	}
	return strings.Join(items, ", ")
}

// blindLines say which rules did not look, and what they would need.
func (l Linted) blindLines() []string {
	var lines []string
	for _, n := range l.blind() {
		lines = append(lines, line(fmt.Sprintf("not examined: %s (%s)", strings.Join(n.rules, ", "), needWords(n.need))))
	}
	for _, text := range l.Unread {
		lines = append(lines, line("not examined: "+text))
	}
	return lines
}
