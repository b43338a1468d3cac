package sanitize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	entityForm  = lazily(`^(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,40});`)
	orderedForm = lazily(`^([0-9]{1,9})([.)])(\s|$)`)
	slashForm   = lazily(`^/[A-Za-z]`)
)

// escapeText writes one line of plain text as markdown that shows that text
// and does nothing: no markup, no link (a bare address is broken), no mention,
// no reference to an issue, no entity, no formula. lineStart says that it
// stands first on a line, where more characters mean something: headings,
// lists, quotes, tables, and a "/command" for a bot.
//
// GitHub links bare "http://", "https://", "ftp://" and "www.", e-mail
// addresses, "@name", "#1", "GH-1" and "owner/name#1" (GitHub Flavored
// Markdown spec, 6.9, and its documentation on autolinked references).
func escapeText(s string, lineStart bool) string {
	s = valid(s)
	var b strings.Builder
	from := 0
	if lineStart {
		head := escapeLineStart(s)
		b.WriteString(head.written)
		from = head.read
	}
	for i, r := range s[from:] {
		at := from + i
		b.WriteString(escapeRune(s[:at], r, s[at+utf8.RuneLen(r):]))
	}
	return b.String()
}

type lineHead struct {
	written string
	read    int
}

// escapeLineStart deals with what has a meaning only at the start of a line.
func escapeLineStart(s string) lineHead {
	if s == "" {
		return lineHead{}
	}
	if m := orderedForm().FindStringSubmatch(s); m != nil {
		return lineHead{m[1] + `\` + m[2], len(m[1]) + 1}
	}
	switch s[0] {
	case '-', '+', '=', '>':
		return lineHead{`\` + s[:1], 1}
	case ':':
		return lineHead{`\:` + breakIf(strings.HasPrefix(s, "::")), 1}
	case '#':
		return lineHead{`\#` + breakIf(startsWord(s[1:])), 1}
	case '/':
		return lineHead{"/" + breakIf(slashForm().MatchString(s) || strings.HasPrefix(s, "//")), 1}
	}
	return lineHead{}
}

// escapeRune writes r, which stands between before and after.
func escapeRune(before string, r rune, after string) string {
	prev, _ := utf8.DecodeLastRuneInString(before)
	switch r {
	case '\\', '`', '*', '[', ']', '<', '|', '~':
		return `\` + string(r)
	case '_':
		// Within a word an underscore is never emphasis, and paths read better
		// without backslashes.
		if wordRune(prev) && startsWord(after) {
			return "_"
		}
		return `\_`
	case '@', '\uFF20', '\uFE6B':
		return string(r) + breaker
	case '#':
		return "#" + breakIf(after == "" || startsWord(after))
	case ':':
		return ":" + breakIf(strings.HasPrefix(after, ":"))
	case '/':
		return "/" + breakIf(strings.HasPrefix(after, "/"))
	case '.':
		return breakIf(endsFold(before, "www")) + "."
	case '-':
		return "-" + breakIf(endsFold(before, "gh") && startsDigit(after))
	case '&':
		if entityForm().MatchString(after) {
			return `\&`
		}
	case '$':
		// A closing dollar of a formula follows a character that is no space.
		if before != "" && !unicode.IsSpace(prev) || strings.HasPrefix(after, "`") || strings.HasPrefix(after, "$") {
			return `\$`
		}
	}
	return string(r)
}

func breakIf(yes bool) string {
	if yes {
		return breaker
	}
	return ""
}

// endsFold says that s ends with the ASCII suffix, in any case.
func endsFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func startsWord(s string) bool {
	for _, r := range s {
		return wordRune(r)
	}
	return false
}
