package task

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
)

func TestAPatchBecomesSuggestionsWhereTheChangeIsShown(t *testing.T) {
	t.Parallel()
	// The head has lines 1 to 9; the change shows 3 to 6.
	files, err := change.Parse(strings.NewReader("diff --git a/a.go b/a.go\n--- a/a.go\n+++ b/a.go\n@@ -3,3 +3,4 @@\n l3\n-gone\n+l4\n+l5\n l6\n"))
	if err != nil {
		t.Fatal(err)
	}
	ch := change.Change{Files: files}
	head := "l1\nl2\nl3\nl4\nl5\nl6\nl7\nl8\nl9\n"
	tests := []struct {
		name  string
		edits []edit
		want  []Suggestion
		left  int
	}{
		{"lines above a line that is shown", []edit{{"a.go", "l4\n", "// x\nl4\n"}}, []Suggestion{{"a.go", 4, 4, "// x\nl4"}}, 0},
		{"lines below the last that is shown", []edit{{"a.go", "l6\n", "l6\n// x\n"}}, []Suggestion{{"a.go", 6, 6, "l6\n// x"}}, 0},
		{"lines in place of others", []edit{{"a.go", "l4\nl5\n", "k\n"}}, []Suggestion{{"a.go", 4, 5, "k"}}, 0},
		{"lines that the change does not show", []edit{{"a.go", "l8\n", "// x\nl8\n"}}, nil, 1},
		{"lines that are shown in part", []edit{{"a.go", "l6\nl7\n", "k\n"}}, nil, 1},
		{"two pieces of one hunk", []edit{{"a.go", "l3\n", "// x\nl3\n"}, {"a.go", "l5\n", "// y\nl5\n"}}, []Suggestion{{"a.go", 3, 3, "// x\nl3"}, {"a.go", 5, 5, "// y\nl5"}}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			after, problems := applyEdits("a.go", head, tt.edits)
			if problems != nil {
				t.Fatal(problems)
			}
			patch, _, err := unified([]rewrite{{path: "a.go", before: head, after: after}})
			if err != nil {
				t.Fatal(err)
			}
			got, left, err := Suggestions(patch, ch)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || left != tt.left {
				t.Errorf("%v, %d left\n%s", err, left, diff)
			}
		})
	}
	fresh, _, err := unified([]rewrite{{path: "a_test.go", after: "x\n", fresh: true}, {path: "b.go", before: "x\n", after: "y\n"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, left, err := Suggestions(fresh, ch); err != nil || len(got) != 0 || left != 2 {
		t.Errorf("new and other files: %v, %d left, %v", got, left, err)
	}
	if _, _, err := Suggestions("no diff", ch); err == nil {
		t.Error("what is no diff was taken")
	}
}
