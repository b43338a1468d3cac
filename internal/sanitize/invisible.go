package sanitize

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// invisible are the characters that a reader does not see and a model does:
// controls other than newline and tab, Unicode's default ignorables, line and
// paragraph separators, bidirectional marks, tags, fillers that render as
// nothing. Sources: UAX #44 (Default_Ignorable_Code_Point), UTS #39.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0000, 0x0008, 1},
		{0x000B, 0x001F, 1},
		{0x007F, 0x009F, 1},
		{0x00AD, 0x00AD, 1},
		{0x034F, 0x034F, 1},
		{0x061C, 0x061C, 1},
		{0x115F, 0x1160, 1},
		{0x17B4, 0x17B5, 1},
		{0x180B, 0x180F, 1},
		{0x200B, 0x200F, 1},
		{0x2028, 0x202E, 1},
		{0x2060, 0x206F, 1},
		{0x3164, 0x3164, 1},
		{0xFE00, 0xFE0F, 1},
		{0xFEFF, 0xFEFF, 1},
		{0xFFA0, 0xFFA0, 1},
		{0xFFF0, 0xFFFB, 1},
	},
	R32: []unicode.Range32{
		{0x1BCA0, 0x1BCA3, 1}, {0x1D173, 0x1D17A, 1}, {0xE0000, 0xE0FFF, 1},
	},
	LatinOffset: 4,
}

// StripInvisible takes out characters that a reader does not see and counts
// them: controls other than newline and tab, zero-width and bidirectional
// characters, tags (U+E0000–E007F), variation selectors, blank fillers. It
// keeps what draws a visible emoji: a joiner inside a sequence, the selector
// U+FE0F after one, the three flags that are spelled in tags. A CRLF becomes
// a newline and does not count; what breaks lines in some programs only
// (vertical tab, U+2028) becomes a space.
//
// HTML comments stay: in a diff, a log or source they are part of the text,
// and to drop them from what is reviewed would hide them from the reviewer.
func StripInvisible(s string) (clean string, removed int) {
	return replaceInvisible(s, func(run []rune) string {
		if strings.ContainsAny(string(run), "\v\f\u0085\u2028\u2029") {
			return " "
		}
		return ""
	})
}

// ShowInvisible writes what StripInvisible takes out as "<U+202E>" instead,
// and counts it. It is for a diff that is judged: a bidirectional override or
// a line separator changes what code means, so a reviewer must see it. A run
// of more than three is written as its first and a count.
func ShowInvisible(s string) (shown string, hidden int) {
	return replaceInvisible(s, func(run []rune) string {
		if len(run) > 3 {
			return fmt.Sprintf("<U+%04X and %d more hidden characters>", run[0], len(run)-1)
		}
		var b strings.Builder
		for _, r := range run {
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
		return b.String()
	})
}

// replaceInvisible hands each run of invisible characters to replace.
func replaceInvisible(s string, replace func([]rune) string) (string, int) {
	if plainASCII(s) {
		return s, 0
	}
	var b strings.Builder
	var run []rune
	count, prev := 0, rune(-1)
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if r == '\r' && strings.HasPrefix(s[i+1:], "\n") {
			i++
			continue
		}
		if kept := keptLength(s[i:], r, width, prev); kept == 0 {
			run = append(run, r)
			count++
			i += width
			continue
		} else if kept > width {
			width = kept
		}
		if len(run) > 0 {
			b.WriteString(replace(run))
			run = run[:0]
		}
		b.WriteString(s[i : i+width])
		prev = r
		i += width
	}
	if len(run) > 0 {
		b.WriteString(replace(run))
	}
	return b.String(), count
}

// keptLength is the number of bytes at the start of s that stay together, 0
// where its first character, r, goes. prev is the last character that stayed.
func keptLength(s string, r rune, width int, prev rune) int {
	switch {
	case r == blackFlag:
		return width + flagTags(s[width:])
	case !unicode.Is(invisible, r):
		return width
	}
	next, _ := utf8.DecodeRuneInString(s[width:])
	switch {
	case r == emojiSelector && pictographic(prev),
		r == emojiSelector && keycapBase(prev) && next == keycap,
		r == joiner && (pictographic(prev) || prev == emojiSelector) && pictographic(next):
		return width
	}
	return 0
}

// plainASCII says that there is nothing to look at, which is the usual case.
func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c == 0x7F || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
