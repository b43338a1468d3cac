package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// TestHooksOfPreCommitCallWhatIsThere reads .pre-commit-hooks.yaml as
// pre-commit does: each entry with its args is a command of this program, and
// files: names what that command reads.
func TestHooksOfPreCommitCallWhatIsThere(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	root, findings := yamltree.Parse(".pre-commit-hooks.yaml", data)
	if root == nil || len(root.Items) != 2 {
		t.Fatalf("want a list of two hooks: %v", findings)
	}
	meant := map[string]map[string]bool{
		"tierwise-lint":        {"routing-policy.yml": true, ".github/workflows/ai.yml": true, ".github/workflows/ai.yaml": true, ".github/actions/ask/action.yml": true, ".github/actions/ask/names.yml": false, "docs/routing-policy.yml": false, "src/a.go": false},
		"tierwise-lint-briefs": {"tasks/a.md": true, "tasks/deeper/b.txt": true, "docs/tasks/a.md": false},
	}
	for _, hook := range root.Items {
		id, files := valueOf(hook, "id").Text, regexp.MustCompile(valueOf(hook, "files").Text)
		if len(meant[id]) == 0 {
			t.Errorf("%q is a hook that nobody looks at here", id)
		}
		for path, want := range meant[id] {
			if files.MatchString(path) != want {
				t.Errorf("%s: %s is passed: %t, want %t", id, path, !want, want)
			}
		}
		words := strings.Fields(valueOf(hook, "entry").Text)
		if args := valueOf(hook, "args"); args != nil {
			for _, item := range args.Items {
				words = append(words, item.Text)
			}
		}
		if words[0] != "tierwise" || words[1] != "lint" || valueOf(hook, "language").Text != "golang" {
			t.Errorf("%s runs %v", id, words)
		}
		if err := lintCommand(Process{}).ParseFlags(words[2:]); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func valueOf(n *yamltree.Node, key string) *yamltree.Node {
	for _, e := range n.Entries {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}
