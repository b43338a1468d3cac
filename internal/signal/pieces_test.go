package signal

import (
	"strings"
	"testing"
)

func TestPiecesLoseNothing(t *testing.T) {
	t.Parallel()
	const danger = "rejectUnauthorized: false"
	for before := longLine - 300; before < longLine+100; before++ {
		text := "+" + strings.Repeat("x", before) + ";" + danger + ";" + strings.Repeat("y", 3*longLine)
		if len(checkDisabled().Hits(edit("a.js", text))) == 0 {
			t.Fatalf("%d characters hide it", before)
		}
	}
	total := 0
	for _, p := range pieces(strings.Repeat("a", 1<<20)) {
		total += len(p)
	}
	if total > 1<<20+1<<18 {
		t.Errorf("%d characters are read of %d", total, 1<<20)
	}
	if got := pieces("a"); len(got) != 1 || got[0] != "a" {
		t.Errorf("%q", got)
	}
}

func TestAPieceIsNoComment(t *testing.T) {
	t.Parallel()
	text := "+" + strings.Repeat("x", longLine-overlap) + "// rejectUnauthorized: false" + strings.Repeat("y", longLine)
	if len(checkDisabled().Hits(edit("a.js", text))) == 0 {
		t.Error("what looks like a comment at a cut hides it")
	}
}
