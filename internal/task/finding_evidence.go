package task

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// minEvidence is how many characters of a line a quotation has at least,
// unless it is the whole line: a brace stands everywhere.
const minEvidence = 4

// evident says whether the evidence of a finding stands at its place, on the
// new side of the diff or on the old one. A file that went and shows no line
// has none to quote.
func (f reviewFinding) evident(in Input) bool {
	if strings.TrimSpace(f.Evidence) == "" {
		return len(f.lines(in, newNumber))+len(f.lines(in, oldNumber)) == 0
	}
	return f.quotes(f.lines(in, newNumber)) || f.quotes(f.lines(in, oldNumber))
}

// onlyRemoved says that the evidence of a finding is a line that was removed:
// then the number is one of the old file, though the new one has it too.
func (f reviewFinding) onlyRemoved(in Input) bool {
	return f.Evidence != "" && !f.quotes(f.lines(in, newNumber)) && f.quotes(f.lines(in, oldNumber))
}

func newNumber(l change.Line) int { return l.NewLine }
func oldNumber(l change.Line) int { return l.OldLine }

// lines gives the shown lines from the finding's first to its last, by the
// numbers of one side, as a prompt shows them.
func (f reviewFinding) lines(in Input, number func(change.Line) int) []string {
	end := f.Line
	if f.EndLine != nil {
		end = max(end, *f.EndLine)
	}
	path := strings.TrimPrefix(strings.TrimPrefix(f.Path, "./"), "/")
	var lines []string
	for _, file := range in.Change.Files {
		if file.Path != path && (file.Status != change.Renamed || file.OldPath != path) {
			continue
		}
		for l := range file.Lines() {
			if n := number(l); n >= 1 && n >= f.Line && n <= end {
				text, _ := sanitize.ShowInvisible(strings.ToValidUTF8(l.Text, "\uFFFD"))
				lines = append(lines, text)
			}
		}
	}
	return lines
}

// quotes says whether the evidence stands in lines, whatever its spacing, and
// with marks where secrets were taken out before the lines were sent.
func (f reviewFinding) quotes(lines []string) bool {
	text := spaced(strings.Join(lines, " "))
	for _, quotation := range []string{f.Evidence, unsigned(f.Evidence)} {
		parts := quoteParts(quotation)
		if len(parts) == 0 && redacted().MatchString(quotation) && (redacted().MatchString(text) || secretForm().MatchString(text) || longValue().MatchString(text)) {
			return true // a line that is all secret was sent as a mark alone
		}
		if len(parts) == 0 || !holdsParts(text, parts) {
			continue
		}
		if quoted := strings.Join(parts, ""); len(quoted) >= minEvidence || spaced(quotation) == text {
			return true
		}
	}
	return false
}

// longValue is what may have been a secret when the line was sent.
var longValue = lazily(`[0-9A-Za-z+/=_-]{16,}`)

// unsigned takes the sign of a diff off each line: models copy it.
func unsigned(quotation string) string {
	lines := strings.Split(quotation, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-") {
			lines[i] = line[1:]
		}
	}
	return strings.Join(lines, "\n")
}

// spaced makes every run of blanks one space.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// quoteParts gives what a quotation has between the places where it leaves
// something out.
func quoteParts(quotation string) []string {
	var parts []string
	for _, part := range gap().Split(quotation, -1) {
		if part = spaced(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// holdsParts says whether a line has all parts, in their order.
func holdsParts(line string, parts []string) bool {
	for _, part := range parts {
		_, after, ok := strings.Cut(line, part)
		if !ok {
			return false
		}
		line = after
	}
	return true
}
