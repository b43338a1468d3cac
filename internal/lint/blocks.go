package lint

import (
	"strings"
)

// blockOpens is a line whose value is a block of text: "run: |", "- >-".
var blockOpens = lazily(`(?:^|[\s:])[|>][-+0-9]*\s*(?:#.*)?$`)

// blockLines marks the lines that stand in a block of text. It goes by the
// indentation alone, so that it also answers for a file that cannot be read.
func blockLines(s Source) map[int]bool {
	inside := map[int]bool{}
	outer := -1 // the indentation of the line that opened the block
	for n := 1; n <= s.Lines(); n++ {
		text := s.Line(n)
		indent := len(text) - len(strings.TrimLeft(text, " "))
		blank := strings.TrimSpace(text) == ""
		if outer >= 0 && (blank || indent > outer) {
			inside[n] = true
			continue
		}
		outer = -1
		if !blank && !strings.HasPrefix(strings.TrimSpace(text), "#") && blockOpens().MatchString(text) {
			outer = keyIndent(text, indent)
		}
	}
	return inside
}

// keyIndent is the indentation of the key: what follows "- " stands deeper
// than its dash.
func keyIndent(text string, indent int) int {
	for strings.HasPrefix(text[indent:], "- ") && strings.Contains(text[indent:], ":") {
		indent += 2
		indent += len(text[indent:]) - len(strings.TrimLeft(text[indent:], " "))
	}
	return indent
}
