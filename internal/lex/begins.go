package lex

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// opening holds the bytes that a match may begin with. It may hold more than
// those, never less.
type opening [256]bool

func anything() (o opening) {
	for i := range o {
		o[i] = true
	}
	return o
}

func (o opening) with(other opening) opening {
	for i := range o {
		o[i] = o[i] || other[i]
	}
	return o
}

func (o opening) meets(other opening) bool {
	for i := range o {
		if o[i] && other[i] {
			return true
		}
	}
	return false
}

// begins is not known where a match may be empty.
func begins(tree *syntax.Regexp) (o opening, known bool) {
	switch tree.Op {
	case syntax.OpLiteral:
		return openingOfLiteral(tree), true
	case syntax.OpCharClass:
		return openingOfClass(tree.Rune), true
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return anything(), true
	case syntax.OpCapture, syntax.OpPlus:
		return begins(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return begins(tree.Sub[0])
		}
	case syntax.OpConcat:
		return begunBy(tree.Sub)
	case syntax.OpAlternate:
		return begunByAny(tree.Sub)
	}
	return o, false
}

func begunBy(parts []*syntax.Regexp) (o opening, known bool) {
	for i, part := range parts {
		if !optional(part) {
			return followedBy(parts[:i+1], opening{})
		}
	}
	return o, false
}

// followedBy goes past parts that may be left out.
func followedBy(parts []*syntax.Regexp, follow opening) (o opening, known bool) {
	for _, part := range parts {
		left := optional(part)
		if left {
			part = part.Sub[0]
		}
		more, known := begins(part)
		if !known {
			return o, false
		}
		o = o.with(more)
		if !left {
			return o, true
		}
	}
	return o.with(follow), true
}

func optional(part *syntax.Regexp) bool {
	return part.Op == syntax.OpQuest || part.Op == syntax.OpStar || part.Op == syntax.OpRepeat && part.Min == 0
}

func begunByAny(choices []*syntax.Regexp) (o opening, known bool) {
	for _, choice := range choices {
		more, known := begins(choice)
		if !known {
			return o, false
		}
		o = o.with(more)
	}
	return o, true
}

func openingOfLiteral(tree *syntax.Regexp) opening {
	first := tree.Rune[0]
	class := []rune{first, first}
	if tree.Flags&syntax.FoldCase != 0 {
		for r := unicode.SimpleFold(first); r != first; r = unicode.SimpleFold(r) {
			class = append(class, r, r)
		}
	}
	return openingOfClass(class)
}

// openingOfClass counts every byte outside of ASCII where one of them may
// begin a character of the class.
func openingOfClass(class []rune) (o opening) {
	wide := false
	for _, r := range class {
		wide = wide || r >= utf8.RuneSelf
	}
	for b := range o {
		o[b] = b < utf8.RuneSelf && within(class, rune(b)) || b >= utf8.RuneSelf && wide
	}
	return o
}
