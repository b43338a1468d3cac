package lint

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/diag"
)

// TestOurPoliciesLintWithoutErrors reads the built-in policy and the one that
// this repository runs on, without a tree. What is left is what their authors
// leave to whoever fills them in, and advice.
func TestOurPoliciesLintWithoutErrors(t *testing.T) {
	t.Parallel()
	for file, want := range map[string][]string{
		"../policy/default.yml":    {"note override-without-reason", "warning owner-missing", "warning review-due"},
		"../../routing-policy.yml": {"note must-frontier-gap", "note must-frontier-gap"},
	} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := CheckPolicy("routing-policy.yml", data, World{Today: exampleDay, Known: known(), Prices: prices(t)})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Severity.String()+" "+f.ID)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" || r.Count(diag.Error) > 0 {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}
