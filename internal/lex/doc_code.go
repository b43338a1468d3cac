package lex

import (
	"regexp"
	"strings"
	"sync"
)

// codeFence is a run of backticks or tildes that may open or close a block of
// code in a comment.
var codeFence = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("`{3,}|~{3,}") })

// hasFence says that a line may begin or end a block of code.
func hasFence(line string) bool {
	return strings.Contains(line, "```") || strings.Contains(line, "~~~")
}

// fenceAfter gives the fence that is open after a line, "" for none. A run of
// tildes opens whatever follows it; what closes is of the same sign, as long
// as what opened, and the last of its line
// (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
func fenceAfter(open, line string) string {
	if !hasFence(line) {
		return open
	}
	begun := open
	for _, at := range codeFence().FindAllStringIndex(line, -1) {
		run := line[at[0]:at[1]]
		last := strings.Trim(line[at[1]:], " \t\r*/") == ""
		switch {
		case open == "":
			open = run
		case run[0] != open[0] || len(run) < len(open):
		case last, begun == "" && run[0] == '`':
			open = ""
		}
	}
	return open
}

// holdsCode says that a comment has code which tools compile and run as a
// test: fenced, or set in. It keeps the fence that is open for the comments
// that follow.
func (r *reader) holdsCode(text string) bool {
	found := r.fence != "" || hasFence(text)
	if hasFence(text) {
		for line := range strings.SplitSeq(text, "\n") {
			r.fence = fenceAfter(r.fence, line)
		}
	}
	return found || anyLine(text, runsAsDoc) || anyLine(text, runsAsPrompt) || r.setsIn && runsInBlock(text)
}

// runsAsDoc tells code in a doc comment by its indentation, which rustdoc
// compiles and runs as a test
// (https://doc.rust-lang.org/rustdoc/write-documentation/documentation-tests.html).
func runsAsDoc(line string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "//")
	if !ok || rest == "" || rest[0] != '/' && rest[0] != '!' {
		return false
	}
	return setIn(rest[1:])
}

// runsInBlock tells the same in a doc comment over many lines. The blank line
// that must stand before it is not asked for: below a heading there need be
// none.
func runsInBlock(text string) bool {
	rest, ok := strings.CutPrefix(text, "/*")
	if !ok || rest == "" || rest[0] != '*' && rest[0] != '!' {
		return false
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(rest[1:], "*/"), "\n") {
		if starred, ok := strings.CutPrefix(strings.TrimSpace(line), "*"); ok && setIn(starred) || setIn(line) && !ok {
			return true
		}
	}
	return false
}

// setIn says that a line has code by its indentation, be it in a quotation or
// in a list.
func setIn(line string) bool {
	body := strings.TrimLeft(line, " \t>-+*.)0123456789")
	head := line[:len(line)-len(body)]
	return strings.TrimSpace(body) != "" && (strings.Contains(head, "    ") || strings.Contains(head, "\t"))
}

// runsAsPrompt tells an example by the sign of an interpreter, which the tools
// for doc tests of several languages carry out.
func runsAsPrompt(line string) bool {
	body := strings.TrimLeft(line, " \t/*#!")
	for _, sign := range []string{">>> ", "scala> ", "iex> ", "iex("} {
		if strings.HasPrefix(body, sign) {
			return true
		}
	}
	return false
}
