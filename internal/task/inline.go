package task

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// Bounds of what is shown inside a line, in characters.
const (
	maxSubject = 200
	maxPath    = 160
	maxError   = 300
)

// inline writes a stranger's sentence as one line of markdown, in which code
// between backticks stays code and nothing else acts.
func inline(text string, most int) string {
	text = clip(strings.Join(strings.Fields(text), " "), most)
	parts := strings.Split(text, "`")
	if len(parts)%2 == 0 || strings.Contains(text, "``") {
		return sanitize.Cell(text, most)
	}
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i%2 == 1:
			b.WriteString(sanitize.Code(part, most))
		case strings.TrimSpace(part) == "":
			b.WriteString(part)
		default:
			// The cell trims its text, and the spaces beside code are ours.
			if i > 0 && strings.HasPrefix(part, " ") {
				b.WriteByte(' ')
			}
			b.WriteString(sanitize.Cell(part, most))
			if i < len(parts)-1 && strings.HasSuffix(part, " ") {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// codePath writes a path as code.
func codePath(path string) string { return sanitize.Code(path, maxPath) }

// capital writes the first letter large. Code and identifiers, which begin
// with something else or have capitals inside, stay as they are.
func capital(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if first == "" || first[0] < 'a' || first[0] > 'z' || strings.ContainsAny(first, "./_()") || first != strings.ToLower(first) {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// plural counts things: "1 file", "2 files".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if base, ok := strings.CutSuffix(one, "y"); ok && !strings.HasSuffix(one, "ey") {
		return fmt.Sprintf("%d %sies", n, base)
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// list joins words as a sentence does: "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
