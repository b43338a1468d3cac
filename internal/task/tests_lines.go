package task

import (
	"slices"
	"strings"
)

// codeLine is a line of a test file after the patch: its text without
// comments, its strings emptied, and where it stands.
type codeLine struct {
	code  string
	raw   string
	added bool
	in    []opener // what is open where the line begins, from the outside in
}

// opener is a line that a later one stands in: by a bracket, or by its
// indentation where a language has no brackets for blocks.
type opener struct {
	line int
	mark byte // the bracket; ':' for a block by indentation
}

// inner gives what a line stands in directly; false at the top of the file.
func (c codeLine) inner() (opener, bool) {
	if len(c.in) == 0 {
		return opener{}, false
	}
	return c.in[len(c.in)-1], true
}

// byIndent says that blocks of the language are told by their indentation.
func (l testLanguage) byIndent() bool {
	return slices.Contains([]string{".py", ".rb", ".ex"}, l.sources[0])
}

// maxOpen is how many brackets may stand in each other.
const maxOpen = 100

// codeLines reads a file. It gives false where the brackets do not come out
// even, so that nothing is known of what stands in what.
func (l testLanguage) codeLines(after []string, added []bool) ([]codeLine, bool) {
	masked := l.masked(after)
	lines := make([]codeLine, len(after))
	var open, blocks []opener
	for i, code := range masked {
		trimmed := strings.TrimSpace(code)
		if l.byIndent() && len(open) == 0 && trimmed != "" {
			for len(blocks) > 0 && indentOf(code) <= indentOf(after[blocks[len(blocks)-1].line]) {
				blocks = blocks[:len(blocks)-1]
			}
		}
		lines[i] = codeLine{trimmed, after[i], added[i], append(slices.Clone(blocks), open...)}
		if l.byIndent() && len(open) == 0 && trimmed != "" {
			if blocks = append(blocks, opener{i, ':'}); len(blocks) > maxOpen {
				return nil, false
			}
		}
		for _, c := range []byte(code) {
			switch c {
			case '(', '[', '{':
				if open = append(open, opener{i, c}); len(open) > maxOpen {
					return nil, false
				}
			case ')', ']', '}':
				if len(open) == 0 {
					return nil, false
				}
				open = open[:len(open)-1]
			}
		}
	}
	return lines, len(open) == 0
}

// masked empties strings and leaves out comments, over the lines of a file.
func (l testLanguage) masked(lines []string) []string {
	m := masker{language: l}
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = m.line(line)
	}
	return out
}

// masker reads line after line; until is what ends the string or the comment
// of several lines that it is in.
type masker struct {
	language testLanguage
	until    string
}

func (m *masker) line(line string) string {
	var b strings.Builder
	for line != "" {
		if m.until != "" {
			_, rest, ended := strings.Cut(line, m.until)
			if !ended {
				break
			}
			line, m.until = rest, ""
			continue
		}
		n := m.step(line, &b)
		line = line[n:]
	}
	return b.String()
}

// step reads one piece of code and gives its length.
func (m *masker) step(line string, b *strings.Builder) int {
	if slices.ContainsFunc(m.lineComments(), func(c string) bool { return strings.HasPrefix(line, c) }) {
		return len(line)
	}
	for open, end := range m.long() {
		if strings.HasPrefix(line, open) {
			m.until = end
			if open != "/*" {
				b.WriteString(`""`)
			}
			return len(open)
		}
	}
	if line[0] == '"' || line[0] == '\'' {
		if n := m.stringEnd(line); n > 0 {
			b.WriteString(`""`)
			return n
		}
	}
	b.WriteByte(line[0])
	return 1
}

func (m *masker) lineComments() []string {
	if slices.Contains(m.language.comments, "#") {
		return []string{"#"}
	}
	return []string{"//"}
}

// long gives what begins a string or comment of several lines, and its end.
func (m *masker) long() map[string]string {
	switch m.language.sources[0] {
	case ".py":
		return map[string]string{`"""`: `"""`, `'''`: `'''`}
	case ".rb":
		return nil
	case ".ex":
		return map[string]string{`"""`: `"""`}
	case ".go", ".js":
		return map[string]string{"/*": "*/", "`": "`"}
	case ".java", ".kt", ".cs", ".swift":
		return map[string]string{"/*": "*/", `"""`: `"""`}
	}
	return map[string]string{"/*": "*/"}
}

// stringEnd gives the length of the string that a line begins with; 0 where
// it does not end there, as a lifetime in Rust does not.
func (m *masker) stringEnd(line string) int {
	quote := line[0]
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case quote:
			if quote == '\'' && m.language.sources[0] == ".rs" && i > 2 && line[1] != '\\' {
				return 0
			}
			return i + 1
		}
	}
	return 0
}

// alignments gives the two ways to say which lines of after are new, where new
// lines look like old ones.
func alignments(before, after []string) [2][]bool {
	down := newLines(before, after)
	b, a := slices.Clone(before), slices.Clone(after)
	slices.Reverse(b)
	slices.Reverse(a)
	up := newLines(b, a)
	slices.Reverse(up)
	return [2][]bool{down, up}
}

func newLines(before, after []string) []bool {
	added := make([]bool, len(after))
	at := 0
	for i, line := range after {
		if at < len(before) && line == before[at] {
			at++
			continue
		}
		added[i] = true
	}
	return added
}
