package signal

import (
	"slices"
	"strings"
)

// side is one side of a block, with what it has that the other has not.
type side struct {
	lines   []line
	at      map[string]int // text → its last line
	wrapped int            // the first line of its own that opens something
	quoted  int            // the first line of its own that begins or ends a comment or a text
}

func sideOf(lines []line, other map[string]bool) side {
	s := side{lines: lines, at: make(map[string]int, len(lines)), wrapped: len(lines), quoted: len(lines)}
	for i, l := range lines {
		s.at[l.bare()] = i
		if other[l.bare()] {
			continue
		}
		if s.wrapped == len(lines) && wraps(l) {
			s.wrapped = i
		}
		if s.quoted == len(lines) && quotes(l.code) != 0 {
			s.quoted = i
		}
	}
	return s
}

// wraps says that what follows the line depends on it: on a condition, on a
// call of a function, or on where it now stands.
func wraps(l line) bool {
	if instructs(l) {
		return strings.HasPrefix(l.code, "#") || revoked.in(l)
	}
	if l.comment() {
		return revoked.in(l) && !strings.HasSuffix(l.code, "*/")
	}
	if l.class == Test && (declaresTest(l) || l.has("describe", "context", "for", "each", "with")) {
		return false // it runs all the same
	}
	if strings.HasSuffix(l.code, "{") || strings.HasSuffix(l.code, ":") || strings.Contains(l.code, "=>") {
		return true
	}
	return len(l.words) > 0 && slices.Contains(wrapWords(), l.words[0]) || l.has("func", "def", "function", "fn", "fun", "lambda")
}

func wrapWords() []string {
	return strings.Fields("if unless when while until else elif elsif case switch match for foreach try with ifdef ifndef end func def function fn fun")
}

// revoked are words that take back what follows them.
var revoked = probing(`(?i)\b(?:no\s+longer|not\s+in\s+force|obsolete|deprecated|retired|historical|formerly|superseded|does\s+not\s+apply|used\s+to|archived?|outdated|old\s+(?:rules?|text|version)|examples?\s+of|optional|for\s+reference)\b`)

// quoteMarks begin and end what is not run.
func quoteMarks() [][2]string {
	return [][2]string{
		{"/*", "*/"},
		{"<!--", "-->"},
		{"{#", "#}"},
		{"--[[", "]]"},
		{"{{!--", "--}}"},
		{"{{--", "--}}"},
		{"{% comment", "{% endcomment"},
		{"{%- comment", "{%- endcomment"},
		{"{% raw", "{% endraw"},
		{"{-", "-}"},
		{"#|", "|#"},
		{"<#", "#>"},
	}
}

// quoteLines begin and end what is not run where a line begins with them.
func quoteLines() [][2]string {
	return [][2]string{{"=begin", "=end"}, {"=pod", "=cut"}, {"#if 0", "#endif"}, {"#if false", "#endif"}, {"__END__", "\x00"}, {"__DATA__", "\x00"}}
}

// evenMarks are written alike at both ends.
func evenMarks() []string { return []string{"\"\"\"", "'''", "`"} }

// quotes says how many comments and texts are open after a line that were not
// before, less than zero where it closes one.
func quotes(code string) int {
	open := 0
	for _, m := range quoteMarks() {
		open += strings.Count(code, m[0]) - strings.Count(code, m[1])
	}
	for _, m := range quoteLines() {
		if strings.HasPrefix(code, m[0]) {
			open++
		} else if strings.HasPrefix(code, m[1]) {
			open--
		}
	}
	for _, m := range evenMarks() {
		open += strings.Count(code, m) % 2
	}
	return open
}
