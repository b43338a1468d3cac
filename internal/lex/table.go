package lex

import (
	"strconv"

	"github.com/alecthomas/participle/v2/lexer"
)

// kind is what a piece of text is.
type kind byte

const (
	word    kind = iota // a name, a number, an operator, a bracket
	literal             // a string, a regular expression, or a piece of one
	space               // blanks within a line
	newline             // a line break
	comment             // a comment, or a piece of one
	refuse              // what cannot be told apart: the file is not known
	end                 // the end of the text, outside of all brackets
)

// row is one line of a table: what matches expr is of a kind, and leads into a
// state, or out of the present one. The first row that matches wins. A row
// with nothing but a state takes in the rows of that state.
type row struct {
	kind kind
	expr string
	into string
}

// out leads back to the state before.
const out = "<"

func include(state string) row { return row{into: state} }

// table holds the rows of each state. Reading begins in Root, and must end in
// a state that has atEnd.
type table map[string][]row

// endMark is put after a text, so that an open string or bracket swallows it
// or chokes on it. No text that is read has one of its own.
const endMark = "\x00"

func atEnd() row { return row{end, `\x00`, ""} }

// machine is a table, compiled.
type machine struct {
	def   *lexer.StatefulDefinition
	kinds map[lexer.TokenType]kind
	steps map[lexer.TokenType]int // into a state, or out of one
	root  []glance                // the rows of Root in their order
}

// compile gives each row a name of its own, from which the kind is found.
func (t table) compile() machine {
	rules, named := lexer.Rules{}, map[string]row{}
	for state, rows := range t {
		for i, r := range rows {
			if r.expr == "" {
				rules[state] = append(rules[state], lexer.Include(r.into))
				continue
			}
			name := "Row" + state + strconv.Itoa(i)
			named[name] = r
			rules[state] = append(rules[state], lexer.Rule{Name: name, Pattern: r.expr, Action: r.action()})
		}
	}
	m := machine{
		def: lexer.MustStateful(rules), kinds: map[lexer.TokenType]kind{}, steps: map[lexer.TokenType]int{}, root: t.glances("Root"),
	}
	for name, symbol := range m.def.Symbols() {
		m.kinds[symbol], m.steps[symbol] = named[name].kind, named[name].step()
	}
	return m
}

func (t table) glances(state string) []glance {
	var all []glance
	for _, r := range t[state] {
		if r.expr == "" {
			all = append(all, t.glances(r.into)...)
		} else {
			all = append(all, glanceAt(r))
		}
	}
	return all
}

func (r row) step() int {
	switch r.into {
	case "":
		return 0
	case out:
		return -1
	}
	return 1
}

func (r row) action() lexer.Action {
	switch r.into {
	case "":
		return nil
	case out:
		return lexer.Pop()
	}
	return lexer.Push(r.into)
}
