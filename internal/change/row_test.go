package change

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestARowReadsLikeTheSameFileOfADiff(t *testing.T) {
	t.Parallel()
	for name, text := range diffs(t) {
		if strings.Contains(name, "err_") {
			continue
		}
		for _, want := range mustParse(t, text) {
			if len(want.Hunks) == 0 {
				continue
			}
			got, err := ParsePatch(Row{
				Path: want.Path, OldPath: want.OldPath, Status: string(want.Status), HasPatch: true,
				Patch:     strings.TrimSuffix(want.Patch(), "\n"),
				Additions: want.Additions, Deletions: want.Deletions, Changes: want.Additions + want.Deletions,
			})
			want.OldMode, want.NewMode = "", "" // the API does not give modes
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%s: %q: %v\n%s", name, want.Path, err, diff)
			}
		}
	}
}

func TestARowWithoutAPatchIsWithheldUnlessItIsAPureRename(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		row      Row
		withheld bool
	}{
		{"a large file", Row{Status: "modified", Additions: 2081, Changes: 2081}, true},
		{"a pure rename", Row{Status: "renamed", OldPath: "old"}, false},
		{"a pure copy", Row{Status: "copied", OldPath: "old"}, false},
		{"a rename with edits", Row{Status: "renamed", OldPath: "old", Deletions: 1, Changes: 1}, true},
		{"an empty file or a binary that was added", Row{Status: "added"}, true},
		{"an empty file or a binary that was removed", Row{Status: "removed"}, true},
		{"a mode change, a binary or dropped lines", Row{Status: "modified"}, true},
		{"a change of type", Row{Status: "changed"}, true},
		{"an empty patch", Row{Status: "modified", HasPatch: true, Additions: 1, Changes: 1}, true},
	}
	for _, test := range tests {
		test.row.Path = "path"
		f, err := ParsePatch(test.row)
		if err != nil || f.Withheld != test.withheld || f.Additions != test.row.Additions || f.Deletions != test.row.Deletions {
			t.Errorf("%s: %+v, %v", test.name, f, err)
		}
	}
}

func TestStatusesAreThoseOfTheAPI(t *testing.T) {
	t.Parallel()
	want := map[string]Status{
		"added": Added, "removed": Removed, "modified": Modified, "changed": Modified, "renamed": Renamed, "copied": Copied,
	}
	for status, want := range want {
		f, err := ParsePatch(Row{Path: "p", OldPath: "o", Status: status})
		if err != nil || f.Status != want {
			t.Errorf("%s: %v, %v", status, f.Status, err)
		}
		if moved := want == Renamed || want == Copied; moved != (f.OldPath == "o") {
			t.Errorf("%s: old path %q", status, f.OldPath)
		}
	}
}

func TestARowThatContradictsItselfIsAnError(t *testing.T) {
	t.Parallel()
	const patch = "@@ -1 +1 @@\n-a\n+b"
	tests := map[string]Row{
		"no path":                        {Status: "modified"},
		"an unknown status":              {Path: "p", Status: "exploded"},
		"an unchanged file":              {Path: "p", Status: "unchanged"},
		"no status":                      {Path: "p"},
		"a rename from nowhere":          {Path: "p", Status: "renamed"},
		"negative counts":                {Path: "p", Status: "modified", Additions: -1, Changes: -1},
		"counts that do not add up":      {Path: "p", Status: "modified", Additions: 1, Changes: 3},
		"more lines than the patch":      {Path: "p", Status: "modified", Patch: patch, HasPatch: true, Additions: 2, Deletions: 1, Changes: 3},
		"fewer lines than the patch":     {Path: "p", Status: "modified", Patch: patch, HasPatch: true, Additions: 1, Changes: 1},
		"a patch cut short":              {Path: "p", Status: "modified", Patch: "@@ -1 +1 @@\n-a", HasPatch: true, Deletions: 1, Changes: 1},
		"a patch with a file header":     {Path: "p", Status: "modified", Patch: modified("p", patch), HasPatch: true, Additions: 1, Deletions: 1, Changes: 2},
		"a second file after the hunks":  {Path: "p", Status: "modified", Patch: patch + "\n" + modified("q", patch), HasPatch: true, Additions: 1, Deletions: 1, Changes: 2},
		"a patch that is no patch":       {Path: "p", Status: "modified", Patch: "Binary files differ", HasPatch: true},
		"old lines in an added file":     {Path: "p", Status: "added", Patch: patch, HasPatch: true, Additions: 1, Deletions: 1, Changes: 2},
		"new lines in a removed file":    {Path: "p", Status: "removed", Patch: patch, HasPatch: true, Additions: 1, Deletions: 1, Changes: 2},
		"a combined diff in the patch":   {Path: "p", Status: "modified", Patch: "@@@ -1 -1 +1 @@@\n++b", HasPatch: true, Additions: 1, Changes: 1},
		"a line over the promised count": {Path: "p", Status: "modified", Patch: patch + "\n+c", HasPatch: true, Additions: 1, Deletions: 1, Changes: 2},
	}
	for name, row := range tests {
		if f, err := ParsePatch(row); err == nil || f.Path != "" {
			t.Errorf("%s: got %+v, %v", name, f, err)
		}
	}
}

func TestRandomPatchesMatchTheirCounts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		edits := append(randomEdits(r, r.IntN(40)), edit{Delete, "last"})
		added, removed := len(textsOf(edits, Add)), len(textsOf(edits, Delete))
		row := Row{Path: "p", Status: "modified", Patch: renderEdits(edits, 3), HasPatch: true, Additions: added, Deletions: removed, Changes: added + removed}
		f, err := ParsePatch(row)
		if err != nil {
			t.Fatal(err)
		}
		checkLines(t, f, edits)
		row.Additions++
		row.Changes++
		if _, err := ParsePatch(row); err == nil {
			t.Fatal("a count that is off by one passes")
		}
	}
}
