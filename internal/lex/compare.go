package lex

import "slices"

// Sameness is what two versions of a file have in common.
type Sameness struct {
	Code     bool // the same tokens
	Comments bool // and the same words in the comments, in the same order
}

// Compare reads two versions of a file. A file that cannot be read has
// nothing in common with any other.
func Compare(path, before, after string) Sameness {
	lang := languageOf(path)
	if lang == nil || placed(before) != placed(after) {
		return Sameness{}
	}
	b, ok := lang.begin(before)
	if !ok {
		return Sameness{}
	}
	a, ok := lang.begin(after)
	if !ok {
		return Sameness{}
	}
	return compare(b, a, sharedEnd(b.pieces.text, a.pieces.text))
}

// compare reads side by side, up to the first token that differs. Where both
// stand alike before the end that they share, it is read but once.
func compare(b, a *stepper, shared int) Sameness {
	for i := 0; ; i++ {
		if !b.reach(i) || !a.reach(i) || !b.sameToken(a, i) {
			return Sameness{}
		}
		switch rest := len(b.pieces.text); {
		case b.done && a.done && i >= len(b.tokens):
			return Sameness{Code: true, Comments: slices.Equal(b.comments, a.comments)}
		case rest <= shared && rest == len(a.pieces.text) && b.alike(a):
			comments := slices.Equal(b.comments, a.comments)
			if !b.finish(a.accept) {
				return Sameness{}
			}
			return Sameness{Code: true, Comments: comments}
		}
	}
}

// sharedEnd counts the bytes in which both texts end.
func sharedEnd(b, a string) int {
	n := 0
	for n < min(len(b), len(a)) && b[len(b)-1-n] == a[len(a)-1-n] {
		n++
	}
	return n
}

// reach reads until there is a token of this number, or to the end.
func (s *stepper) reach(token int) bool {
	for !s.done && token >= len(s.tokens) {
		if !s.step() {
			return false
		}
	}
	return true
}

// sameToken says that both have the same token of this number, or none.
func (s *stepper) sameToken(o *stepper, token int) bool {
	if token >= len(s.tokens) || token >= len(o.tokens) {
		return token >= len(s.tokens) && token >= len(o.tokens)
	}
	return s.tokens[token] == o.tokens[token]
}

// alike says that both have read as many tokens and are in the same state, so
// that the same text makes the same of both. What watches the tokens is left
// out.
func (s *stepper) alike(o *stepper) bool {
	if s.done || o.done || s.pieces.depth != 0 || o.pieces.depth != 0 || s.open.Len() != 0 || o.open.Len() != 0 {
		return false
	}
	return len(s.tokens) == len(o.tokens) && s.standing() == o.standing()
}

// standing is the state between two pieces: places are held against the place
// of the next one.
type standing struct {
	previous, indent               string
	quoted, broken, spaced, marked bool
	fence                          string
	behind                         int
	below                          int
}

func (s *stepper) standing() standing {
	return standing{
		previous: s.previous, indent: s.indent,
		quoted: s.quoted, broken: s.broken, spaced: s.spaced, marked: s.marked, fence: s.fence,
		behind: s.behind(), below: s.pieces.at.Line - s.line,
	}
}

// behind is how far behind the last token it stands, -1 where that does not
// matter.
func (s *stepper) behind() int {
	if s.ended < 0 {
		return -1
	}
	return s.pieces.at.Offset - s.ended
}

// finish reads to the end, under the eyes of another watch as well.
func (s *stepper) finish(watch func(piece) bool) bool {
	own := s.accept
	s.accept = func(p piece) bool { return own(p) && watch(p) }
	for !s.done {
		if !s.step() {
			return false
		}
	}
	return true
}
