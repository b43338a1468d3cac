package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSignalsThatMissTheSameAreToldTogether(t *testing.T) {
	t.Parallel()
	got := notExamined([]string{"cross-service: only a part was seen", "a: no tree", "b: no history", "c: no tree"})
	want := []string{"cross-service: only a part was seen", "a, c: no tree", "b: no history"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := notExamined(nil); len(got) != 0 {
		t.Errorf("%q", got)
	}
}
