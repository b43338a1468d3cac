package lex

import "strings"

// commentLine looks at one line by its first characters. Of a comment over
// many lines it knows the opening, the closing and lines that begin with a
// star.
func (l *language) commentLine(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" {
		return true
	}
	if strings.Contains(line, "```") || runsAsDoc(line) || !l.looksLikeComment(line) {
		return false
	}
	inBlock := l.blocks && strings.HasPrefix(line, "*")
	return l.steering(line) == "" && (!inBlock || l.steering("/*"+line) == "")
}

func (l *language) looksLikeComment(line string) bool {
	for _, mark := range l.marks {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	if !l.blocks {
		return false
	}
	closing := strings.Index(line, "*/")
	if closing >= 0 && closing != len(line)-2 {
		return false
	}
	return strings.HasPrefix(line, "/*") || line == "*" || strings.HasPrefix(line, "* ") || line == "*/" || line == "**/"
}

// runsAsDoc tells code in a doc comment by its indentation, which rustdoc
// compiles and runs as a test
// (https://doc.rust-lang.org/rustdoc/write-documentation/documentation-tests.html).
func runsAsDoc(line string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "//")
	if !ok || rest == "" || rest[0] != '/' && rest[0] != '!' {
		return false
	}
	return strings.HasPrefix(rest[1:], "    ") || strings.HasPrefix(rest[1:], "\t")
}
