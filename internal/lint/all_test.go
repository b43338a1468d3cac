package lint

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRulesAreWhole holds each entry of the family to its parts.
func TestRulesAreWhole(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, r := range All() {
		ids = append(ids, r.ID)
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(r.ID) {
			t.Errorf("%q is no kebab-case id", r.ID)
		}
		subjects := 0
		for _, has := range []bool{r.Policy != nil, r.Brief != nil, r.Workflow != nil} {
			if has {
				subjects++
			}
		}
		if subjects != 1 {
			t.Errorf("%s reads %d subjects, want one", r.ID, subjects)
		}
		for part, text := range map[string]string{"Summary": r.Summary, "Why": r.Why, "Fix": r.Fix, "Bad": r.Bad.Text, "Good": r.Good.Text} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", r.ID, part)
			}
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("ids are not sorted, or not unique: %v", ids)
	}
}

// TestExamples fires each rule on its bad example and keeps it quiet on the
// good one.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, r := range All() {
		for text, fires := range map[*Example]bool{&r.Bad: true, &r.Good: false} {
			w := text.World
			w.Known, w.Prices = known(), prices(t)
			if w.Today == "" {
				w.Today = exampleDay
			}
			var report Report
			switch r.Subject() {
			case OfPolicy:
				report = CheckPolicy("routing-policy.yml", []byte(text.Text), w)
			case OfWorkflow:
				report = CheckWorkflow(".github/workflows/ai.yml", []byte(text.Text), w)
			default:
				report = CheckBrief(Brief{Source: NewSource("brief.md", []byte(text.Text))}, w)
			}
			if got := len(onlyOf(report, r.ID)) > 0; got != fires {
				t.Errorf("%s: fires = %t on its example, want %t: %v", r.ID, got, fires, report.Findings)
			}
		}
	}
}
