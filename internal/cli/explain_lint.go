package cli

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/lint"
)

// lintPage also shows what is reported, and whether a comment may take the
// finding back.
func lintPage(p lint.Page) string {
	text := pageOf("rule of the linter, "+p.Severity.String(), p.ID, p.Summary, p.Why, "How to mend it", p.Fix)
	if len(p.Needs) > 0 {
		words := make([]string, len(p.Needs))
		for i, n := range p.Needs {
			words[i] = string(n)
		}
		text += fmt.Sprintf("\nNeeds: %s. Where that is not known the rule is not examined.\n", strings.Join(words, ", "))
	}
	if p.Suppressible {
		text += fmt.Sprintf("\nSuppress it with a day within a year and a reason, on its line or above it:\n  # tierwise: ignore %s until 2027-01-31: why\n", p.ID)
	}
	return text + fmt.Sprintf("\nExamples: docs/rules/%s.md\n", p.ID)
}

// lintContents lists the rules, and then what reading a file says.
func lintContents() []string {
	rules, refusals := []string{"rules of the linter:"}, []string{"what reading a policy or a workflow says:"}
	for _, p := range lint.Pages() {
		row := fmt.Sprintf("  %-23s %s", p.ID, p.Summary)
		if _, ok := lint.Find(p.ID); ok {
			rules = append(rules, row)
			continue
		}
		refusals = append(refusals, row)
	}
	return append(rules, refusals...)
}
