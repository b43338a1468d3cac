package lint

import (
	"strings"
	"testing"
)

// TestALineOfTooManyFindingsIsCut: what stands on one line ten thousand times
// is told a hundred times and counted.
func TestALineOfTooManyFindingsIsCut(t *testing.T) {
	t.Parallel()
	var hits []Hit
	s := NewSource("a.yml", nil)
	for i := range 10_000 {
		hits = append(hits, Hit{Pos: s.At(3, i+1), Message: "x"})
	}
	hits = append(hits, Hit{Pos: s.At(4, 1), Message: "y"}, Hit{Pos: s.At(4, 1), Message: "y"})
	list := Rule{ID: "r"}.findings(hits)
	if len(list) != maxOnLine+1 {
		t.Fatalf("%d findings", len(list))
	}
	if got := list[maxOnLine-1].Message; got != "x (and 9900 more on this line)" {
		t.Errorf("the last one says %q", got)
	}
	if got := list[maxOnLine].Message; strings.Contains(got, "more") {
		t.Errorf("another line says %q", got)
	}
}
