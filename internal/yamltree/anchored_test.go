package yamltree

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseAnchored(t *testing.T) {
	t.Parallel()
	bomb := bombOf(24)
	tests := []struct{ name, text, want string }{
		{"an alias reads as what its anchor holds", "a: &x {b: c}\nd: *x\n", `1:1 {1:1 a=1:4 {1:8 b=1:11 "c"!!str}, 2:1 d=1:4 {1:8 b=1:11 "c"!!str}}`},
		{"an alias inside of its own anchor", "a: &x [*x]\n", "1:8 alias"},
		{"a merge key is no part of GitHub's form", "a: &x {b: c}\nd: {<<: *x}\n", "2:5 merge-key"},
		{"aliases that multiply", bomb, "15:15 too-many-values"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root, findings := ParseAnchored("f.yml", []byte(tt.text))
			var got string
			if len(findings) == 0 {
				got = show(root)
			} else {
				got = strings.TrimPrefix(findings[0].Position.String(), "f.yml:") + " " + findings[0].ID
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// bombOf gives lists that each hold the one before twice.
func bombOf(doublings int) string {
	bomb := "a0: &a0 [x, x]\n"
	for i := range doublings {
		bomb += "a" + string(rune('b'+i)) + ": &a" + string(rune('b'+i)) + " [*a" + previous(i) + ", *a" + previous(i) + "]\n"
	}
	return bomb
}

// TestBombsAreNotBuilt counts what is built of a file that stands for too
// much: nothing. What stands for less is built whole.
func TestBombsAreNotBuilt(t *testing.T) {
	t.Parallel()
	for doublings, built := range map[int]bool{1: true, 12: true, 16: false, 24: false} {
		text := bombOf(doublings)
		p := newParser("f.yml", []byte(text), true)
		root := p.documents()
		if (root != nil) != built || (len(p.findings) == 0) != built {
			t.Errorf("%d doublings: built %t, findings %v", doublings, root != nil, p.findings)
		}
		if !built && p.nodes != 0 {
			t.Errorf("%d doublings: %d values were built before it was refused", doublings, p.nodes)
		}
		if p.nodes > maxRepeated+len(text) {
			t.Errorf("%d doublings: %d values were built", doublings, p.nodes)
		}
	}
}

// TestAnchorsInOneAnother holds the count to aliases that stand in what other
// aliases repeat, and to one inside of itself.
func TestAnchorsInOneAnother(t *testing.T) {
	t.Parallel()
	wide := "a: &a [" + strings.Repeat("x, ", 400) + "x]\nb: &b [" + strings.Repeat("*a, ", 200) + "*a]\n"
	if _, findings := ParseAnchored("f.yml", []byte(wide)); len(findings) != 0 {
		t.Errorf("80,000 values repeated: %v", findings)
	}
	_, findings := ParseAnchored("f.yml", []byte(wide+"c: *b\n"))
	if len(findings) != 1 || findings[0].ID != "too-many-values" || findings[0].Line != 3 {
		t.Errorf("160,000 values repeated: %v", findings)
	}
	if _, findings := ParseAnchored("f.yml", []byte("a: &a {b: &b [*a, *b]}\n")); len(findings) == 0 || findings[0].ID != "alias" {
		t.Errorf("inside of itself: %v", findings)
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
