package lint

import (
	"testing"

	"github.com/tierwise/tierwise/internal/yamltree"
)

func TestPlacesOfASource(t *testing.T) {
	t.Parallel()
	s := NewSource("f", []byte("\ufeffab\r\ncd é x\n"))
	for at, want := range map[int]string{0: "f:1:1", 1: "f:1:2", 4: "f:2:1", 7: "f:2:4", -5: "f:1:1", 999: "f:3:1"} {
		if got := s.Offset(at).String(); got != want {
			t.Errorf("offset %d is at %s, want %s", at, got, want)
		}
	}
	if s.Line(1) != "ab" || s.Line(0) != "" || s.Line(9) != "" {
		t.Errorf("lines: %q, %q, %q", s.Line(1), s.Line(0), s.Line(9))
	}
	pos, end, ok := s.Find(s.At(1, 2), "d é")
	if !ok || pos.String() != "f:2:2" || end != 6 {
		t.Errorf("found at %s to %d, %t", pos, end, ok)
	}
	if _, _, ok := s.Find(s.At(2, 3), "cd"); ok {
		t.Error("found what stands before")
	}
}

func TestSpanOfAScalar(t *testing.T) {
	t.Parallel()
	text := "a: plain # why\nb: 'it''s'\nc: \"x\"\nd: \"\\t\"\ne: |\n  block\n"
	s := NewSource("f", []byte(text))
	root, findings := yamltree.Parse("f", []byte(text))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	want := []int{9, 11, 7, 0, 0} // an escape and a block are written in another way than they read
	for i, e := range root.Entries {
		if got := s.Span(e.Value); got != want[i] {
			t.Errorf("%s ends at %d, want %d", e.Key, got, want[i])
		}
	}
	if s.Span(nil) != 0 {
		t.Error("nothing has a span")
	}
}
