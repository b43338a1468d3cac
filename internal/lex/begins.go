package lex

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// firstBytes gives the bytes that a match may begin with; all of them where
// that is not plain to see.
func firstBytes(tree *syntax.Regexp) [256]bool {
	bytes, known := begins(tree)
	if !known {
		for i := range bytes {
			bytes[i] = true
		}
	}
	return bytes
}

// begins is not known where a match may be empty.
func begins(tree *syntax.Regexp) (bytes [256]bool, known bool) {
	switch tree.Op {
	case syntax.OpLiteral:
		return firstOfLiteral(tree)
	case syntax.OpCharClass:
		return firstOfClass(tree.Rune), true
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
	return bytes, false
}

// begunBy goes past parts that may be left out.
func begunBy(parts []*syntax.Regexp) (bytes [256]bool, known bool) {
	for _, part := range parts {
		optional := part.Op == syntax.OpQuest || part.Op == syntax.OpStar || part.Op == syntax.OpRepeat && part.Min == 0
		if optional {
			part = part.Sub[0]
		}
		more, known := begins(part)
		if !known {
			return bytes, false
		}
		bytes = joinedBytes(bytes, more)
		if !optional {
			return bytes, true
		}
	}
	return bytes, false
}

func begunByAny(choices []*syntax.Regexp) (bytes [256]bool, known bool) {
	for _, choice := range choices {
		more, known := begins(choice)
		if !known {
			return bytes, false
		}
		bytes = joinedBytes(bytes, more)
	}
	return bytes, true
}

func joinedBytes(a, b [256]bool) [256]bool {
	for i := range a {
		a[i] = a[i] || b[i]
	}
	return a
}

func firstOfLiteral(tree *syntax.Regexp) (bytes [256]bool, known bool) {
	first := tree.Rune[0]
	if tree.Flags&syntax.FoldCase == 0 {
		return firstOfClass([]rune{first, first}), true
	}
	var class []rune
	for c := unicode.SimpleFold(first); ; c = unicode.SimpleFold(c) {
		class = append(class, c, c)
		if c == first {
			return firstOfClass(class), true
		}
	}
}

// firstOfClass counts every byte outside of ASCII where one of them may begin
// a character of the class.
func firstOfClass(class []rune) (bytes [256]bool) {
	for c := range bytes {
		if c < utf8.RuneSelf {
			bytes[c] = within(class, rune(c))
		} else {
			bytes[c] = len(class) > 0 && class[len(class)-1] >= utf8.RuneSelf
		}
	}
	return bytes
}
