package signal

import (
	"strings"
	"testing"
)

func TestADangerInALongLineIsFound(t *testing.T) {
	t.Parallel()
	for _, at := range []int{0, 500, longLine - 10, longLine, 5 * longLine, 100_000} {
		text := "+" + strings.Repeat("x ", at/2) + `"Action": "*"` + strings.Repeat(" y", 200_000)
		if len(accessWidened().Hits(hunkOf("iam/a.json", text))) == 0 {
			t.Errorf("quiet at %d", at)
		}
	}
}
