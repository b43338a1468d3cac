package pipeline

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestSettingsOfAgentsAreRead reads those that are plain files, and leaves the
// others unknown.
func TestSettingsOfAgentsAreRead(t *testing.T) {
	t.Parallel()
	root := fstest.MapFS{
		".claude/settings.json": {Data: []byte(`{"model": "claude-opus-5-5"}`)}, ".gemini/settings.json/x": {Data: []byte("a folder")},
		".claude/settings.local.json": {Data: []byte("{}")},
	}
	if diff := cmp.Diff(map[string]string{".claude/settings.json": `{"model": "claude-opus-5-5"}`}, readConfigs(root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
