package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

var (
	ourHTML = regexp.MustCompile(`^(</?details>|<summary>[A-Za-z ]+</summary>)$`)
	codeTag = regexp.MustCompile(`(?s)<pre>.*?</pre>|<code>.*?</code>`)
	mention = regexp.MustCompile(`(^|[^\p{L}\p{N}])[@＠][\p{L}\p{N}]`)
	closing = regexp.MustCompile(`(?i)(fix|close|resolve)(e?s|e?d)? #\d`)
	anyTag  = regexp.MustCompile(`<[^>]*>`)
)

// checkPage renders a page as GitHub would and says what a stranger could
// have put into it: raw HTML, images, links, mentions, broken tables, a
// swallowed rest.
func checkPage(t *testing.T, s Session, page string) {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	source := []byte(page)
	doc := md.Parser().Parse(text.NewReader(source))
	rows, opened := -1, 0
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			opened += checkHTMLBlock(t, n, source)
		case *ast.RawHTML:
			t.Errorf("raw HTML: %q", n.Segments.Value(source))
		case *ast.Image:
			t.Errorf("an image: %q", n.Destination)
		case *ast.Link:
			t.Errorf("a link: %q", n.Destination)
		case *ast.AutoLink:
			t.Errorf("a bare link: %q", n.URL(source))
		case *east.Table:
			if rows < 0 {
				rows = n.ChildCount() - 1
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows != len(s.Results) {
		t.Errorf("%d rows for %d tasks", rows, len(s.Results))
	}
	if opened != 0 {
		t.Errorf("details opened less closed: %d", opened)
	}
	checkColumns(t, page)
	checkWords(t, md, source)
}

func checkHTMLBlock(t *testing.T, n *ast.HTMLBlock, source []byte) int {
	t.Helper()
	opened := 0
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		line := strings.TrimSpace(string(segment.Value(source)))
		if line != "" && !ourHTML.MatchString(line) {
			t.Errorf("HTML that is not ours: %q", line)
		}
		opened += strings.Count(line, "<details>") - strings.Count(line, "</details>")
	}
	return opened
}

// checkColumns counts the cells of every table row in the source: a renderer
// hides a surplus one.
func checkColumns(t *testing.T, page string) {
	t.Helper()
	want := 0
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "|-") {
			want = 0
			continue
		}
		bars := strings.Count(line, "|") - strings.Count(line, `\|`)
		if want == 0 {
			want = bars
		}
		if bars != want {
			t.Errorf("%d bars, the head of the table has %d: %q", bars, want, line[:min(len(line), 300)])
		}
	}
}

func checkWords(t *testing.T, md goldmark.Markdown, source []byte) {
	t.Helper()
	var out bytes.Buffer
	if err := md.Convert(source, &out); err != nil {
		t.Fatal(err)
	}
	words := anyTag.ReplaceAllString(codeTag.ReplaceAllString(out.String(), " "), " ")
	if at := mention.FindStringIndex(words); at != nil {
		t.Errorf("a mention: %q", words[at[0]:min(len(words), at[1]+20)])
	}
	if found := closing.FindString(words); found != "" {
		t.Errorf("a closing keyword: %q", found)
	}
	for _, sign := range []string{"\u202e", "\x1b", "\x00", "\ufeff"} {
		if strings.Contains(string(source), sign) {
			t.Errorf("a hidden character %q", sign)
		}
	}
}
