package sanitize

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var (
	htmlComment = lazily(`(?s)<!--.*?(?:--!?>|$)`)
	htmlTag     = lazily(`(?s)</?[A-Za-z!?][^>]*>?`)
	tagName     = lazily(`^</?([A-Za-z][A-Za-z0-9-]*)`)
	bareTag     = lazily(`^</?[A-Za-z][A-Za-z0-9-]*\s*/?>$`)
	altText     = lazily(`(?is)\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	// opaque elements hold no words for a reader.
	opaque = lazily(`(?is)<script\b.*?(?:</script\s*>|$)|<style\b.*?(?:</style\s*>|$)|<svg\b.*?(?:</svg\s*>|$)|` +
		`<math\b.*?(?:</math\s*>|$)|<iframe\b.*?(?:</iframe\s*>|$)|<object\b.*?(?:</object\s*>|$)`)
)

// html drops a tag within a line, or shows it. Content of an opaque element
// that stands between two tags of one line stays as text, which cannot act.
func (w *inlineWriter) html(n *ast.RawHTML) {
	var tag strings.Builder
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		tag.Write(segment.Value(w.source))
	}
	w.text.WriteString(tagText(tag.String()))
}

// html writes the words of a block of HTML, each line of it on a line.
func (b blocks) html(n *ast.HTMLBlock) string {
	source := b.lines(n)
	if n.HasClosure() {
		source += string(n.ClosureLine.Value(b.source))
	}
	source = opaque().ReplaceAllString(htmlComment().ReplaceAllString(source, ""), "")
	w := inlineWriter{start: true}
	for line := range strings.SplitSeq(htmlTag().ReplaceAllStringFunc(source, tagText), "\n") {
		w.text.WriteString(line)
		w.markup("\n")
	}
	return w.String()
}

// tagText is what a reader gets of a tag: the alternative text of an image;
// nothing of a comment, of a tag with attributes and of one that only shapes
// text; else the tag itself, for "List<String>" was hardly meant as HTML.
func tagText(tag string) string {
	name := tagName().FindStringSubmatch(tag)
	switch {
	case name == nil:
		return ""
	case strings.EqualFold(name[1], "img"):
		return alternative(tag)
	case strings.EqualFold(name[1], "br"):
		return " "
	case !bareTag().MatchString(tag) || slices.Contains(shapingTags(), strings.ToLower(name[1])):
		return ""
	}
	return tag
}

func alternative(tag string) string {
	m := altText().FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return resolve([]byte(m[1] + m[2] + m[3]))
}

// shapingTags are those that GitHub renders and that say nothing themselves,
// and those that embed.
func shapingTags() []string {
	return []string{
		"a", "audio", "b", "blockquote", "center", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure",
		"font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "iframe", "ins", "kbd", "li", "math", "object", "ol", "p", "picture", "pre",
		"q", "s", "samp", "script", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table",
		"tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "video",
	}
}
