package lint

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// TestInputNamesAreThoseOfTheAction keeps the rule in step with action.yml.
func TestInputNamesAreThoseOfTheAction(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	root, findings := yamltree.Parse("action.yml", data)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	var want []string
	for _, e := range root.Entries {
		if e.Key == "inputs" {
			for _, in := range e.Value.Entries {
				want = append(want, in.Key)
			}
		}
	}
	if diff := cmp.Diff(want, tierwiseInputNames()); diff != "" {
		t.Errorf("(-action.yml +rule):\n%s", diff)
	}
	for _, in := range tierwiseWords() {
		if !slices.Contains(want, in.name) {
			t.Errorf("action.yml has no input %s", in.name)
		}
	}
}
