package glob

import (
	"strconv"
	"strings"
)

const attributeBlanks = " \t\r\n"

// state tells "attr" from "attr=true": only the first one opens a macro.
type state int

const (
	switchedOn  state = iota + 1 // attr
	switchedOff                  // -attr
	takenBack                    // !attr: as if no line had spoken of it
	valued                       // attr=value
)

// assignment is one attribute of a line.
type assignment struct {
	name  string
	value string
	state state
}

// cutPattern takes the pattern off a line. A pattern in double quotes is read
// as C reads a string; where that fails it is a plain word that begins with a
// quote, as git has it.
func cutPattern(line string) (pattern, rest string) {
	if line[0] == '"' {
		if pattern, rest, ok := unquote(line[1:]); ok {
			return pattern, rest
		}
	}
	return cutWord(line)
}

func cutWord(s string) (word, rest string) {
	if end := strings.IndexAny(s, attributeBlanks); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}

// unquote reads up to the closing quote.
func unquote(s string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:], true
		case '\\':
			c, width, ok := unescape(s[i+1:])
			if !ok {
				return "", "", false
			}
			b.WriteByte(c)
			i += width
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", false
}

// unescape reads what follows a backslash: one letter, or three octal digits
// of one byte.
func unescape(s string) (c byte, width int, ok bool) {
	if s == "" {
		return 0, 0, false
	}
	const letters, meanings = `abfnrtv\"`, "\a\b\f\n\r\t\v\\\""
	if i := strings.IndexByte(letters, s[0]); i >= 0 {
		return meanings[i], 1, true
	}
	if len(s) < 3 || s[0] > '3' {
		return 0, 0, false
	}
	n, err := strconv.ParseUint(s[:3], 8, 8)
	return byte(n), 3, err == nil
}

// parseAssignments reads the words after a pattern. One bad name spoils the
// line, as it does for git.
func parseAssignments(s string) ([]assignment, bool) {
	var list []assignment
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(attributeBlanks, r) }) {
		next, ok := parseAssignment(word)
		if !ok {
			return nil, false
		}
		list = append(list, next)
	}
	return list, true
}

func parseAssignment(word string) (assignment, bool) {
	name, value, hasValue := strings.Cut(word, "=")
	next := assignment{name, "true", switchedOn}
	switch {
	case strings.HasPrefix(name, "-"):
		next = assignment{name[1:], "false", switchedOff}
	case strings.HasPrefix(name, "!"):
		next = assignment{name[1:], "", takenBack}
	case hasValue:
		next = assignment{name, value, valued}
	}
	return next, isAttributeName(next.name)
}

func isAttributeName(name string) bool {
	return name != "" && name[0] != '-' && !strings.ContainsFunc(name, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("-._", r)
	})
}
