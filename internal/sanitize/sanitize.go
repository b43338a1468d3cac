// Package sanitize cleans text that crosses a trust boundary. On the way out
// secrets are redacted; on the way in hidden text is taken out and whatever
// could act (markup, mentions, workflow commands) is turned into plain words.
// It decides nothing and reads nothing but its arguments.
//
// Which function for which sink:
//
//	StripHidden     words for a prompt (title, body, commit messages)
//	StripInvisible  text whose comments are part of it (logs, told diffs)
//	ShowInvisible   a diff that is judged: what is hidden is made visible
//	Block           untrusted text in a prompt
//	Detector        secrets of the repository, before anything is sent
//	Redactor        secrets of ours, in every sink
//	Markdown        a model's markdown, for the summary and comments
//	Cell, Code      one line of a stranger's text inside our own markdown
//	LogLine         one line of the job's log
package sanitize

import (
	"strings"
	"unicode/utf8"
)

// breaker is U+200B, a space of no width. It parts two characters that would
// act together, such as the "@" of a mention from its name.
const breaker = "\u200b"

// valid makes text well-formed UTF-8: a broken byte reads differently in
// every program, and a boundary that two of them see differently is a hole.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// cut keeps the first most characters, the last of which is then "…".
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	if most <= 1 {
		return "…"
	}
	kept := 0
	for i := range s {
		if kept == most-1 {
			return s[:i] + "…"
		}
		kept++
	}
	return s
}

// oneLine turns every kind of white space, line breaks included, into single
// spaces and takes out what cannot be seen.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(valid(s)), " ")
	s, _ = StripInvisible(s)
	return strings.Join(strings.Fields(s), " ")
}
