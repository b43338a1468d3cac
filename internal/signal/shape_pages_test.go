package signal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEachShapeHasAPageAndEachPageIsComplete(t *testing.T) {
	t.Parallel()
	var paged []Shape
	for _, p := range ShapePages() {
		paged = append(paged, p.Shape)
		if p.Summary == "" || p.Why == "" || p.Example == "" || p.Fix == "" {
			t.Errorf("the page of %s lacks a part: %+v", p.Shape, p)
		}
	}
	if diff := cmp.Diff(Shapes(), paged); diff != "" {
		t.Errorf("pages of shapes (-shapes +pages):\n%s", diff)
	}
}

func TestNoShapeHasTheNameOfASignal(t *testing.T) {
	t.Parallel()
	shapes := map[string]bool{}
	for _, s := range Shapes() {
		shapes[string(s)] = true
	}
	for _, s := range All() {
		if shapes[s.ID] {
			t.Errorf("%s is a signal and a shape, and explain knows one page of it", s.ID)
		}
	}
}
