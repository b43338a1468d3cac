package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// maxLintPage bounds the part of a summary that a linter writes, in bytes.
const maxLintPage = 100 << 10

// LintMarkdown writes what a linter found for the run's summary, the worst
// first. All words of files are inert.
func LintMarkdown(l Linted) string {
	b := newBounded(maxLintPage)
	b.addf("### tierwise lint: %s in %s\n\n", l.counts(), l.lookedAt())
	findings := slices.Clone(l.Findings)
	slices.SortStableFunc(findings, func(a, b lint.Finding) int { return int(b.Severity) - int(a.Severity) })
	if len(findings) > 0 {
		b.add("| Severity | Place | Finding | Rule |\n|---|---|---|---|\n")
	}
	for _, f := range findings {
		b.addf("| %s | %s | %s | %s |\n", f.Severity, quoted(f.Position.String(), maxPath), phrase(f.Message), quoted(f.ID, maxName))
	}
	if n := len(l.Suppressed); n > 0 {
		b.addf("\n%s suppressed: %s\n", count(n, "finding"), strings.Join(suppressedWords(l.Suppressed), "; "))
	}
	for _, text := range l.blindLines() {
		b.addf("\n%s\n", sanitize.Cell(text, 1000))
	}
	return b.string()
}

func suppressedWords(list []lint.Suppressed) []string {
	const most = 20
	var words []string
	for i, s := range list {
		if i == most {
			return append(words, fmt.Sprintf("%d more", len(list)-most))
		}
		words = append(words, fmt.Sprintf("%s until %s (%s)", quoted(s.Position.String()+" "+s.ID, maxPath), s.Until, phrase(s.Reason)))
	}
	return words
}
