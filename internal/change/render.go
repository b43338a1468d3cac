package change

import (
	"strconv"
	"strings"
)

const noNewline = "\\ No newline at end of file\n"

// Patch renders the hunks as git writes them, without a file header, as in a
// row of GitHub's API. It is empty where there are no hunks.
func (f File) Patch() string {
	var b strings.Builder
	for _, h := range f.Hunks {
		h.render(&b)
	}
	return b.String()
}

func (h Hunk) render(b *strings.Builder) {
	b.WriteString(h.Header())
	b.WriteByte('\n')
	for _, line := range h.Lines {
		b.WriteByte(byte(line.Op))
		b.WriteString(line.Text)
		if line.CR {
			b.WriteByte('\r')
		}
		b.WriteByte('\n')
		if line.NoEOL {
			b.WriteString(noNewline)
		}
	}
}

// Header gives the hunk's "@@" line, without a line ending.
func (h Hunk) Header() string {
	head := "@@ -" + renderSpan(h.OldStart, h.OldLines) + " +" + renderSpan(h.NewStart, h.NewLines) + " @@"
	if h.Section == "" {
		return head
	}
	return head + " " + h.Section
}

// renderSpan leaves a count of one out, as git does.
func renderSpan(start, lines int) string {
	if lines == 1 {
		return strconv.Itoa(start)
	}
	return strconv.Itoa(start) + "," + strconv.Itoa(lines)
}
