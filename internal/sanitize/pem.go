package sanitize

import (
	"strings"
	"unicode"
)

var (
	keyBegin = lazily(`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----`)
	keyEnd   = lazily(`-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----`)
	// publicBegin starts a block that anybody may read.
	publicBegin = lazily(`-----BEGIN (?:CERTIFICATE|[A-Z0-9 ]*PUBLIC KEY|CERTIFICATE REQUEST|X509 CRL)-----`)
	// keyBody is a line as a key's body has it: base64 of 64 (RFC 7468) or 76
	// characters, or a shorter last line.
	keyBody = lazily(`^[A-Za-z0-9+/]{4,76}={0,2}$`)
	// keyHeader is a line such as "DEK-Info: AES-128-CBC,…" (RFC 1421).
	keyHeader = lazily(`^(?:Proc-Type|DEK-Info|Comment|Version|Hash|Charset): `)
)

// keySpans finds the lines of private keys, in a diff too, where each line has
// an operator before it and a hunk may show only a part: a key without its
// end, without its beginning, or lines from within one. keys is how many
// blocks were seen. Every line is a span of its own, so that a diff keeps its
// lines and their operators.
func keySpans(s string) (spans []span, keys int) {
	lines := linesOf(s)
	inside, public := false, false
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		words := l.words(s)
		switch {
		case keyBegin().MatchString(words):
			inside, public = !keyEnd().MatchString(words), false
			keys++
		case keyEnd().MatchString(words):
			if !inside {
				keys++
				spans = append(spans, bodyBefore(s, lines[:i])...)
			}
			inside = false
		case inside && (words == "" || keyBody().MatchString(words) || keyHeader().MatchString(words)):
			if words == "" {
				continue
			}
		case publicBegin().MatchString(words), public && keyBody().MatchString(words):
			public = true
			continue
		case bodyRun(s, lines[i:]) >= 2:
			keys++
			for range bodyRun(s, lines[i:]) - 1 {
				spans = append(spans, lines[i].span())
				i++
			}
			l = lines[i]
		default:
			inside, public = false, false
			continue
		}
		spans = append(spans, l.span())
	}
	return spans, keys
}

// bodyBefore are the lines of a key's body at the end of lines.
func bodyBefore(s string, lines []line) []span {
	var spans []span
	for i := len(lines) - 1; i >= 0 && keyBody().MatchString(lines[i].words(s)); i-- {
		spans = append(spans, lines[i].span())
	}
	return spans
}

// bodyRun counts how many lines from the first on are full lines of a body:
// 64 characters of base64 with capitals, small letters and digits, which a list
// of hexadecimal checksums has not.
func bodyRun(s string, lines []line) int {
	n := 0
	for _, l := range lines {
		words := l.words(s)
		if len(words) != 64 || !keyBody().MatchString(words) || !mixed(words) {
			break
		}
		n++
	}
	return n
}

func mixed(s string) bool {
	return strings.ContainsFunc(s, unicode.IsUpper) && strings.ContainsFunc(s, unicode.IsLower) && strings.ContainsFunc(s, unicode.IsDigit)
}

// line is one line of a text, without its line ending and without the operator
// that a diff puts first.
type line struct{ from, to int }

func (l line) span() span            { return span{l.from, l.to, "private-key"} }
func (l line) words(s string) string { return strings.Trim(s[l.from:l.to], " \t\r\"',;`\\") }

// linesOf finds the lines of s. A "-" that starts a "-----BEGIN" or "-----END"
// is no operator.
func linesOf(s string) []line {
	var lines []line
	for from := 0; from <= len(s); {
		to := len(s)
		if at := strings.IndexByte(s[from:], '\n'); at >= 0 {
			to = from + at
		}
		lines = append(lines, line{from + operator(s[from:to]), to})
		from = to + 1
	}
	return lines
}

// operator is the length of a diff's operator at the start of a line.
func operator(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '+' || s[0] == ' ':
		return 1
	case s[0] == '-' && !strings.HasPrefix(s, "-----B") && !strings.HasPrefix(s, "-----E"):
		return 1
	}
	return 0
}
