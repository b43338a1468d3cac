package signal

import (
	"slices"
	"strings"
)

// longLine is where a line is no longer read as a whole: a script in one line
// may be megabytes, and what stands far apart in it says nothing together.
const longLine = 2000

// around is how much is read before and behind a word of a long line.
const around = 160

// near is matching that reads a long line only around the words.
func near(words []string, text, expr string) func(line, block) string {
	compiled := expression(expr)
	return func(l line, _ block) string {
		if slices.ContainsFunc(readable(l, words), func(part string) bool { return compiled().MatchString(part) }) {
			return text
		}
		return ""
	}
}

// readable gives a line, or of a long one the parts around the words.
func readable(l line, words []string) []string {
	if len(l.code) <= longLine {
		return []string{l.code}
	}
	return windows(l.code, l.words, words)
}

// windows gives the parts of a text that stand around some of its words, in
// order and without overlap: together they are no longer than the text.
func windows(text string, parts, words []string) []string {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return []string{text} // a letter whose small form has another length
	}
	var found []string
	from, end, at := 0, 0, 0
	for _, part := range parts {
		next := strings.Index(lower[at:], part)
		if next < 0 {
			break
		}
		at += next
		if slices.Contains(words, part) {
			if start := max(at-around, 0); start > end {
				found = addWindow(found, text[from:end])
				from = start
			}
			end = min(at+len(part)+around, len(text))
		}
		at += len(part)
	}
	return addWindow(found, text[from:end])
}

func addWindow(found []string, part string) []string {
	if part == "" {
		return found
	}
	return append(found, part)
}
