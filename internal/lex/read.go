package lex

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// reading is a file in two parts: what runs and what is only read.
type reading struct {
	tokens   []string
	comments []string // words of the comments
}

// reader puts a reading together, piece by piece.
type reader struct {
	reading
	*language
	accept   func(piece) bool
	previous string // the last token that is no line break
	ended    int    // where that token ended
	quoted   bool   // it was a string

	// What stood since the last token.
	broken, spaced bool
	indent         string

	open   strings.Builder // the comment that is being read
	opened int             // the line on which it began

	line   int    // on which the last token ended
	marked bool   // the last token was a directive
	fence  string // the code fence of a comment that is open, "" for none
}

// bytesOfToken is how long a token and the space around it mostly are.
const bytesOfToken = 6

// read goes through a text, and is not ok unless every piece of it was told
// apart.
func (l *language) read(text string) (reading, bool) {
	s, ok := l.begin(text)
	for ok && !s.done {
		ok = s.step()
	}
	if !ok {
		return reading{}, false
	}
	return s.reading, true
}

// stepper reads a text piece by piece.
type stepper struct {
	reader
	pieces *skimmer
	done   bool
}

// begin is not ok for a text that cannot be read.
func (l *language) begin(text string) (*stepper, bool) {
	if !readable(text) || l.refuses != nil && l.refuses(text) {
		return nil, false
	}
	s := &stepper{
		reader: reader{reading: reading{tokens: make([]string, 0, len(text)/bytesOfToken)}, language: l, accept: func(piece) bool { return true }, line: 1, ended: -1},
		pieces: l.rows().skim(text + endMark),
	}
	if l.watch != nil {
		s.accept = l.watch()
	}
	return s, true
}

// step reads the next piece.
func (s *stepper) step() bool {
	k, t, ok := s.pieces.next()
	if !ok {
		return false
	}
	if k == end {
		s.closeComment()
		s.done = true
		return true
	}
	return s.take(k, t)
}

// readable refuses what languages do not agree upon: other line breaks than
// the usual ones, which end a comment in some of them, and marks that make a
// text look other than it is read.
func readable(text string) bool {
	if len(text) > MaxBytes || strings.Contains(text, "\x00") || !plainLetters(text) {
		return false
	}
	return strings.Count(text, "\r") == strings.Count(text, "\r\n")
}

// plainLetters refuses the marks among what is not ASCII.
func plainLetters(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return utf8.ValidString(text) && !strings.ContainsAny(text[i:], "\u0085\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
		}
	}
	return true
}

func (r *reader) take(k kind, t lexer.Token) bool {
	if k == comment {
		r.addComment(t)
		return true
	}
	r.closeComment()
	switch k {
	case space:
		r.blank(t.Value)
	case newline:
		r.broken, r.indent = true, t.Value[strings.LastIndexByte(t.Value, '\n')+1:]
	case refuse:
		return false
	default:
		if !r.accept(piece{k, t.Value, r.previous}) {
			return false
		}
		r.code(k, t)
	}
	return true
}

func (r *reader) blank(text string) {
	if r.broken || len(r.tokens) == 0 {
		r.indent += strings.TrimRight(text, "\r")
	}
	r.spaced = true
}

func (r *reader) code(k kind, t lexer.Token) {
	r.fence = ""
	r.gap(t.Pos.Line)
	// L"x" is not L "x", in more languages than one would list.
	if t.Pos.Offset == r.ended && (k == literal || r.quoted) {
		r.tokens = append(r.tokens, "")
	}
	r.quoted = k == literal
	r.push(t.Value, t.Pos.Line+strings.Count(t.Value, "\n"))
	r.ended = t.Pos.Offset + len(t.Value)
}

func (r *reader) push(token string, line int) {
	r.tokens = append(r.tokens, token)
	r.previous, r.line = token, line
}

// gap says what stands between the last token and the next, as far as it
// means something.
func (r *reader) gap(line int) {
	switch {
	case r.marked:
		// What a directive steers is often the line below it.
		r.tokens = append(r.tokens, "\n"+strconv.Itoa(line-r.line))
	case len(r.tokens) == 0 && r.indents && r.indent != "":
		r.tokens = append(r.tokens, r.indent)
	case len(r.tokens) == 0:
	case r.broken && r.indents:
		r.tokens = append(r.tokens, "\n"+r.indent)
	case r.broken && r.lines:
		r.tokens = append(r.tokens, "\n")
	case r.spaces && (r.broken || r.spaced):
		r.tokens = append(r.tokens, " ")
	}
	r.broken, r.spaced, r.marked, r.indent = false, false, false, ""
}

func (r *reader) addComment(t lexer.Token) {
	if r.open.Len() == 0 {
		r.opened = t.Pos.Line
	}
	r.open.WriteString(t.Value)
}

// closeComment files a comment that has been read to its end.
func (r *reader) closeComment() {
	if r.open.Len() == 0 {
		return
	}
	text := r.open.String()
	r.open.Reset()
	if r.holdsCode(text) {
		r.steer(strings.ReplaceAll(text, "\r\n", "\n"), text)
		return
	}
	if steers := r.steering(text); steers != "" {
		r.steer(strings.Join(strings.Fields(steers), " "), text)
		return
	}
	for word := range strings.FieldsSeq(text) {
		r.comments = append(r.comments, word)
	}
	if r.lines && strings.Contains(text, "\n") {
		r.broken, r.indent = true, ""
	}
}

func anyLine(text string, is func(line string) bool) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if is(line) {
			return true
		}
	}
	return false
}

// steer files a directive as a token, and whether it stands on the line of the
// token before.
func (r *reader) steer(directive, text string) {
	beside := len(r.tokens) > 0 && r.opened == r.line
	r.gap(r.opened)
	r.push(strconv.FormatBool(beside)+directive, r.opened+strings.Count(text, "\n"))
	r.marked, r.ended = true, -1
}
