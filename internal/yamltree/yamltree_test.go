package yamltree

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{
			"a mapping with every kind of scalar",
			"a: text\nb: 010\nc: 2027-02-15\nd: yes\ne: true\nf: \"1\"\ng:\nh: 1.50\n",
			`1:1 {1:1 a=1:4 "text"!!str, 2:1 b=2:4 "010"!!int, 3:1 c=3:4 "2027-02-15"!!timestamp, 4:1 d=4:4 "yes"!!str, ` +
				`5:1 e=5:4 "true"!!bool, 6:1 f=6:4 "1"!!str, 7:1 g=7:3 ""!!null, 8:1 h=8:4 "1.50"!!float}`,
		},
		{"a list in a list", "- [a, b]\n- []\n", `1:1 [1:3 [1:4 "a"!!str, 1:7 "b"!!str], 2:3 []]`},
		{"columns count bytes", "ä: {ö: b}\n", `1:1 {1:1 ä=1:5 {1:6 ö=1:10 "b"!!str}}`},
		{"a byte order mark is not part of the first line", "\ufeffa: b\n", `1:1 {1:1 a=1:4 "b"!!str}`},
		{"carriage returns end lines with newlines", "a: b\r\nc: d\r\n", `1:1 {1:1 a=1:4 "b"!!str, 2:1 c=2:4 "d"!!str}`},
		{"one document between markers", "---\na: b\n...\n", `2:1 {2:1 a=2:4 "b"!!str}`},
		{"text over several lines", "a: |\n  x\n  y\nb: >\n  z\n", `1:1 {1:1 a=1:4 "x\ny\n"!!str, 4:1 b=4:4 "z\n"!!str}`},
		{"keys are text whatever they look like", "1: a\ntrue: b\n", `1:1 {1:1 1=1:4 "a"!!str, 2:1 true=2:7 "b"!!str}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root, findings := Parse("f.yml", []byte(tt.text))
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			if diff := cmp.Diff(tt.want, show(root)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string // "line:col id", one a finding
	}{
		{"nothing", "", []string{"1:1 empty"}},
		{"comments alone", "# a\n\n# b\n", []string{"1:1 empty"}},
		{"an empty document", "---\n", []string{"1:1 empty"}},
		{"a second document", "a: b\n---\nc: d\n", []string{"3:1 second-document"}},
		{"a second document that is empty", "a: b\n---\n", []string{"3:1 second-document"}},
		{"a second document that is broken", "a: b\n---\nc: [\n", []string{"3:1 yaml-syntax"}},
		{"a key twice", "a: b\nc: d\na: e\n", []string{"3:1 duplicate-key"}},
		{"a key twice, once in quotes", "a: b\n'a': e\n", []string{"2:1 duplicate-key"}},
		{"a key three times, deep inside", "x:\n  - {a: 1, a: 2, a: 3}\n", []string{"2:12 duplicate-key", "2:18 duplicate-key"}},
		{"an alias", "a: &x b\nc: *x\n", []string{"1:4 anchor", "2:4 alias"}},
		{"an alias of nothing", "a: b\nc: *x\n", []string{"2:1 yaml-syntax"}},
		{"an alias as a key", "a: &x b\n*x : c\n", []string{"1:4 anchor", "2:1 alias"}},
		{"a merge key", "a:\n  <<: {b: c}\n", []string{"2:3 merge-key"}},
		{"a key that is a list", "? [a]\n: b\n", []string{"1:3 complex-key"}},
		{"a key that is missing", "a: b\n\"\": c\n", []string{"2:1 complex-key"}},
		{"a tag", "a: !!binary eA==\nb: !own c\n", []string{"1:4 explicit-tag", "2:4 explicit-tag"}},
		{"a bracket that never closes", "a: b\nc: [d,\n  e\nf: g\n", []string{"2:1 yaml-syntax"}},
		{"a quote that never closes", "a: b\nc: \"d\ne: f\n", []string{"2:1 yaml-syntax"}},
		{"a tab as indentation", "a:\n\tb: c\n", []string{"2:2 yaml-syntax"}},
		{"indentation that fits nothing", "a:\n  - x\n - y\n", []string{"3:2 yaml-syntax"}},
		{"two colons", "a: b\nc: d: e\nf: g\n", []string{"2:1 yaml-syntax"}},
		{"a NUL", "a: b\nc: \x00\n", []string{"2:4 invalid-character"}},
		{"an escape character", "a: \x1b[0m\n", []string{"1:4 invalid-character"}},
		{"broken UTF-8", "ä: \xff\n", []string{"1:5 invalid-character"}},
		{"UTF-16", "\xff\xfea\x00", []string{"1:1 invalid-character"}},
		{"a line end that only YAML sees", "a: b # x\u2028c: d\n", []string{"1:9 invalid-character"}},
		{"a carriage return alone", "a: b\rc: d\n", []string{"1:5 invalid-character"}},
		{"a megabyte and more", strings.Repeat("#", 1<<20+1), []string{"1:1 too-large"}},
		{"a well", strings.Repeat("[", 102) + strings.Repeat("]", 102), []string{"1:102 too-deep"}},
		{"a bottomless well", strings.Repeat("[", 1<<20), []string{"1:1 yaml-syntax"}},
		{"a long broken file keeps the library's line", "a: [\n" + strings.Repeat("  x,\n", 10000), []string{"10001:3 yaml-syntax"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := Parse("f.yml", []byte(tt.text))
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Col, f.ID))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAnAliasBombStaysSmall holds the classic: nine levels of nine aliases.
func TestAnAliasBombStaysSmall(t *testing.T) {
	t.Parallel()
	bomb := "a0: &a0 [x]\n"
	for i := 1; i < 10; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	root, findings := Parse("f.yml", []byte(bomb))
	if len(findings) != 10 || count(root) > 11 {
		t.Errorf("%d findings and %d nodes, want one finding a line and no copies", len(findings), count(root))
	}
}

// TestMistakesLeaveTheRestReadable lets the reader of the tree report its own
// findings beside these.
func TestMistakesLeaveTheRestReadable(t *testing.T) {
	t.Parallel()
	root, findings := Parse("f.yml", []byte("a: 1\na: 2\nb: &x c\nd: e\n"))
	if len(findings) != 2 {
		t.Errorf("findings = %v, want 2", findings)
	}
	const want = `1:1 {1:1 a=1:4 "1"!!int, 3:1 b=3:4 unread, 4:1 d=4:4 "e"!!str}`
	if diff := cmp.Diff(want, show(root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func show(n *Node) string {
	at := fmt.Sprintf("%d:%d ", n.Pos.Line, n.Pos.Col)
	var parts []string
	switch n.Kind {
	case Scalar:
		return at + fmt.Sprintf("%q", n.Text) + n.Tag
	case List:
		for _, item := range n.Items {
			parts = append(parts, show(item))
		}
		return at + "[" + strings.Join(parts, ", ") + "]"
	case Mapping:
		for _, e := range n.Entries {
			parts = append(parts, fmt.Sprintf("%d:%d %s=%s", e.Pos.Line, e.Pos.Col, e.Key, show(e.Value)))
		}
		return at + "{" + strings.Join(parts, ", ") + "}"
	default:
		return at + n.Kind.String()
	}
}

func count(n *Node) int {
	if n == nil {
		return 0
	}
	total := 1
	for _, item := range n.Items {
		total += count(item)
	}
	for _, e := range n.Entries {
		total += count(e.Value)
	}
	return total
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: [b, {c: d}]\n", "a: &x b\nc: *x\n", "a: |\n x\n---\n", "? a\n: b", "ä: \"\\u00e4\"\n", "- - - a\n# c\n", "a: b\n: c: d"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, findings := Parse("f.yml", data)
		if root == nil && len(findings) == 0 {
			t.Error("nothing read and nothing said")
		}
		lines := strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
		for _, found := range findings {
			inside(t, lines, found.Line, found.Col)
			if found.ID == "" || found.Message == "" || strings.Contains(found.Message, "\n") {
				t.Errorf("finding %+v", found)
			}
		}
		if root != nil {
			walk(t, lines, root)
		}
	})
}

func walk(t *testing.T, lines []string, n *Node) {
	inside(t, lines, n.Pos.Line, n.Pos.Col)
	for _, item := range n.Items {
		walk(t, lines, item)
	}
	seen := map[string]bool{}
	for _, e := range n.Entries {
		inside(t, lines, e.Pos.Line, e.Pos.Col)
		if seen[e.Key] {
			t.Errorf("key %q twice", e.Key)
		}
		seen[e.Key] = true
		walk(t, lines, e.Value)
	}
}

func inside(t *testing.T, lines []string, line, col int) {
	t.Helper()
	if line < 1 || line > len(lines) || col < 1 || col > len(lines[line-1])+1 {
		t.Errorf("place %d:%d is outside the file", line, col)
	}
}
