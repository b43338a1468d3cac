package yamltree

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseAnchored(t *testing.T) {
	t.Parallel()
	bomb := "a0: &a0 [x, x]\n"
	for i := range 24 {
		bomb += "a" + string(rune('b'+i)) + ": &a" + string(rune('b'+i)) + " [*a" + previous(i) + ", *a" + previous(i) + "]\n"
	}
	tests := []struct{ name, text, want string }{
		{"an alias reads as what its anchor holds", "a: &x {b: c}\nd: *x\n", `1:1 {1:1 a=1:4 {1:8 b=1:11 "c"!!str}, 2:1 d=1:4 {1:8 b=1:11 "c"!!str}}`},
		{"an alias inside of its own anchor", "a: &x [*x]\n", "1:8 alias"},
		{"a merge key is no part of GitHub's form", "a: &x {b: c}\nd: {<<: *x}\n", "2:5 merge-key"},
		{"aliases that multiply", bomb, "too-many-values"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root, findings := ParseAnchored("f.yml", []byte(tt.text))
			got := show(root)
			if len(findings) > 0 {
				got = strings.TrimPrefix(findings[0].Position.String(), "f.yml:") + " " + findings[0].ID
			}
			if tt.want == "too-many-values" && len(findings) == 1 {
				got = findings[0].ID
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func previous(i int) string {
	if i == 0 {
		return "0"
	}
	return string(rune('a' + i))
}

func TestStyles(t *testing.T) {
	t.Parallel()
	root, findings := Parse("f.yml", []byte("a: b\nc: 'd'\ne: \"f\"\ng: |\n  h\ni: >\n  j\nk: [l]\nm:\n  - n\n"))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	var got []Style
	for _, e := range root.Entries {
		got = append(got, e.Value.Style)
	}
	if diff := cmp.Diff([]Style{Plain, SingleQuoted, DoubleQuoted, Literal, Folded, Flow, Plain}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
