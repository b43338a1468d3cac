package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// Explain writes a decision for a person at a terminal: the tier, each reason
// with its place in the policy and in the change, who would notice a bad
// output, what became of labels, which models were not taken, and last what
// would have made it lower. With colour the tier is bold.
func Explain(w io.Writer, d route.Decision, colour bool) error {
	var out strings.Builder
	out.WriteString(explainTier(d, colour))
	if err := explainReasons(&out, d.Reasons); err != nil {
		return fmt.Errorf("write explanation: %w", err)
	}
	explainCatch(&out, d.Catch)
	explainOverride(&out, d.Override)
	for _, c := range d.Considered {
		fmt.Fprintf(&out, "Not taken: %s, %s\n", line(c.Model.ID()), line(c.Why))
	}
	explainFacts(&out, d)
	if d.Hint != "" {
		fmt.Fprintf(&out, "It could go lower: %s.\n", line(d.Hint))
	}
	if d.Counter != "" {
		fmt.Fprintf(&out, "\n%s\n", line(d.Counter))
	}
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("write explanation: %w", err)
	}
	return nil
}

// line is untrusted text as one safe line of a log or a terminal.
func line(s string) string { return sanitize.LogLine(s) }

func explainTier(d route.Decision, colour bool) string {
	tier := tierWord(d.Tier)
	if colour {
		tier = "\x1b[1m" + tier + "\x1b[0m"
	}
	words := subject(d) + ": " + tier
	if d.Locked {
		words += ", locked"
	}
	switch {
	case d.Refused != "":
		words += ", does not run: " + line(d.Refused)
	case d.Skipped != "":
		words += ", skipped: " + line(d.Skipped)
	case d.Model != nil:
		words += " on " + line(d.Model.ID())
	case d.LocalForWantOfKey:
		words += ", carried out as local for want of a key"
	case d.Unavailable != "":
		words += ", nothing can run it: " + line(d.Unavailable)
	default:
		words += ", no model"
	}
	if d.Observed {
		words += fmt.Sprintf(" (observing only: routing would choose %s)", tierWord(d.Would))
	}
	return words + "\n\n"
}

func explainReasons(out *strings.Builder, reasons []route.Reason) error {
	if len(reasons) == 0 {
		return nil
	}
	out.WriteString("Reasons (* decides):\n")
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, r := range reasons {
		mark := " "
		if r.Decisive {
			mark = "*"
		}
		tier := tierWord(r.Tier)
		if r.Lock {
			tier += ", locked"
		}
		fmt.Fprintf(table, "%s %s\t%s\t%s\t%s\t%s\n", mark, line(r.Rule), tier, dash(line(policyPlace(r.Policy))), dash(line(changePlace(r))), line(r.Text))
	}
	return table.Flush()
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func explainCatch(out *strings.Builder, c route.Catch) {
	fmt.Fprintf(out, "\nWould a bad output be caught? %s\n", plainCatch(c))
	for _, r := range c.Results {
		who := "nobody"
		if r.Proof == route.NotAsked {
			who = string(r.Proof)
		}
		if r.Catcher != "" {
			who = fmt.Sprintf("%s, %s", line(string(r.Catcher)), line(string(r.Proof)))
		}
		fmt.Fprintf(out, "  %s: %s", line(r.Failure), who)
		if r.Text != "" {
			fmt.Fprintf(out, ": %s", line(r.Text))
		}
		out.WriteString("\n")
	}
}

func plainCatch(c route.Catch) string {
	answer := catchAnswer(c)
	if c.Text == "" {
		return answer + "."
	}
	return answer + ", " + sentenceEnd(line(c.Text))
}

func explainOverride(out *strings.Builder, audits []route.Audit) {
	if len(audits) == 0 {
		out.WriteString("Override: none.\n")
		return
	}
	for _, a := range audits {
		verdict := "refused"
		if a.Accepted {
			verdict = "accepted"
		}
		fmt.Fprintf(out, "Override: label %s %s (%s to %s) by %s, permission %s: %s; reason given: %s\n", line(a.Label), verdict, dash(line(a.Direction)),
			dash(tierWord(a.Tier)), dash(line(a.Actor)), dash(line(a.Permission)), dash(line(a.Text)), dash(line(a.Reason)))
	}
}

func explainFacts(out *strings.Builder, d route.Decision) {
	f := d.Facts
	if !f.Declared.Empty() {
		fmt.Fprintf(out, "Declared: %s\n", annotationWords(f.Declared))
	}
	if !f.Inferred.Empty() {
		fmt.Fprintf(out, "Inferred: %s\n", annotationWords(f.Inferred))
	}
	explainSignals(out, f.Hits)
	if len(f.NotExamined) > 0 {
		fmt.Fprintf(out, "Not examined: %s\n", line(strings.Join(notExamined(f.NotExamined), "; ")))
	}
	for _, n := range f.Notes {
		fmt.Fprintf(out, "Note: %s\n", sentenceEnd(line(n)))
	}
	for _, why := range f.Incomplete {
		fmt.Fprintf(out, "The change is incomplete: %s\n", line(why))
	}
	fmt.Fprintf(out, "Estimate: %s. Baseline: %s.\n", estimateWords(d.Estimate), dash(line(strings.Trim(d.Baseline.ID(), "/"))))
}
