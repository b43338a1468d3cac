package report

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
)

// Bounds of an example on a page. What is longer is shown as far as this.
const (
	maxExampleLines = 40
	maxExampleBytes = 3000
)

// LintPage is docs/rules/ID.md: what a rule finds, why, an example with what
// the linter really prints under its id, the same mended, and how to suppress
// it. The world has the prices, the names and the day.
func LintPage(p lint.Page, w lint.World) (string, error) {
	said, err := lintExample(p, w)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s **%s**, %s.", p.ID, capital(sentenceEnd(p.Summary)), p.Severity, lintSubject(p.Subject))
	if words := needsOf(p); words != "" {
		fmt.Fprintf(&b, " %s", words)
	}
	fmt.Fprintf(&b, "\n\n## Why\n\n%s\n", p.Why)
	fmt.Fprintf(&b, "\n## What it finds\n\n%s\n%s\n", shownExample(p, p.Bad), fence("text", said))
	fmt.Fprintf(&b, "## How to mend it\n\n%s\n\n%s", p.Fix, shownExample(p, p.Good))
	fmt.Fprintf(&b, "\n## How to suppress it\n\n%s", suppressWords(p))
	return b.String(), nil
}

// lintExample is what the linter prints of the bad example under the id.
func lintExample(p lint.Page, w lint.World) (string, error) {
	l := Linted{Report: lint.Report{Findings: p.Look(p.Bad, w)}, Sources: []lint.Source{lint.NewSource(lint.ExampleName(p.Subject), []byte(p.Bad.Text))}}
	if len(l.Findings) == 0 {
		return "", fmt.Errorf("the example of %s does not show it", p.ID)
	}
	var b bytes.Buffer
	for _, f := range l.Findings {
		writeLintFinding(&b, f, l.source(f.File), false)
	}
	return b.String(), nil
}

func shownExample(p lint.Page, e lint.Example) string {
	kind := "yaml"
	if p.Subject == lint.OfBrief {
		kind = "text"
	}
	text, cut := cutExample(e.Text)
	if visible(text) != text {
		text = strings.TrimSuffix(shownCells(text), "\n") + "\n"
	}
	block := fence(kind, text)
	if cut {
		block += "\n… and so on.\n"
	}
	return block
}

// shownCells writes what is not seen by its number.
func shownCells(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		for _, c := range cellsOf(strings.TrimSuffix(l, "\n")) {
			b.WriteString(c.shown)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func cutExample(text string) (shown string, cut bool) {
	lines := strings.SplitAfter(text, "\n")
	if len(lines) > maxExampleLines {
		return strings.Join(lines[:maxExampleLines/4], ""), true
	}
	if len(text) > maxExampleBytes {
		return text[:maxExampleBytes], true
	}
	return text, false
}

func fence(kind, text string) string {
	marks := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return marks + kind + "\n" + strings.TrimSuffix(text, "\n") + "\n" + marks + "\n"
}

func lintSubject(s lint.Subject) string {
	switch s {
	case lint.OfPolicy:
		return "in a policy"
	case lint.OfBrief:
		return "in a brief"
	default:
		return "in a workflow or a composite action"
	}
}

// needsOf says what a rule has to know beside the file.
func needsOf(p lint.Page) string {
	var items []string
	for _, n := range p.Needs {
		items = append(items, needWords(n))
	}
	if len(items) == 0 {
		return ""
	}
	return "It is not examined where " + strings.Join(items, ", or where ") + "."
}

func suppressWords(p lint.Page) string {
	switch {
	case p.Suppressible:
		return "With a day within a year and a reason, on the line that is reported or on a line of its own above it (of a block, such as a script, on or above the line that opens it):\n\n" +
			fence("yaml", "# tierwise: ignore "+p.ID+" until 2027-01-31: why it has to wait") +
			"\nFrom the day after, it is reported again, and the comment with it.\n"
	case p.Subject == lint.OfBrief:
		return "Nothing in a brief suppresses a finding: its words may be a stranger's.\n"
	case p.Severity == diag.Warning:
		return "Not at all: it says what the program does with the file, and a comment would not change that.\n"
	default:
		return "Not at all: the program refuses it, and a comment would not change that.\n"
	}
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// LintIndex is docs/rules/README.md.
func LintIndex(pages []lint.Page) string {
	var b strings.Builder
	b.WriteString("# Rules\n\nWhat `tierwise lint` can say, and what `tierwise explain ID` says more of. These pages are written from the rules'\nown values; `go test ./internal/cli -run Pages -update` writes them again.\n")
	for _, s := range []lint.Subject{lint.OfPolicy, lint.OfBrief, lint.OfWorkflow} {
		writeIndex(&b, "\n## Rules "+strings.TrimPrefix(lintSubject(s), "in ")+"\n\n", pages, func(p lint.Page) bool {
			_, rule := lint.Find(p.ID)
			return rule && p.Subject == s
		})
	}
	writeIndex(&b, "\n## What reading a file says\n\nErrors are refused: no rule looks at a file before they are mended. Warnings say what the program does instead of what is written. No comment suppresses either.\n\n", pages, func(p lint.Page) bool {
		_, rule := lint.Find(p.ID)
		return !rule
	})
	return b.String()
}

func writeIndex(b *strings.Builder, head string, pages []lint.Page, in func(lint.Page) bool) {
	rows := ""
	for _, p := range pages {
		if in(p) {
			rows += fmt.Sprintf("| [%s](%s.md) | %s | %s |\n", p.ID, p.ID, p.Severity, strings.ReplaceAll(p.Summary, "|", "\\|"))
		}
	}
	if rows != "" {
		b.WriteString(head + "| Rule | Severity | Finds |\n|---|---|---|\n" + rows)
	}
}
