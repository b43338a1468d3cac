package cli

import (
	"fmt"
	"strings"
	"testing"
)

// TestNobodyWaitsForABriefOfMegabytes: a body of the platform is read, and
// what is longer is refused before it is looked at.
func TestNobodyWaitsForABriefOfMegabytes(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("\U0001F600", 65_536)
	for text, refused := range map[string]bool{"": false, longest: false, longest + "a": true} {
		if err := boundedBrief("the brief", text); (err != nil) != refused {
			t.Errorf("a brief of %d bytes: %v", len(text), err)
		}
		_, _, err := readItem(fmt.Appendf(nil, `{"id":"1","brief":%q}`, strings.ReplaceAll(text, "\U0001F600", "long")))
		if (err != nil) != refused {
			t.Errorf("a line with a brief of %d bytes: %v", len(text), err)
		}
	}
}
