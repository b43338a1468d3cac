package sanitize

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minSecret is the length below which a value is not looked for. Shorter ones
// occur in ordinary text: to redact "main" or "true" everywhere would destroy
// what is said and protect nothing, for such a value is guessed at once.
const minSecret = 6

const redacted = "[redacted]"

// Redactor replaces known secrets by "[redacted]" wherever text leaves the
// program. A nil Redactor knows none and changes nothing.
type Redactor struct {
	needles []string // compact, longest first
}

// NewRedactor looks for the given values, whole or with white space, backslashes
// or invisible characters put in between, and for the forms they take on the way through programs: base64 (standard and URL,
// padded or not, also as a part of something longer, as in an Authorization
// header), URL-escaped, JSON-escaped, hexadecimal. Of a value of several lines
// each line of sixteen characters or more is looked for too. Values shorter
// than six characters are not looked for: they occur in ordinary text, and to
// redact them would destroy it.
func NewRedactor(values ...string) *Redactor {
	var r Redactor
	for _, v := range values {
		v = strings.TrimSpace(v)
		if len(v) < minSecret {
			continue
		}
		for _, whole := range append(longLines(v), v) {
			for _, form := range forms(whole) {
				if form, _ = compact(form); len(form) >= minSecret {
					r.needles = append(r.needles, form)
				}
			}
		}
	}
	slices.SortFunc(r.needles, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	r.needles = slices.Compact(r.needles)
	return &r
}

// longLines are the lines of a value of several lines that could stand alone.
func longLines(v string) []string {
	const alone = 16
	lines := strings.Split(v, "\n")
	if len(lines) == 1 {
		return nil
	}
	return slices.DeleteFunc(lines, func(l string) bool { return len(strings.TrimSpace(l)) < alone })
}

// Redact replaces every known secret in s.
func (r *Redactor) Redact(s string) string {
	if r == nil {
		return s
	}
	return replace(s, r.find(s), func(span) string { return redacted })
}

// find gives the places of all secrets, merged.
func (r *Redactor) find(s string) []span {
	dense, places := compact(s)
	var spans []span
	for _, needle := range r.needles {
		for from := 0; ; {
			at := strings.Index(dense[from:], needle)
			if at < 0 {
				break
			}
			first := from + at
			spans = append(spans, span{from: places.of(first), to: places.of(first+len(needle)-1) + 1})
			from = first + 1
		}
	}
	return merge(spans)
}

// places says where the bytes of compacted text stood; nil where nothing was
// taken out.
type places []int

func (p places) of(i int) int {
	if p == nil {
		return i
	}
	return p[i]
}

// compact takes out what a program may have put between the characters of a
// secret: white space (a wrapped header), backslashes (JSON, markdown) and
// characters that cannot be seen (our own U+200B among them).
func compact(s string) (string, places) {
	if !strings.ContainsFunc(s, passedOver) {
		return s, nil
	}
	dense := make([]byte, 0, len(s))
	at := make(places, 0, len(s))
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		for end := i + width; i < end; i++ {
			if !passedOver(r) {
				dense = append(dense, s[i])
				at = append(at, i)
			}
		}
	}
	return string(dense), at
}

func passedOver(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == '\\' || r == 0x7F
	}
	return unicode.IsSpace(r) || unicode.Is(invisible, r)
}
