package workflow

import "strings"

// maxDepth bounds scripts inside of scripts.
const maxDepth = 20

// command is one simple command of a script.
type command struct {
	words []word
	fed   bool // something is piped or read into it
	// declares is the name of a function whose body follows; then there are no
	// words.
	declares string
}

// commands reads the commands of a POSIX shell's script, as far as it takes
// to tell a program from an argument, a comment, a quoted text or a here
// document. It never fails: what is not shell has odd commands.
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
func commands(script string) []command {
	s := &scanner{text: script}
	s.list()
	return s.commands
}

// arguments splits the text of an input into words in the way of a shell
// that knows no operators; a # in front of a word begins a comment.
func arguments(text string) []word {
	s := &scanner{text: text, plain: true}
	var words []word
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			s.pos++
		case c == '#':
			s.comment()
		default:
			words = append(words, s.word())
		}
	}
	return words
}

type scanner struct {
	text     string
	from     []int // the script's offset of each byte of text, nil where text is the script
	pos      int
	closing  byte // what ends the list: ) or ` or nothing
	plain    bool // no operators
	depth    int
	commands []command

	pending   command
	parens    int
	cases     int
	pattern   bool // the next words are a pattern of case
	piped     bool // the next command is fed by the one before
	documents []document
}

// document is a here document whose text has not come yet.
type document struct {
	end    string
	tabs   bool
	quoted bool
}

func (s *scanner) offset(i int) int {
	if s.from == nil {
		return i
	}
	return s.from[i]
}

// list reads commands up to the closing byte.
func (s *scanner) list() {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == ' ' || c == '\t' || c == '\r':
			s.pos++
		case c == '\n':
			s.flush()
			s.pos++
			s.texts()
		case c == '\\' && strings.HasPrefix(s.text[s.pos:], "\\\n"):
			s.pos += 2
		case c == '#':
			s.comment()
		case c == '`' && s.closing == '`':
			s.flush()
			s.pos++
			return
		case c == '<' || c == '>' || strings.HasPrefix(s.text[s.pos:], "&>"):
			s.redirect()
		case strings.IndexByte("();&|", c) >= 0:
			if s.operator(c) {
				return
			}
		default:
			s.take()
		}
	}
	s.flush()
}

func (s *scanner) comment() {
	end := strings.IndexByte(s.text[s.pos:], '\n')
	if end < 0 {
		end = len(s.text) - s.pos
	}
	s.pos += end
}

// operator reads one of ();&|, and says whether the list ends.
func (s *scanner) operator(c byte) (ends bool) {
	s.pos++
	switch {
	case c == '(':
		if strings.HasPrefix(s.text[s.pos:], "(") && len(s.pending.words) == 0 {
			s.pos += through(s.text[s.pos:], "))")
			return false
		}
		if strings.HasPrefix(strings.TrimLeft(s.text[s.pos:], " "), ")") {
			s.declare()
		}
		s.flush()
		s.parens++
	case c == ')' && s.pattern:
		s.pending, s.pattern = command{}, false
	case c == ')' && s.parens > 0:
		s.flush()
		s.parens--
	case c == ')':
		s.flush()
		return s.closing == ')'
	case c == ';' && strings.HasPrefix(s.text[s.pos:], ";"):
		s.flush()
		s.pos++
		s.pattern = s.cases > 0
	case s.pattern && c == '|':
	default:
		s.flush()
		s.piped = c == '|' && !strings.HasPrefix(s.text[s.pos:], "|")
		if strings.IndexByte("&|", c) >= 0 && s.pos < len(s.text) && strings.IndexByte("&|", s.text[s.pos]) >= 0 {
			s.pos++
		}
	}
	return false
}

// declare remembers the function that the word before the brackets names.
func (s *scanner) declare() {
	if n := len(s.pending.words); n > 0 && !s.pattern {
		s.commands = append(s.commands, command{declares: s.pending.words[n-1].text})
	}
	s.pending = command{}
}

// take reads a word into the command.
func (s *scanner) take() {
	w := s.word()
	first := len(s.pending.words) == 0
	next := byte(0)
	if s.pos < len(s.text) {
		next = s.text[s.pos]
	}
	switch {
	case s.pattern && w.text == "esac" && !w.quoted:
		s.pattern = false
		s.cases--
	case s.pattern:
	case first && w.text == "esac" && s.cases > 0:
		s.cases--
	case first && w.text == "[[":
		s.pos += through(s.text[s.pos:], "]]")
	case len(s.pending.words) == 1 && s.pending.words[0].text == "function":
		s.pending.words = append(s.pending.words, w)
		s.declare()
	case !first && w.text == "in" && s.pending.words[0].text == "case":
		s.pending = command{}
		s.cases++
		s.pattern = true
	case (next == '<' || next == '>') && w.text != "" && strings.Trim(w.text, "0123456789") == "":
		// the number of a stream
	case next == '(' && strings.HasSuffix(w.text, "=") && !w.quoted:
		s.pos++
		s.array()
	default:
		s.pending.words = append(s.pending.words, w)
	}
}

// array passes the words of x=(…).
func (s *scanner) array() {
	for s.pos < len(s.text) && s.text[s.pos] != ')' {
		switch c := s.text[s.pos]; {
		case strings.IndexByte(" \t\r\n(;&|<>", c) >= 0:
			s.pos++
		case c == '#':
			s.comment()
		default:
			before := s.pos
			s.word()
			s.pos = max(s.pos, before+1)
		}
	}
	s.pos = min(s.pos+1, len(s.text))
}

func (s *scanner) flush() {
	if len(s.pending.words) > 0 {
		s.pending.fed = s.pending.fed || s.piped
		s.commands = append(s.commands, s.pending)
		s.piped = false
	}
	s.pending = command{}
}

// redirect passes a redirection with its target.
func (s *scanner) redirect() {
	rest := s.text[s.pos:]
	s.pending.fed = s.pending.fed || rest[0] == '<'
	switch {
	case strings.HasPrefix(rest, "<<<"):
		s.pos += 3
	case strings.HasPrefix(rest, "<<"):
		s.pos += 2
		d := document{tabs: strings.HasPrefix(s.text[s.pos:], "-")}
		if d.tabs {
			s.pos++
		}
		s.blanks()
		w := s.word()
		d.end, d.quoted = w.text, w.quoted
		s.documents = append(s.documents, d)
		return
	case strings.HasPrefix(rest, "<(") || strings.HasPrefix(rest, ">("):
		s.pos++
		s.nestedList()
		return
	default:
		s.pos += len(rest) - len(strings.TrimLeft(rest, "<>&|"))
	}
	s.blanks()
	s.word()
}

func (s *scanner) nestedList() {
	var w growing
	s.nested(&w, 1, ')')
}

func (s *scanner) blanks() {
	for s.pos < len(s.text) && (s.text[s.pos] == ' ' || s.text[s.pos] == '\t') {
		s.pos++
	}
}

// texts passes the here documents that begin on this line. Substitutions in
// one whose end is not quoted are run.
func (s *scanner) texts() {
	for _, d := range s.documents {
		for s.pos < len(s.text) {
			line, _, _ := strings.Cut(s.text[s.pos:], "\n")
			at := strings.TrimSuffix(line, "\r")
			if d.tabs {
				at = strings.TrimLeft(at, "\t")
			}
			if !d.quoted && at != d.end {
				s.substitutions(line)
			}
			s.pos = min(s.pos+len(line)+1, len(s.text))
			if at == d.end {
				break
			}
		}
	}
	s.documents = nil
}

// substitutions reads the $(…) that stand on one line.
func (s *scanner) substitutions(line string) {
	if !strings.Contains(line, "$(") || s.depth >= maxDepth {
		return
	}
	inner := &scanner{text: s.text[:s.pos+len(line)], from: s.from, pos: s.pos, depth: s.depth + 1}
	var w growing
	for inner.pos < len(inner.text) {
		if inner.text[inner.pos] == '$' {
			inner.expansion(&w)
			continue
		}
		inner.pos++
	}
	s.commands = append(s.commands, inner.commands...)
}
