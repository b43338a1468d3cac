package lex

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// skimmer reads a text for the lexer where that is simple: outside of strings
// and comments, and for most of these, the next character says what comes. An
// expression costs a hundred times as much as a look at it, and more the more
// text follows. The lexer itself reads the rest.
type skimmer struct {
	machine
	text string // what follows
	at   lexer.Position
	// inner reads on from text while its stack is deeper than Root.
	inner lexer.Lexer
	depth int
}

func (m machine) skim(text string) *skimmer {
	return &skimmer{machine: m, text: text, at: lexer.Position{Line: 1, Column: 1}}
}

// next gives the next piece, ok only where there is one.
func (s *skimmer) next() (k kind, t lexer.Token, ok bool) {
	if s.depth == 0 {
		if k, size := s.simple(); size > 0 {
			return k, s.take(size), true
		}
	}
	return s.ask()
}

// simple finds the piece by the first character. size is 0 where the lexer has
// to be asked.
func (s *skimmer) simple() (k kind, size int) {
	if s.text == "" {
		return 0, 0
	}
	first := s.text[0]
	for _, r := range s.root {
		if !r.first[first] || !strings.HasPrefix(s.text, r.start) {
			continue
		}
		if r.match == nil {
			return 0, 0
		}
		if size := r.match(s.text, 0); size > 0 {
			return r.kind, size
		}
	}
	return 0, 0
}

// ask has the lexer read a piece, and follows how deep it stands.
func (s *skimmer) ask() (kind, lexer.Token, bool) {
	if s.depth == 0 {
		var err error
		if s.inner, err = s.def.LexString("", s.text); err != nil {
			return 0, lexer.Token{}, false
		}
	}
	read, err := s.inner.Next()
	if err != nil || read.EOF() {
		return 0, lexer.Token{}, false
	}
	s.depth += s.steps[read.Type]
	t := s.take(len(read.Value))
	return s.kinds[read.Type], t, true
}

// take moves on. Only the line and the offset of a position are asked for.
func (s *skimmer) take(size int) lexer.Token {
	t := lexer.Token{Value: s.text[:size], Pos: s.at}
	s.text = s.text[size:]
	s.at.Offset += size
	s.at.Line += strings.Count(t.Value, "\n")
	return t
}
