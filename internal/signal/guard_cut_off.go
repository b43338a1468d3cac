package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// cutOff finds lines that stay and are not run any more: the block before them
// begins a comment, or leaves.
func cutOff(b block) (line, string) {
	last, ok := lastLine(b.added)
	next, found := nextCode(b.under)
	if !ok || !found {
		return line{}, ""
	}
	text := ""
	switch {
	case opensQuote(b, next):
		text = "what follows is commented out"
	case leavesBefore(last, next) && !slices.ContainsFunc(b.removed, leaves):
		text = "what follows is no longer reached"
	}
	if text == "" || last.class == Test && !guardsAbove(b) {
		return line{}, ""
	}
	return last, text
}

func lastLine(lines []line) (line, bool) {
	for _, l := range slices.Backward(lines) {
		if l.code != "" {
			return l, true
		}
	}
	return line{}, false
}

// nextCode gives the first of the lines that is not empty.
func nextCode(lines []change.Line) (change.Line, bool) {
	for _, l := range lines {
		if strings.TrimSpace(l.Text) != "" {
			return l, true
		}
	}
	return change.Line{}, false
}

// opensQuote says that the block leaves a comment open that was not open
// before it. A comment that was there already goes on like one.
func opensQuote(b block, next change.Line) bool {
	if prose(b.added[0]) && !instructs(b.added[0]) {
		return false
	}
	if !slices.ContainsFunc(b.added, func(l line) bool { return opensAlone(l.code) }) {
		return false
	}
	text := strings.TrimSpace(next.Text)
	if strings.HasPrefix(text, "*") || quotes(text) < 0 || leftOpen(b.removed) != 0 {
		return false
	}
	return leftOpen(b.added) > 0
}

// prose is text for people, in which these marks are only shown.
func prose(l line) bool { return slices.Contains(proseExts(), l.ext) }

// leftOpen gives how many comments the lines leave open: marks that are alike at
// both ends close one another.
func leftOpen(lines []line) int {
	open, even := 0, 0
	for _, l := range lines {
		n := quotes(l.code)
		for _, m := range evenMarks() {
			odd := strings.Count(l.code, m) % 2
			even += odd
			n -= odd
		}
		open += n
	}
	return open + even%2
}

// opensAlone says that nothing but the beginning of a comment is on the line.
func opensAlone(code string) bool {
	word := strings.TrimSpace(code)
	if word == "" || strings.IndexByte("/<{-#\"'=", word[0]) < 0 {
		return false // every one of them begins with one of these
	}
	bare := []string{"/*", "/**", "<!--", "{#", "--[[", "{{!--", "{{--", "{-", "#|", "\"\"\"", "'''", "{% comment %}", "{%- comment -%}", "{% comment -%}", "{%- comment %}", "=begin", "=pod", "#if 0", "#if false"}
	return slices.Contains(bare, word) || slices.ContainsFunc([]string{"/* ", "<!-- ", "=begin ", "{% comment ", "#if 0 "}, func(start string) bool {
		return strings.HasPrefix(word, start) && quotes(word) > 0
	})
}

// leavesBefore says that a line ends the piece of code in which the next one
// stands.
func leavesBefore(last line, next change.Line) bool {
	if !leaves(last) || len(next.Text)-len(strings.TrimLeft(next.Text, " \t")) != indent(last) {
		return false
	}
	return !goesOn().MatchString(strings.TrimSpace(next.Text[:min(len(next.Text), longLine)]))
}

// goesOn is a line that begins something of its own, or that belongs to the
// statement before it.
var goesOn = expression(`^(?:[^\w\s$]|//|(?:else|elif|elsif|elseif|except|catch|rescue|ensure|finally|end|endif|esac|fi|done|case|when|default|and|or|in|then|func|def|function|fn|fun|class|interface|struct|enum|type|impl|mod|trait|` +
	`export|public|private|protected|internal|static|async function|module|namespace|override|pub|unreachable|break|var \w+ \w+;)\b|\w+\s*:\s*(?:$|//)|case\b.*:)`)

var leaving = expression(`^(?:return|throw|raise|continue|exit|panic|die|abort|halt)\b|^(?:os\.Exit|sys\.exit|process\.exit|System\.exit|std::process::exit)\(`)

// leaves says that the line is one whole statement after which nothing runs.
func leaves(l line) bool {
	switch l.ext {
	case ".md", ".mdx", ".txt", ".rst", ".json", ".hs", ".elm", ".ml", ".sql", ".css", ".html", ".svg", "":
		return false
	}
	if len(l.code) > longLine || l.has("if", "unless", "when", "while", "for") || unfinished(l.code) || !l.fits(leaving()) {
		return false
	}
	return !slices.Contains([]string{",", "\\", "+", "&", "|", "?", ":", ".", "=", "("}, l.code[len(l.code)-1:]) && l.code != "exit:"
}
