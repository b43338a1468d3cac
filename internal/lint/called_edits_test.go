package lint

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestEditsMendWhatTheyAreFor applies the edits of every firing case of the
// rules of models, bounds and inputs: the file stays a workflow, and the rule
// has less to say.
func TestEditsMendWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	mended := 0
	for _, id := range []string{"model-not-pinned", "no-limit", "routine-on-frontier", "tierwise-inputs", "workflow-model-retired"} {
		files, err := filepath.Glob(filepath.Join(casesFolder, id, "fires-*.txtar"))
		if err != nil || len(files) == 0 {
			t.Fatal(id, err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range archive.Files {
				parts[f.Name] = string(f.Data)
			}
			r, _ := Find(id)
			before := onlyOf(check(t, r, parts), id)
			text := parts["workflow.yml"]
			edited := applied(text, before)
			if edited == text {
				continue
			}
			mended++
			parts["workflow.yml"] = edited
			if after := check(t, r, parts); len(onlyOf(after, id)) >= len(before) || slices.ContainsFunc(after.Findings, func(f Finding) bool { _, ok := Find(f.ID); return !ok }) {
				t.Errorf("%s: after the edits:\n%s\n%v", file, edited, after.Findings)
			}
		}
	}
	if mended < 15 {
		t.Errorf("only %d cases have edits", mended)
	}
}

// applied makes the edits, the last one first.
func applied(text string, findings []Finding) string {
	lines := strings.SplitAfter(text, "\n")
	var edits []Edit
	for _, f := range findings {
		edits = append(edits, f.Edits...)
	}
	slices.SortFunc(edits, func(a, b Edit) int {
		return (b.Start.Line-a.Start.Line)*1000 + b.Start.Col - a.Start.Col
	})
	for _, e := range edits {
		line := lines[e.Start.Line-1]
		lines[e.Start.Line-1] = line[:e.Start.Col-1] + e.Text + line[e.End.Col-1:]
	}
	return strings.Join(lines, "")
}
