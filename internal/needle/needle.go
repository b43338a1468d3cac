// Package needle saves the work of regular expressions: an expression in, words
// out of which every match holds one. A text without such a word need not be
// matched; searching for words costs a small part of matching.
package needle

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// Expression is a regular expression with its needles: every match holds one
// of them, in some letter case. No needles means that nothing is known.
type Expression struct {
	*regexp.Regexp
	needles []string
}

// Of finds the needles of an expression.
func Of(expr *regexp.Regexp) Expression {
	e := Expression{Regexp: expr}
	if tree, err := syntax.Parse(expr.String(), syntax.Perl); err == nil {
		e.needles = fewest(needles(tree))
	}
	return e
}

// Possible says that some part of the text may match. In doubt it says so.
func (e Expression) Possible(t Text) bool {
	if !t.ascii || len(e.needles) == 0 {
		return true
	}
	for _, n := range e.needles {
		if strings.Contains(t.lower, n) {
			return true
		}
	}
	return false
}

// Text is a text in lower case. Outside of ASCII letter case is not one to one
// ("ſ" is an "s" to an expression), so such a text is not searched.
type Text struct {
	ascii bool
	lower string
}

// Fold prepares a text for searching.
func Fold(text string) Text {
	if !isASCII(text) {
		return Text{}
	}
	return Text{ascii: true, lower: strings.ToLower(text)}
}

// Lower gives the text in lower case, byte for byte; ok only for a text that is
// searched.
func (t Text) Lower() (lower string, ok bool) { return t.lower, t.ascii }

// TrimSpace is Fold of the text without the space around it.
func (t Text) TrimSpace() Text {
	t.lower = strings.TrimSpace(t.lower)
	return t
}

func literal(runes []rune) []string {
	for _, r := range runes {
		if r >= utf8.RuneSelf {
			return nil
		}
	}
	return []string{strings.ToLower(string(runes))}
}

// shortest gives the length of the shortest needle, 0 for none.
func shortest(list []string) int {
	least := 0
	for i, n := range list {
		if i == 0 || len(n) < least {
			least = len(n)
		}
	}
	return least
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
