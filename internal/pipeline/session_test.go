package pipeline

import "testing"

func TestOnlyOneHeadHasAnEarlierWordToStand(t *testing.T) {
	t.Parallel()
	label := Work{PullNumber: 7, SkipAuxiliary: "the label means nothing to the policy"}
	if label.stoodAside() != label.SkipAuxiliary {
		t.Error("a label on a head that an earlier run looked at")
	}
	group := Work{SkipAuxiliary: "merge group: only the critical path runs"}
	if group.stoodAside() != "" {
		t.Error("a merge group has a head of its own")
	}
}
