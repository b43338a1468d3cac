package lex

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// glance is what the first character of a piece tells of a row.
type glance struct {
	kind  kind
	first opening // the bytes that a piece may begin with
	start string  // what every piece begins with
	match matcher // nil where the lexer has to be asked
}

// matcher gives where a match that begins at a place ends, or none.
type matcher func(text string, at int) int

const none = -1

// glanceAt looks at an expression once, when its table is compiled.
func glanceAt(r row) glance {
	g := glance{kind: r.kind}
	tree, err := syntax.Parse(r.expr, syntax.Perl)
	if err != nil {
		tree = &syntax.Regexp{Op: syntax.OpAnyChar} // it repeats a group, which the lexer alone can read
	}
	var known bool
	if g.first, known = begins(tree); !known {
		g.first = anything()
	}
	if err == nil {
		g.start = startOf(tree)
	}
	if err == nil && r.into == "" && r.kind != end {
		g.match = straight(tree, opening{})
	}
	return g
}

// startOf gives the text with which every match begins, "" where there are
// several.
func startOf(tree *syntax.Regexp) string {
	switch {
	case tree.Op == syntax.OpConcat:
		return startOf(tree.Sub[0])
	case tree.Op == syntax.OpLiteral && tree.Flags&syntax.FoldCase == 0:
		return string(tree.Rune)
	}
	return ""
}

// straight makes a matcher of an expression that never has to turn back: at
// each choice the next character decides, among what may follow as well. Then
// the first way that fits is the only one. nil where it is not so plain.
func straight(tree *syntax.Regexp, follow opening) matcher {
	switch tree.Op {
	case syntax.OpLiteral:
		if tree.Flags&syntax.FoldCase == 0 {
			return exactly(string(tree.Rune))
		}
	case syntax.OpCharClass:
		return classOf(tree.Rune).one
	case syntax.OpAnyChar:
		return classOf([]rune{0, utf8.MaxRune}).one
	case syntax.OpConcat:
		return inTurn(tree.Sub, follow)
	case syntax.OpAlternate:
		return oneOf(tree.Sub, follow)
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		if tree.Flags&syntax.NonGreedy == 0 {
			return repeated(tree, follow)
		}
	}
	return nil
}

func exactly(text string) matcher {
	return func(s string, at int) int {
		if strings.HasPrefix(s[at:], text) {
			return at + len(text)
		}
		return none
	}
}

func inTurn(parts []*syntax.Regexp, follow opening) matcher {
	matchers := make([]matcher, len(parts))
	for i, part := range parts {
		next, known := followedBy(parts[i+1:], follow)
		if matchers[i] = straight(part, next); !known || matchers[i] == nil {
			return nil
		}
	}
	return func(s string, at int) int {
		for _, match := range matchers {
			if at = match(s, at); at == none {
				return none
			}
		}
		return at
	}
}

func oneOf(choices []*syntax.Regexp, follow opening) matcher {
	var taken opening
	matchers := make([]matcher, len(choices))
	for i, choice := range choices {
		first, known := begins(choice)
		if matchers[i] = straight(choice, follow); !known || matchers[i] == nil || taken.meets(first) {
			return nil
		}
		taken = taken.with(first)
	}
	return func(s string, at int) int {
		for _, match := range matchers {
			if to := match(s, at); to != none {
				return to
			}
		}
		return none
	}
}

func repeated(tree *syntax.Regexp, follow opening) matcher {
	body := tree.Sub[0]
	first, known := begins(body)
	if !known || first.meets(follow) {
		return nil
	}
	match := straight(body, follow.with(first))
	switch {
	case match == nil:
		return nil
	case tree.Op == syntax.OpQuest:
		return func(s string, at int) int { return max(at, match(s, at)) }
	}
	if body.Op == syntax.OpCharClass {
		match = classOf(body.Rune).many
	}
	least := tree.Op == syntax.OpPlus
	return func(s string, at int) int {
		to := match(s, at)
		if to == none && least {
			return none
		}
		for to > at {
			at, to = to, match(s, to)
		}
		return at
	}
}

// class is a set of characters.
type class struct {
	pairs []rune // first and last
	ascii [128]bool
}

func classOf(pairs []rune) *class {
	c := &class{pairs: pairs}
	for r := range c.ascii {
		c.ascii[r] = within(pairs, rune(r))
	}
	return c
}

func within(pairs []rune, r rune) bool {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] <= r && r <= pairs[i+1] {
			return true
		}
	}
	return false
}

func (c *class) one(text string, at int) int {
	if at >= len(text) {
		return none
	}
	if b := text[at]; b < utf8.RuneSelf {
		if c.ascii[b] {
			return at + 1
		}
		return none
	}
	if r, size := utf8.DecodeRuneInString(text[at:]); within(c.pairs, r) {
		return at + size
	}
	return none
}

// many takes as many as there are, one at least.
func (c *class) many(text string, at int) int {
	to := c.one(text, at)
	for to != none {
		at, to = to, c.one(text, to)
		if to == none {
			return at
		}
	}
	return none
}
