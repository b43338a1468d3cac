package route

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryRuleIsExplained(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, r := range Rules() {
		ids = append(ids, r.ID)
		if r.Summary == "" || r.Why == "" || r.Fix == "" {
			t.Errorf("%s is not explained whole", r.ID)
		}
	}
	if !slices.IsSorted(ids) {
		t.Error("the rules are not sorted")
	}
	used := usedRules(t)
	for _, id := range used {
		if !slices.Contains(ids, id) {
			t.Errorf("a decision may give the rule %q, which nothing explains", id)
		}
	}
	for _, id := range ids {
		if !slices.Contains(used, id) {
			t.Errorf("the rule %q is explained and never given", id)
		}
	}
}

// usedRules reads the rule ids that the code of this package writes.
func usedRules(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "route.go" {
			continue // route.go holds the types; its examples are comments
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`Rule:\s*"([a-z-]+)/?"`).FindAllStringSubmatch(string(data), -1) {
			ids = append(ids, m[1])
		}
	}
	if len(ids) < 5 {
		t.Fatalf("only %d rules were found in the code", len(ids))
	}
	return ids
}
