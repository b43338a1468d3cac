package policy

import (
	"path/filepath"
	"strings"
	"testing"
)

// mergeCase reads a case of testdata/merge: two policies, parted by a line.
func mergeCase(t *testing.T, path string) (org, own *File) {
	t.Helper()
	first, second, ok := strings.Cut(string(read(t, path)), "--- # the repository's\n")
	if !ok {
		t.Fatal("the case has one policy, expected two")
	}
	files := [2]*File{}
	for i, text := range []string{first, strings.Repeat("\n", strings.Count(first, "\n")+1) + second} {
		file, findings := Parse([]string{"acme/.github/routing-policy.yml@4f2c1d2e3a4b", "routing-policy.yml"}[i], []byte(text), known())
		if file == nil {
			t.Fatal(findings)
		}
		files[i] = file
	}
	return files[0], files[1]
}

// TestPoliciesMerge compares the whole value, with the place of everything in
// it, and what is said of it.
func TestPoliciesMerge(t *testing.T) {
	t.Parallel()
	for _, path := range files(t, "testdata/merge/*.yml") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yml"), func(t *testing.T) {
			t.Parallel()
			org, own := mergeCase(t, path)
			file, findings := Merge(org, own)
			got := findings.Error() + "\n"
			if file != nil {
				got += dump(file)
			}
			golden(t, strings.TrimSuffix(path, ".yml")+".out", got)
		})
	}
}

// TestMergingLeavesBothAsTheyWere: the same organisation's policy may be
// merged into many.
func TestMergingLeavesBothAsTheyWere(t *testing.T) {
	t.Parallel()
	for _, path := range files(t, "testdata/merge/*.yml") {
		org, own := mergeCase(t, path)
		before := dump(org) + dump(own)
		Merge(org, own)
		if dump(org)+dump(own) != before {
			t.Errorf("%s: merging changed what it was given", path)
		}
	}
}

// TestEveryRuleOfMergingHasACase fails where a rule is never shown.
func TestEveryRuleOfMergingHasACase(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	for _, path := range files(t, "testdata/merge/*.out") {
		shown.Write(read(t, path))
	}
	for _, id := range []string{idExtendsNested, idExtendsPool, idExtendsTask} {
		if !strings.Contains(shown.String(), "["+id+"]") {
			t.Errorf("no file of testdata/merge shows the rule %s", id)
		}
	}
}

func TestEffortNeverSinks(t *testing.T) {
	t.Parallel()
	tests := []struct{ org, own, want string }{
		{"high", "low", "high"},
		{"low", "high", "high"},
		{"", "low", ""},
		{"", "high", "high"},
		{"", "", ""},
		{"low", "", ""},
		{"max", "", "max"},
		{"medium", "medium", "medium"},
		{"high", "", "high"},
	}
	for _, tt := range tests {
		if got := moreEffort(tt.org, tt.own); got != tt.want {
			t.Errorf("of %q and %q %q was taken, want %q", tt.org, tt.own, got, tt.want)
		}
	}
}
