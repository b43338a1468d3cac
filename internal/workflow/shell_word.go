package workflow

import "strings"

// word is one word of a command line after its quotes. What expands stays as
// it is written, and is marked.
type word struct {
	text    string
	from    []int // of each byte of text, its offset in the script
	expands bool  // $x, $(…), `…` or ${{ … }}
	quoted  bool
}

// whole says whether the bytes from i on stand in the script in one piece,
// and where.
func (w word) whole(i int) (from, to int, ok bool) {
	if i >= len(w.from) {
		return 0, 0, false
	}
	for k := i + 1; k < len(w.from); k++ {
		if w.from[k] != w.from[k-1]+1 {
			return 0, 0, false
		}
	}
	return w.from[i], w.from[len(w.from)-1] + 1, true
}

// isFlags says whether a word may hold flags that cannot be read here.
func (w word) isFlags() bool {
	return w.expands && (!w.quoted || strings.Contains(w.text, "[@]")) && strings.HasPrefix(w.text, "$")
}

// growing is a word that is being read.
type growing struct {
	word
	bytes []byte
}

func (g *growing) done() word {
	g.text = string(g.bytes)
	return g.word
}

func (s *scanner) add(w *growing, to int) {
	w.bytes = append(w.bytes, s.text[s.pos:to]...)
	for ; s.pos < to; s.pos++ {
		w.from = append(w.from, s.offset(s.pos))
	}
}

// word reads one word.
func (s *scanner) word() word {
	var w growing
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case strings.IndexByte(" \t\r\n", c) >= 0, !s.plain && strings.IndexByte(";&|()<>", c) >= 0:
			return w.done()
		case c == '`' && s.closing == '`' && !s.plain:
			return w.done()
		case c == '\'':
			s.single(&w)
		case c == '"':
			s.double(&w)
		case c == '\\':
			s.pos++
			if s.pos < len(s.text) && s.text[s.pos] == '\n' {
				s.pos++
				continue
			}
			s.add(&w, min(s.pos+1, len(s.text)))
		case c == '$' || c == '`':
			s.expansion(&w)
		default:
			s.add(&w, s.pos+max(1, upTo(s.text[s.pos:], s.stops())))
		}
	}
	return w.done()
}

// stops are the bytes that mean something in a word without quotes.
func (s *scanner) stops() string {
	if s.plain {
		return " \t\r\n'\"\\$`"
	}
	return " \t\r\n;&|()<>'\"\\$`"
}

// upTo gives how many bytes stand before the first of some.
func upTo(text, stops string) int {
	if i := strings.IndexAny(text, stops); i >= 0 {
		return i
	}
	return len(text)
}

func (s *scanner) single(w *growing) {
	w.quoted = true
	s.pos++
	end := strings.IndexByte(s.text[s.pos:], '\'')
	if end < 0 {
		end = len(s.text) - s.pos
	}
	s.add(w, s.pos+end)
	s.pos = min(s.pos+1, len(s.text))
}

func (s *scanner) double(w *growing) {
	w.quoted = true
	s.pos++
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '"':
			s.pos++
			return
		case c == '\\' && s.pos+1 < len(s.text) && strings.IndexByte("\"\\$`\n", s.text[s.pos+1]) >= 0:
			s.pos++
			if s.text[s.pos] == '\n' {
				s.pos++
				continue
			}
			s.add(w, s.pos+1)
		case c == '$' || c == '`':
			s.expansion(w)
		default:
			s.add(w, s.pos+max(1, upTo(s.text[s.pos:], "\"\\$`")))
		}
	}
}

// expansion reads what begins with $ or a backquote. What a command
// substitution runs is a command of its own.
func (s *scanner) expansion(w *growing) {
	rest := s.text[s.pos:]
	switch {
	case strings.HasPrefix(rest, "${{"):
		w.expands = true
		s.add(w, s.pos+through(rest, "}}"))
	case strings.HasPrefix(rest, "$(("):
		w.expands = true
		s.add(w, s.pos+through(rest, "))"))
	case s.plain:
		w.expands = w.expands || rest[0] == '$' && len(rest) > 1
		s.add(w, s.pos+1)
	case strings.HasPrefix(rest, "$("):
		w.expands = true
		s.nested(w, 2, ')')
	case rest[0] == '`':
		w.expands = true
		s.nested(w, 1, '`')
	case strings.HasPrefix(rest, "${"):
		w.expands = true
		s.add(w, s.pos+balanced(rest[1:])+1)
	default:
		w.expands = w.expands || len(rest) > 1 && isName(rest[1])
		s.add(w, s.pos+1)
	}
}

// nested reads the commands of a substitution.
func (s *scanner) nested(w *growing, opening int, closing byte) {
	start := s.pos
	s.pos += opening
	if s.depth < maxDepth {
		inner := &scanner{text: s.text, from: s.from, pos: s.pos, closing: closing, depth: s.depth + 1}
		inner.list()
		s.commands = append(s.commands, inner.commands...)
		s.pos = inner.pos
	} else {
		s.pos = len(s.text)
	}
	end := s.pos
	s.pos = start
	s.add(w, end)
}

func isName(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("@*#?!", c) >= 0
}

// through gives the length up to the end of the closing text.
func through(text, closing string) int {
	if i := strings.Index(text, closing); i >= 0 {
		return i + len(closing)
	}
	return len(text)
}

// balanced gives the length of {…}.
func balanced(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
