// Package runnerparse reads what a program says to the Actions runner the way
// the runner does: workflow commands in a stream of output, and the files for
// outputs and environment. Tests ask it what a hostile text would have done.
//
// It follows the behaviour of actions/runner 2.336.0 (ActionCommand.cs,
// FileCommandManager.cs) and is stricter in one point: the runner compares by
// culture, which may pass over characters of no weight, so a line counts as a
// command with and without them.
package runnerparse

import (
	"strings"
	"unicode"
)

// Command is one workflow command as the runner understands it. Property names
// are in lower case, as the runner ignores case there.
type Command struct {
	Name       string
	Properties map[string]string
	Data       string
}

// names are the commands that the runner has registered (ActionCommandManager).
func names() []string {
	return []string{
		"add-mask", "add-matcher", "remove-matcher", "debug", "notice", "warning", "error", "group", "endgroup", "echo",
		"set-output", "save-state", "set-env", "add-path", "stop-commands", "internal-set-repo-path",
	}
}

// Commands gives every command in a stream, standard output or standard error,
// in order. The runner reads lines that end in \n, \r or both.
func Commands(stream string) []Command {
	var all []Command
	lines := strings.FieldsFunc(stream, func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines {
		if c, ok := Parse(line); ok {
			all = append(all, c)
		}
	}
	return all
}

// Parse reads one line: first as the newer syntax, then as the older one, each
// with and without characters of no weight.
func Parse(line string) (Command, bool) {
	for _, l := range []string{line, weighty(line)} {
		if c, ok := ParseV2(l); ok {
			return c, true
		}
		if c, ok := ParseV1(l); ok {
			return c, true
		}
	}
	return Command{}, false
}

// ParseV2 reads "::name key=value,key=value::data" at the start of a line;
// white space before it does not matter.
func ParseV2(line string) (Command, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	if !ok {
		return Command{}, false
	}
	head, data, ok := strings.Cut(rest, "::")
	if !ok {
		return Command{}, false
	}
	c, ok := parseHead(head, ",", unescapeProperty)
	c.Data = unescapeData(data)
	return c, ok
}

// ParseV1 reads "##[name key=value;key=value]data" anywhere in a line.
func ParseV1(line string) (Command, bool) {
	_, rest, ok := strings.Cut(line, "##[")
	if !ok {
		return Command{}, false
	}
	head, data, ok := strings.Cut(rest, "]")
	if !ok {
		return Command{}, false
	}
	c, ok := parseHead(head, ";", unescapeV1)
	c.Data = unescapeV1(data)
	return c, ok
}

func parseHead(head, separator string, unescape func(string) string) (Command, bool) {
	name, list, _ := strings.Cut(head, " ")
	for _, known := range names() {
		if !strings.EqualFold(known, name) {
			continue
		}
		c := Command{Name: known, Properties: map[string]string{}}
		for pair := range strings.SplitSeq(strings.TrimSpace(list), separator) {
			if key, value, ok := strings.Cut(pair, "="); ok && key != "" && value != "" {
				c.Properties[strings.ToLower(key)] = unescape(value)
			}
		}
		return c, true
	}
	return Command{}, false
}

// The percent sign comes last, as in the runner: "%250A" is "%0A", no newline.
func unescapeData(s string) string { return inTurn(s, "%0D", "\r", "%0A", "\n", "%25", "%") }

func unescapeProperty(s string) string {
	return inTurn(s, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
}

func unescapeV1(s string) string {
	return inTurn(s, "%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%")
}

func inTurn(s string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return s
}

// weighty drops what sorts as nothing: formats, controls, marks, selectors.
func weighty(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) || unicode.IsControl(r) && r != '\t' {
			return -1
		}
		return r
	}, s)
}
