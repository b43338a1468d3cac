package sanitize

import (
	"strings"
	"unicode/utf8"
)

// commentEnd closes an HTML comment. "--!>" closes one too, by the HTML
// standard's comment-end-bang state.
var commentEnd = lazily(`--!?>`)

// referenceComment is a link reference that points nowhere: markdown's idiom
// for a comment, since the renderer shows nothing of it.
var referenceComment = lazily(`(?m)^ {0,3}\[[^\]\n]+\]:[ \t]*(?:#|<>)[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\))[ \t]*$`)

// StripHidden takes out of words what a reader of the rendered page does not
// see, and counts the characters: what StripInvisible takes out, then HTML
// comments until none is left (nested ones, those closed with "--!>", an
// unclosed one that hides the rest), then markdown's reference comments. It is
// for titles, bodies and briefs. It is not for diffs, logs or source, where a
// comment is part of the text: see StripInvisible and ShowInvisible.
func StripHidden(s string) (clean string, removed int) {
	visible, n := StripInvisible(s)
	shown := referenceComment().ReplaceAllString(stripComments(visible), "")
	return shown, n + utf8.RuneCountInString(visible) - utf8.RuneCountInString(shown)
}

// stripComments removes comments in one pass. After each removal what stands
// before and after it has met, so the output's own end is what is looked at:
// an opener that two halves form is found as well.
func stripComments(s string) string {
	const opener = "<!--"
	if !strings.Contains(s, opener) {
		return s
	}
	out := make([]byte, 0, len(s))
	closers := true
	for i := 0; i < len(s); {
		out = append(out, s[i])
		i++
		if !strings.HasSuffix(string(out[max(0, len(out)-len(opener)):]), opener) {
			continue
		}
		end := -1
		if closers {
			end = endOfComment(s, i)
		}
		before := out[:len(out)-len(opener)]
		switch {
		case end >= 0:
			out, i = before, end
		case opensBlock(before):
			return string(before)
		default:
			closers = false
		}
	}
	return string(out)
}

// endOfComment is the place after the comment whose opener ends at i, -1 where
// it is not closed. "<!-->" and "<!--->" are whole comments (CommonMark 0.31,
// 6.6).
func endOfComment(s string, i int) int {
	switch {
	case strings.HasPrefix(s[i:], ">"):
		return i + 1
	case strings.HasPrefix(s[i:], "->"):
		return i + 2
	}
	if at := commentEnd().FindStringIndex(s[i:]); at != nil {
		return i + at[1]
	}
	return -1
}

// opensBlock says that only indentation and markers of lists and quotes stand
// on the line so far: an unclosed comment there swallows all that follows,
// while one amid a sentence is shown as it is (CommonMark 0.31, 4.6).
func opensBlock(before []byte) bool {
	line := before[strings.LastIndexByte(string(before), '\n')+1:]
	return strings.Trim(string(line), " \t>-+*0123456789.)") == ""
}
