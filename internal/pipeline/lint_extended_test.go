package pipeline

import "testing"

// TestOnlyWhatMayExtendIsReadAsAPolicy holds the first look to every way in
// which YAML writes the key.
func TestOnlyWhatMayExtendIsReadAsAPolicy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"version: 1\nextends: a/b@c\n": true, "{\"extends\": x}": true, "\"ext\\u0065nds\": x": true, "'extends' : x": true,
		"on: push\njobs: {}\n": false, "version: 1\n": false,
	} {
		if got := mayExtend([]byte(text)); got != want {
			t.Errorf("%q may extend: %t", text, got)
		}
	}
}
