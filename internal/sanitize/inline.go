package sanitize

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inline writes the inline content of one block. oneLine turns line breaks
// into spaces, inTable escapes the columns' separator within code.
func (b blocks) inline(n ast.Node, oneLine, inTable bool) string {
	w := inlineWriter{source: b.source, links: b.links, oneLine: oneLine, inTable: inTable, start: true}
	w.children(n)
	return w.String()
}

// inlineWriter collects plain text until markup comes, and escapes it in one
// piece: two pieces that each look harmless may meet where a tag between them
// was dropped.
type inlineWriter struct {
	source  []byte
	links   Links
	oneLine bool
	inTable bool
	start   bool // what is written stands first on its line
	depth   int
	text    strings.Builder
	out     strings.Builder
}

// String gives what was written, without blank lines: one would end the block.
func (w *inlineWriter) String() string {
	w.flush()
	var lines []string
	for line := range strings.SplitSeq(w.out.String(), "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func (w *inlineWriter) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *inlineWriter) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text.WriteString(resolve(n.Segment.Value(w.source)))
		w.breakAfter(n)
	case *ast.String:
		w.text.Write(n.Value)
	case *ast.CodeSpan:
		w.code(n)
	case *ast.Emphasis:
		w.wrap(n, strings.Repeat("*", n.Level))
	case *east.Strikethrough:
		w.wrap(n, "~~")
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.address(string(n.URL(w.source)), string(n.Label(w.source)))
	case *ast.RawHTML:
		w.html(n)
	case *east.TaskCheckBox:
		w.markup(checkBox(n.IsChecked))
	default: // an image among them: its alternative text is its content
		w.children(n)
	}
}

func checkBox(checked bool) string {
	if checked {
		return "[x] "
	}
	return "[ ] "
}

// resolve turns source text into the characters that a reader sees: what a
// backslash escapes stays as it is, entities become their characters.
func resolve(segment []byte) string {
	var b strings.Builder
	from := 0
	for i := 0; i+1 < len(segment); i++ {
		if segment[i] == '\\' && util.IsPunct(segment[i+1]) {
			b.WriteString(html.UnescapeString(string(segment[from:i])))
			b.WriteByte(segment[i+1])
			i++
			from = i + 1
		}
	}
	b.WriteString(html.UnescapeString(string(segment[from:])))
	return b.String()
}

func (w *inlineWriter) breakAfter(n *ast.Text) {
	switch {
	case !n.HardLineBreak() && !n.SoftLineBreak():
	case w.oneLine:
		w.text.WriteByte(' ')
	case n.HardLineBreak():
		w.markup("  \n")
	default:
		w.markup("\n")
	}
}

// markup ends the collected text and writes markup of ours.
func (w *inlineWriter) markup(s string) {
	w.flush()
	w.out.WriteString(s)
}

// flush escapes the collected text. An entity may have spelled a line break or
// a character that cannot be seen, so both are dealt with again.
func (w *inlineWriter) flush() {
	plain := valid(w.text.String())
	w.text.Reset()
	plain, _ = StripInvisible(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(plain))
	first := w.firstOnLine()
	if first {
		plain = strings.TrimLeft(plain, " ")
	}
	w.out.WriteString(escapeText(plain, first))
}

func (w *inlineWriter) firstOnLine() bool {
	written := w.out.String()
	return written == "" && w.start || strings.HasSuffix(written, "\n")
}

// wrap writes emphasis. Space at its edges moves out: within, it would undo
// the markup, and at the start of a line make a list of it.
func (w *inlineWriter) wrap(n ast.Node, mark string) {
	if w.depth >= maxDepth {
		w.children(n)
		return
	}
	inner := w.within(n)
	trimmed := strings.TrimSpace(inner)
	if trimmed == "" {
		w.text.WriteString(" ")
		return
	}
	if strings.HasPrefix(inner, " ") {
		w.text.WriteString(" ")
	}
	w.markup(mark + trimmed + mark)
	if strings.HasSuffix(inner, " ") {
		w.text.WriteString(" ")
	}
}

// within writes what n holds on its own.
func (w *inlineWriter) within(n ast.Node) string {
	inner := inlineWriter{source: w.source, links: w.links, oneLine: w.oneLine, inTable: w.inTable, depth: w.depth + 1}
	inner.children(n)
	inner.flush()
	return inner.out.String()
}

func (w *inlineWriter) code(n *ast.CodeSpan) {
	var code strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			code.Write(t.Segment.Value(w.source))
		}
	}
	span := strings.ReplaceAll(code.String(), "\n", " ")
	if w.inTable {
		span = strings.ReplaceAll(span, "|", `\|`)
	}
	w.markup(codeSpan(span))
}

// link keeps a link that may stay. Of any other it keeps the words, and says
// where it would have led.
func (w *inlineWriter) link(n *ast.Link) {
	to := resolve(n.Destination)
	if w.links.allows(to) && w.depth < maxDepth {
		if words := strings.TrimSpace(w.within(n)); words != "" {
			w.markup("[" + words + "](" + to + ")")
		}
		return
	}
	w.children(n)
	if at := host(to); at != "" {
		w.text.WriteString(" (" + at + ")")
	}
}

// address is an address in angle brackets.
func (w *inlineWriter) address(to, label string) {
	if w.links.allows(to) {
		w.markup("[" + escapeText(label, false) + "](" + to + ")")
		return
	}
	w.text.WriteString(label)
}
