package pipeline

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

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

// TestWorkflowsInMarkdownAreRead finds those of gh aw among the workflows, and
// leaves other pages alone.
func TestWorkflowsInMarkdownAreRead(t *testing.T) {
	t.Parallel()
	const front = "---\non: push\nengine: claude\n---\nSay hello.\n"
	root := fstest.MapFS{
		".github/workflows/a.md": {Data: []byte(front)}, ".github/workflows/README.md": {Data: []byte("# How\n")},
		".github/workflows/shared/b.md": {Data: []byte(front)}, "docs/c.md": {Data: []byte(front)},
	}
	files, err := LintRepository(root)
	if err != nil || len(files) != 1 || files[0].Name != ".github/workflows/a.md" || !lintsAsWorkflow(files[0]) {
		t.Errorf("read %v, %v", files, err)
	}
	paths := []string{".github/workflows/a.md", ".github/workflows/x.yml", "README.md", ".github/workflows/shared/b.md"}
	if diff := cmp.Diff(paths[:2], lintPaths(paths, "routing-policy.yml")); diff != "" {
		t.Errorf("at the head (-want +got):\n%s", diff)
	}
}
