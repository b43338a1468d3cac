package lint

import (
	"strings"
	"testing"
)

// TestWhatShowsABriefPassesNoSecretOn: the lines of a secret are covered, and
// every other one stands as it was written.
func TestWhatShowsABriefPassesNoSecretOn(t *testing.T) {
	t.Parallel()
	key := "-----BEGIN KEY-----\nMIIEvQ\n-----END KEY-----"
	w := World{Redact: func(text string) (string, []string) {
		if !strings.Contains(text, key) {
			return redactExample(text)
		}
		return strings.ReplaceAll(text, key, "[redacted:private-key]"), []string{"private-key"}
	}}
	for text, want := range map[string]string{
		"Fix it.\nAll of it.":                            "Fix it.\nAll of it.",
		"Fix it.\r\ntoken " + exampleToken() + "\r\nnow": "Fix it.\n***** ****************************************\nnow",
		"é€😀 " + exampleToken() + "\nfine":               "·•🞄 ****************************************\nfine",
		"with\n" + key + "\nin it":                       "with\n********** ********\n******\n******** ********\nin it",
	} {
		b := Brief{Source: NewSource("brief", []byte(text))}
		got := b.Shown(w)
		if got.Text != want {
			t.Errorf("%q is shown as %q, want %q", text, got.Text, want)
		}
		for n := 1; n <= b.Lines(); n++ {
			if len(got.Line(n)) != len(b.Line(n)) {
				t.Errorf("line %d of %q has %d bytes, want %d", n, text, len(got.Line(n)), len(b.Line(n)))
			}
		}
	}
	b := Brief{Source: NewSource("brief", []byte("token "+exampleToken()))}
	if got := b.Shown(World{}); got.Text != b.Text {
		t.Errorf("without a detector nothing is covered: %q", got.Text)
	}
}
