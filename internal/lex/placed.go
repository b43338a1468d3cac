package lex

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// magic is a comment that is obeyed for the line on which it stands: the
// encoding of Python, Ruby and editors, Ruby's other settings, and the
// directives of a Dockerfile.
var magic = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[ \t\f]*#.*(?:coding[ \t]*[:=]|-\*-|\b(?:frozen_string_literal|warn_indent|warn_past_scope|shareable_constant_value)[ \t]*:)|^[ \t]*#[ \t]*(?:syntax|escape|check)[ \t]*=`)
})

// placed gives the lines at the top of a text that mean something by their
// number, with it: what starts a script or a document must be its first line,
// and a magic comment stands above all code.
func placed(text string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if n == 1 && startsFile(line) || magic().MatchString(line) {
			b.WriteString(strconv.Itoa(n) + " " + line + "\n")
		}
		if body := strings.TrimSpace(line); n > 1 && body != "" && body[0] != '#' {
			break
		}
	}
	return b.String()
}

// startsFile knows what is read only as the very first characters of a file.
func startsFile(line string) bool {
	for _, first := range []string{"#!", "\ufeff", "<?", "@charset", "%"} {
		if strings.HasPrefix(line, first) {
			return true
		}
	}
	return false
}
