// Package needle saves the work of regular expressions: an expression in, words
// out of which every match holds one. A text without such a word need not be
// matched; searching for words costs a small part of matching.
package needle

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// Expression is a regular expression with its needles: every match holds one
// of each list, in some letter case. No list means that nothing is known.
type Expression struct {
	*regexp.Regexp
	needles [][]word
	heads   heads
}

// Of finds the needles of an expression.
func Of(expr *regexp.Regexp) Expression {
	e := Expression{Regexp: expr}
	if tree, err := syntax.Parse(expr.String(), syntax.Perl); err == nil {
		for _, list := range demands(tree) {
			e.needles = append(e.needles, wordsOf(list))
		}
		e.heads = headsOf(expr.String(), tree)
	}
	return e
}

// demands gives the list that tells most, and then one for each further part
// of the expression: a match of the whole has a match of every part.
func demands(tree *syntax.Regexp) [][]string {
	var lists [][]string
	add := func(list []string, least int) {
		if shortest(list) >= least && !slices.ContainsFunc(lists, func(told []string) bool { return implies(told, list) }) {
			lists = append(lists, fewest(list))
		}
	}
	add(needles(tree), 1)
	for tree.Op == syntax.OpCapture {
		tree = tree.Sub[0]
	}
	if tree.Op != syntax.OpConcat {
		return lists
	}
	for _, part := range tree.Sub {
		// A single letter is in nearly every line.
		add(needles(part), 2)
	}
	return lists
}

// implies says that a text with a word of the one list has one of the other.
func implies(told, list []string) bool {
	return !slices.ContainsFunc(told, func(word string) bool {
		return !slices.ContainsFunc(list, func(part string) bool { return strings.Contains(word, part) })
	})
}

// Possible says that some part of the text may match. In doubt it says so.
func (e *Expression) Possible(t Text) bool {
	if !t.searched {
		return true
	}
	for _, list := range e.needles {
		if !t.holds(list) {
			return false
		}
	}
	return true
}

// Fits says that some part of the text matches, and matches only where it may.
func (e Expression) Fits(text string) bool { return e.Matches(text, Fold(text)) }

// Matches is Fits for a text that has been folded to t.
func (e *Expression) Matches(text string, t Text) bool {
	if !e.Possible(t) {
		return false
	}
	if len(e.heads.words) == 0 || len(t.lower) != len(text) {
		return e.MatchString(text)
	}
	return e.in(text, &t)
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
