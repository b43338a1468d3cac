package sanitize

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

const (
	// maxMarkdown bounds the work; a comment on GitHub holds 65,536 characters.
	maxMarkdown = 128 << 10
	// maxDepth bounds nesting: each level copies what it holds.
	maxDepth = 12
	// topHeading is the highest level that a model's heading may have, so that
	// none of them passes for a heading of ours.
	topHeading = 4
)

var (
	plainLanguage = lazily(`^[A-Za-z0-9+._-]{1,20}$`)
	// deepMarkers are more markers of quotes and lists than anybody nests.
	deepMarkers = lazily(`(?m)^((?:[ \t]*(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])){30})(?:[ \t]*(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t]))+`)
)

// Markdown rewrites a model's markdown so that it can only be read. It is
// parsed as GitHub Flavored Markdown and written anew from the tree, so only
// what is named here can come out: headings (level 4 and lower), paragraphs,
// emphasis, code, lists, quotes, tables, rules, and links that allow permits.
//
//   - Any other link becomes its words and the host in parentheses; one that
//     is no web page (javascript:, data:, mailto:) its words alone. Bare
//     addresses are broken.
//   - Images become their alternative text, HTML tags go or are shown as text,
//     HTML comments go.
//   - Mentions, references to issues and a "/command" at the start of a line
//     are broken with U+200B, those within code excepted: there they do not act.
//   - Code keeps its text; fences are always closed; those that GitHub renders
//     (mermaid, math, maps, models) or offers to apply (suggestion) become
//     plain text.
//
// Text over 128 KiB is cut, and says so.
func Markdown(s string, allow Links) string {
	s, _ = StripInvisible(valid(s))
	note := ""
	if len(s) > maxMarkdown {
		s, note = bounded(s), fmt.Sprintf("\n\n\\[cut here: longer than %d bytes\\]", maxMarkdown)
	}
	source := []byte(tame(s))
	parser := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList)).Parser()
	b := blocks{source: source, links: allow}
	return b.children(parser.Parse(text.NewReader(source)), false) + note
}

// tame takes out what makes the parser's time grow with the square of the
// text: quotes in quotes by the thousand, and as many openings of links.
func tame(s string) string {
	const mostLinks = 1000
	s = deepMarkers().ReplaceAllString(s, "$1")
	if strings.Count(s, "](") > mostLinks {
		s = strings.ReplaceAll(s, "](", "] (")
	}
	return s
}

// bounded cuts s to maxMarkdown bytes, on a character's border.
func bounded(s string) string {
	n := maxMarkdown
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// blocks writes block nodes.
type blocks struct {
	source []byte
	links  Links
	depth  int
}

// children writes the blocks in n, a blank line between them. In a tight list
// item a paragraph and a list below it stand together.
func (b blocks) children(n ast.Node, tight bool) string {
	var out strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		block := b.block(c)
		if block == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n" + breakLine(!tight || !continuesTight(c)))
		}
		out.WriteString(block)
	}
	return out.String()
}

func breakLine(yes bool) string {
	if yes {
		return "\n"
	}
	return ""
}

// continuesTight says that a list may follow a paragraph without a blank line:
// a numbered one only from 1 (CommonMark 0.31, 5.3).
func continuesTight(n ast.Node) bool {
	list, ok := n.(*ast.List)
	return ok && (!list.IsOrdered() || list.Start == 1)
}

func (b blocks) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return b.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		return b.inline(n, false, false)
	case *ast.ThematicBreak:
		return "***"
	case *ast.FencedCodeBlock:
		return fence(b.lines(n), string(n.Language(b.source)))
	case *ast.CodeBlock:
		return fence(b.lines(n), "")
	case *ast.HTMLBlock:
		return b.html(n)
	case *ast.Blockquote:
		return b.deeper(n, func(inner string) string { return prefixLines(inner, "> ", "> ") })
	case *ast.List:
		return b.list(n)
	case *east.Table:
		return b.table(n)
	default:
		return b.children(n, false)
	}
}

// deeper writes what n holds one level down. Below maxDepth the levels no
// longer show; the words do.
func (b blocks) deeper(n ast.Node, wrap func(string) string) string {
	if b.depth >= maxDepth {
		return b.children(n, false)
	}
	b.depth++
	inner := b.children(n, false)
	if inner == "" {
		return ""
	}
	return wrap(inner)
}

func (b blocks) heading(n *ast.Heading) string {
	words := b.inline(n, true, false)
	if words == "" {
		return ""
	}
	return strings.Repeat("#", min(6, n.Level+topHeading-1)) + " " + words
}

func (b blocks) list(n *ast.List) string {
	if b.depth >= maxDepth {
		return b.children(n, false)
	}
	b.depth++
	var items []string
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		content := b.children(c, n.IsTight)
		if content == "" {
			continue
		}
		marker := "- "
		if n.IsOrdered() {
			marker = fmt.Sprintf("%d. ", min(number, 999_999_999))
			number++
		}
		items = append(items, prefixLines(content, marker, strings.Repeat(" ", len(marker))))
	}
	return strings.Join(items, "\n"+breakLine(!n.IsTight))
}

// prefixLines puts first before the first line and rest before the others;
// blank lines take no trailing space.
func prefixLines(s, first, rest string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		lines[i] = strings.TrimRight(prefix, " ")
		if line != "" {
			lines[i] = prefix + line
		}
	}
	return strings.Join(lines, "\n")
}

func (b blocks) lines(n ast.Node) string {
	var code strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		code.Write(line.Value(b.source))
	}
	return code.String()
}

// fence writes a closed code block. Only a plain word stays as its language,
// and none that GitHub renders into something else than code: in a review
// comment a suggestion is a button that commits it.
func fence(code, language string) string {
	switch strings.ToLower(language) {
	case "mermaid", "math", "geojson", "topojson", "stl", "suggestion":
		language = "text"
	}
	if !plainLanguage().MatchString(language) {
		language = ""
	}
	mark := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	return mark + language + "\n" + strings.TrimSuffix(code, "\n") + "\n" + mark
}

func (b blocks) table(n *east.Table) string {
	var rows []string
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		row := "|"
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			row += " " + b.inline(c, true, true) + " |"
		}
		rows = append(rows, row)
		if len(rows) == 1 {
			rows = append(rows, delimiterRow(n.Alignments))
		}
	}
	return strings.Join(rows, "\n")
}

func delimiterRow(columns []east.Alignment) string {
	row := "|"
	for _, a := range columns {
		switch a {
		case east.AlignLeft:
			row += " :--- |"
		case east.AlignRight:
			row += " ---: |"
		case east.AlignCenter:
			row += " :---: |"
		default:
			row += " --- |"
		}
	}
	return row
}
