package lex

import (
	"regexp/syntax"
	"unicode/utf8"
)

// glance is what the first character of a piece tells of a row.
type glance struct {
	kind  kind
	first [256]bool // the bytes that a piece may begin with
	run   *run      // nil where the row is more than a run of characters
}

// run is characters of one class, one or more of them.
type run struct {
	class []rune // pairs of first and last
	ascii [128]bool
	many  bool
}

// glanceAt looks at an expression once, when its table is compiled.
func glanceAt(r row) glance {
	g := glance{kind: r.kind}
	tree, err := syntax.Parse(r.expr, syntax.Perl)
	if err != nil {
		tree = &syntax.Regexp{Op: syntax.OpAnyChar} // it repeats a group, which the lexer alone can read
	}
	g.first = firstBytes(tree)
	if r.into == "" && r.kind != end {
		g.run = runOf(tree)
	}
	return g
}

func runOf(tree *syntax.Regexp) *run {
	many := tree.Op == syntax.OpPlus && tree.Flags&syntax.NonGreedy == 0
	if many {
		tree = tree.Sub[0]
	}
	var class []rune
	switch {
	case tree.Op == syntax.OpCharClass:
		class = tree.Rune
	case tree.Op == syntax.OpLiteral && len(tree.Rune) == 1 && tree.Flags&syntax.FoldCase == 0:
		class = []rune{tree.Rune[0], tree.Rune[0]}
	default:
		return nil
	}
	r := &run{class: class, many: many}
	for c := range r.ascii {
		r.ascii[c] = within(class, rune(c))
	}
	return r
}

func within(class []rune, c rune) bool {
	for i := 0; i+1 < len(class); i += 2 {
		if class[i] <= c && c <= class[i+1] {
			return true
		}
	}
	return false
}

// length gives how much of the text the run takes.
func (r *run) length(text string) int {
	size := 0
	for i, c := range text {
		if c < utf8.RuneSelf && !r.ascii[c] || c >= utf8.RuneSelf && !within(r.class, c) {
			return size
		}
		size = i + utf8.RuneLen(c)
		if !r.many {
			break
		}
	}
	return size
}
