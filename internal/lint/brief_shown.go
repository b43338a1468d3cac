package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shown gives the text for a person to look at. A line out of which a detector
// of secrets takes something is covered, every column in its place: what shows
// a finding must not pass the secret on.
func (b Brief) Shown(w World) Source {
	if w.Redact == nil {
		return b.Source
	}
	clean, rules := w.Redact(b.Text)
	if len(rules) == 0 {
		return b.Source
	}
	kept := map[string]bool{}
	for text := range strings.SplitSeq(clean, "\n") {
		kept[strings.TrimSuffix(text, "\r")] = true
	}
	lines := make([]string, b.Lines())
	for n := range lines {
		if lines[n] = b.Line(n + 1); !kept[lines[n]] {
			lines[n] = strings.Map(cover, lines[n])
		}
	}
	return NewSource(b.Name, []byte(strings.Join(lines, "\n")))
}

// cover gives a sign of as many bytes as the one that it hides.
func cover(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return r
	case utf8.RuneLen(r) == 2:
		return '·'
	case utf8.RuneLen(r) == 3:
		return '•'
	case utf8.RuneLen(r) == 4:
		return '🞄'
	default:
		return '*'
	}
}
