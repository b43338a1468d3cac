package lint

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// stretchOfText is a value that is written in quotes or as a block: no # in it
// begins a comment. Lines and columns are 1-based; the end is exclusive. Opens
// is the line on which a person sees it begin: a block stands below its key.
type stretchOfText struct {
	opens           int
	line, col       int
	endLine, endCol int
}

func (t stretchOfText) holds(line, col int) bool {
	after := line > t.line || line == t.line && col >= t.col
	before := line < t.endLine || line == t.endLine && col < t.endCol
	return after && before
}

// texts are the stretches of a file, and the line after its YAML: a workflow
// in Markdown has it in front.
type texts struct {
	list []stretchOfText
	end  int
}

// textsOf finds them by the tree, which alone knows what is in quotes. A file
// that is no YAML has no comments that anybody could be sure of.
func textsOf(s Source) (t texts, ok bool) {
	data, end := yamlOf(s)
	root, _ := yamltree.ParseAnchored(s.Name, data)
	if root == nil {
		return texts{}, false
	}
	t.end = end
	t.add(s, root)
	if end <= s.Lines() {
		t.list = append(t.list, stretchOfText{end, end, 1, s.Lines() + 1, 1}) // the Markdown is one text
	}
	return t, true
}

// yamlOf gives the part of a file that is YAML, every line in its place, and
// the number of the line after it.
func yamlOf(s Source) (data []byte, end int) {
	if !workflow.IsMarkdown([]byte(s.Text)) {
		return []byte(s.Text), s.Lines() + 1
	}
	end = 2
	for end <= s.Lines() && strings.TrimRight(s.Line(end), " ") != "---" {
		end++
	}
	return []byte(strings.Join(s.lines[:min(end-1, len(s.lines))], "\n")), end
}

func (t *texts) add(s Source, n *yamltree.Node) {
	if n == nil {
		return
	}
	switch {
	case n.Kind != yamltree.Scalar:
	case n.Style == yamltree.Literal || n.Style == yamltree.Folded:
		t.list = append(t.list, blockAt(s, n.Pos.Line, n.Pos.Col))
	default:
		t.quoted(s, n.Pos.Line, n.Pos.Col)
	}
	for _, item := range n.Items {
		t.add(s, item)
	}
	for _, e := range n.Entries {
		t.quoted(s, e.Pos.Line, e.Pos.Col)
		t.add(s, e.Value)
	}
}

// quoted adds what begins with a quote at a place.
func (t *texts) quoted(s Source, line, col int) {
	text := s.Line(line)
	if col < 1 || col > len(text) || text[col-1] != '"' && text[col-1] != '\'' {
		return
	}
	endLine, endCol := closing(s, line, col, text[col-1])
	t.list = append(t.list, stretchOfText{line, line, col, endLine, endCol})
}

// closing gives the place after the quote that ends what a quote opened.
func closing(s Source, line, col int, quote byte) (endLine, endCol int) {
	at := col // the byte after the opening quote, 0-based
	for ; line <= s.Lines(); line, at = line+1, 0 {
		text := s.Line(line)
		for ; at < len(text); at++ {
			switch {
			case quote == '"' && text[at] == '\\':
				at++
			case text[at] != quote:
			case quote == '\'' && strings.HasPrefix(text[at+1:], "'"):
				at++
			default:
				return line, at + 2
			}
		}
	}
	return line, 1
}

// blockAt gives the block of text that a "|" or ">" opens. Its lines stand as
// deep as the first, or, where the depth is written out, deeper than the key.
func blockAt(s Source, line, col int) stretchOfText {
	block := stretchOfText{opens: line, line: line + 1, col: 1, endLine: line + 1, endCol: 1}
	least := keyIndent(s.Line(line)) + 1
	if header, _, _ := strings.Cut(s.Line(line)[col-1:], "#"); !strings.ContainsAny(header, "123456789") {
		least = max(least, firstIndent(s, line+1))
	}
	for n := line + 1; n <= s.Lines(); n++ {
		switch {
		case strings.TrimSpace(s.Line(n)) == "":
		case indentOf(s.Line(n)) < least:
			return block
		default:
			block.endLine = n + 1
		}
	}
	return block
}

func firstIndent(s Source, from int) int {
	for n := from; n <= s.Lines(); n++ {
		if strings.TrimSpace(s.Line(n)) != "" {
			return indentOf(s.Line(n))
		}
	}
	return 0
}

func indentOf(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }

// keyIndent is the indentation of the key of a line, -1 where the document
// itself is the value: what follows "- " stands deeper than its dash.
func keyIndent(text string) int {
	indent := indentOf(text)
	if indent == 0 && !strings.Contains(text, ":") && !strings.HasPrefix(text, "- ") {
		return -1
	}
	for strings.HasPrefix(text[indent:], "- ") && strings.Contains(text[indent:], ":") {
		indent += 2
		indent += indentOf(text[indent:])
	}
	return indent
}

// comment gives the 0-based byte at which a line's comment begins, -1 where it
// has none.
func (t texts) comment(s Source, line int) int {
	text := s.Line(line)
	if line >= t.end {
		return -1
	}
	for at := range len(text) {
		if text[at] == '#' && (at == 0 || text[at-1] == ' ' || text[at-1] == '\t') && !t.holds(line, at+1) {
			return at
		}
	}
	return -1
}

func (t texts) holds(line, col int) bool {
	return slices.ContainsFunc(t.list, func(s stretchOfText) bool { return s.holds(line, col) })
}

// last gives the last line of what is written on a line: a block or a text in
// quotes that begins there goes on.
func (t texts) last(line int) int {
	last := line
	for _, s := range t.list {
		if s.opens != line {
			continue
		}
		end := s.endLine
		if s.endCol == 1 {
			end--
		}
		last = max(last, end)
	}
	return last
}
