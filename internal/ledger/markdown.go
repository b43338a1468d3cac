package ledger

import (
	"regexp"
	"strings"
	"sync"
)

// markdown knows while a comment is read line by line whether a line is shown
// as it stands, as code, or not at all. It follows the rules of GitHub's
// Markdown (https://github.github.com/gfm/#fenced-code-blocks, #html-blocks).
// Where it is in doubt a line is hidden: a flag that is not heard can be said
// again, and one that counts stays.
type markdown struct {
	fence fence
	// until ends the HTML that is open, "" for none: "-->" or "</pre>". Inline
	// says that it began within a line, where a block takes over from it.
	until  string
	inline bool
}

// fence is an open block of code: its character, how many of them began it, and
// how far its list item is set in. A length of 0 is none.
type fence struct {
	char          byte
	length, inset int
}

// fenceLine is a line that may begin a block of code: the list marks before it,
// its fence, and what stands behind.
var fenceLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("^((?:(?: {0,3}(?:[-+*]|[0-9]{1,9}[.)]) )*)) {0,3}(```+|~~~+)(.*)$")
})

// codeSpan is code within a line: HTML there is none.
var codeSpan = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("`[^`]*`") })

// htmlBegin is HTML that hides lines.
var htmlBegin = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)<!--|<pre(?:[\s>]|$)`) })

// hides takes the next line and says whether it can flag nothing.
func (m *markdown) hides(line string) bool {
	switch {
	case m.fence.length > 0 && m.fence.holds(line):
		if m.fence.closedBy(line) {
			m.fence = fence{}
		}
		return true
	case m.until != "" && (!m.inline || !beginsBlock(line)):
		m.html(line)
		return true
	}
	m.until, m.fence = "", fenceOf(line)
	if m.fence.length > 0 {
		return true
	}
	m.inline = !beginsBlock(line)
	if m.inline {
		line = codeSpan().ReplaceAllString(line, "")
	}
	return m.html(line)
}

// html follows the HTML of a line, and says whether some of it was hidden.
func (m *markdown) html(line string) (hidden bool) {
	line = strings.ToLower(line)
	for {
		if m.until != "" {
			_, rest, found := strings.Cut(line, m.until)
			if !found {
				return true
			}
			line, m.until, hidden = rest, "", true
		}
		at := htmlBegin().FindStringIndex(line)
		if at == nil {
			return hidden
		}
		if m.until = "</pre>"; line[at[0]+1] == '!' {
			m.until = "-->"
			at[1] -= len("--") // "<!-->" is a whole comment
		}
		line = line[at[1]:]
	}
}

// beginsBlock says that a line begins a block that no paragraph goes on over.
func beginsBlock(line string) bool {
	if fenceOf(line).length > 0 {
		return true
	}
	text := strings.TrimLeft(line, " ")
	at := htmlBegin().FindStringIndex(text)
	return len(line)-len(text) <= 3 && at != nil && at[0] == 0
}

// fenceOf gives the block of code that a line begins. Behind backticks no more
// of them may stand: that is code within a line.
func fenceOf(line string) fence {
	m := fenceLine().FindStringSubmatch(line)
	if m == nil || m[2][0] == '`' && strings.Contains(m[3], "`") {
		return fence{}
	}
	return fence{char: m[2][0], length: len(m[2]), inset: len(m[1])}
}

// holds says that a line still stands in the list item that the block of code
// is in: one that is set in less ends both.
func (f fence) holds(line string) bool {
	return strings.TrimSpace(line) == "" || len(line)-len(strings.TrimLeft(line, " ")) >= f.inset || strings.HasPrefix(strings.TrimLeft(line, " "), "\t")
}

// closedBy says that a line ends the block: its character, as many of them or
// more, and nothing behind.
func (f fence) closedBy(line string) bool {
	if len(line) < f.inset {
		return false
	}
	text := strings.TrimLeft(line[f.inset:], " ")
	marks := strings.TrimRight(text, " \t")
	return len(line)-f.inset-len(text) <= 3 && len(marks) >= f.length && strings.Trim(marks, string(f.char)) == ""
}
