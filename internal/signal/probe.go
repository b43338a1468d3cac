package signal

import (
	"regexp"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/needle"
)

// probe is an expression behind a cheap test: nearly all lines hold no word
// out of which every match holds one, and to match costs a hundred times as
// much. Each of its choices is asked for by itself, since a short expression
// is much faster than a long one.
type probe struct {
	compiled func() needle.Expression
	choices  func() []needle.Expression
}

// probing compiles when a line first asks.
func probing(expr string) probe {
	return probe{expression(expr), sync.OnceValue(func() []needle.Expression {
		var list []needle.Expression
		for _, choice := range choicesOf(expr) {
			list = append(list, needle.Of(regexp.MustCompile(choice)))
		}
		return list
	})}
}

// in says that the line matches.
func (p probe) in(l line) bool {
	choices := p.choices()
	for i := range choices {
		if choices[i].Matches(l.code, l.folded) {
			return true
		}
	}
	return false
}

// whole says that of gives groups.
func (p probe) whole(l line) bool {
	e := p.compiled()
	return e.Matches(l.code, l.folded)
}

// of gives the groups that the line matches, nil where it does not.
func (p probe) of(l line) []string {
	if !p.whole(l) {
		return nil
	}
	return p.compiled().FindStringSubmatch(l.code)
}

// choicesOf cuts an expression at the bars outside of all brackets. Flags at
// its beginning are of every choice.
func choicesOf(expr string) []string {
	flags := ""
	if strings.HasPrefix(expr, "(?i)") {
		flags, expr = "(?i)", expr[len("(?i)"):]
	}
	var list []string
	from, depth, set := 0, 0, false
	for i := 0; i < len(expr); i++ {
		switch c := expr[i]; {
		case c == '\\':
			i++
		case set:
			set = c != ']'
		case c == '[':
			set = true
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			list = append(list, flags+expr[from:i])
			from = i + 1
		}
	}
	return append(list, flags+expr[from:])
}
