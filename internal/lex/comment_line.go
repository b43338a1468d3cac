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
	if !l.looksLikeComment(line) || hasFence(line) || runsAsDoc(line) || runsAsPrompt(line) {
		return false
	}
	inBlock := l.blocks && strings.HasPrefix(line, "*")
	if inBlock && l.setsIn && setIn(line[1:]) {
		return false
	}
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
