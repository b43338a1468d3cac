package task

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// headline counts what failed: "2 failures, 40 passed (go test)." A package or
// file that could not be built or loaded is a failure and no test. Where the
// log counts more than could be read, the list below it is not whole.
func (f Failures) headline() string {
	failed := len(f.Failed)
	if f.Counts.Failed.Known {
		failed = max(failed, f.Counts.Failed.N)
	}
	text := fmt.Sprintf("**%s**", plural(failed, "failure"))
	if f.Counts.Passed.Known {
		text += fmt.Sprintf(", %d passed", f.Counts.Passed.N)
	}
	if f.Counts.Skipped.Known && f.Counts.Skipped.N > 0 {
		text += fmt.Sprintf(", %d skipped", f.Counts.Skipped.N)
	}
	text += " (" + f.Format + ")."
	if f.Counts.Failed.Known && f.Counts.Failed.N > len(f.Failed) {
		text += fmt.Sprintf(" The log counts %s; %d could be read.", plural(f.Counts.Failed.N, "failed test"), len(f.Failed))
	}
	return text
}

// bullet is one failing test: its name, where, and the first error below. A
// log may print a secret, and a page is read by more people than a log.
func (t FailedTest) bullet() string {
	for _, text := range []*string{&t.Name, &t.Suite, &t.File, &t.Error} {
		*text = withoutSecrets(*text)
	}
	var b strings.Builder
	b.WriteString("- " + sanitize.Code(t.Name, maxSubject))
	if t.Suite != "" && t.Suite != t.Name && t.Suite != t.File && !strings.HasPrefix(t.Name, t.Suite) {
		b.WriteString(" in " + sanitize.Code(t.Suite, maxPath))
	}
	if place := t.place(); place != "" {
		b.WriteString(" at " + sanitize.Code(place, maxPath))
	}
	b.WriteString(":\n")
	if t.Error != "" {
		b.WriteString("  " + sanitize.Code(t.Error, maxError) + "\n")
	} else {
		b.WriteString("  no error line found in the log\n")
	}
	return b.String()
}

// renderFailureAnswer prints a model's answer that passed. What it was not
// asked to name, because there was too much, is named from the log.
func renderFailureAnswer(a failureAnswer, found Failures, named []bool) string {
	var b strings.Builder
	if found.Format != "" && len(found.Failed) > 0 {
		b.WriteString(found.headline() + "\n\n")
	}
	if text := strings.TrimSpace(a.Overview); text != "" {
		b.WriteString(text + "\n\n")
	}
	for _, row := range a.Failures {
		t := FailedTest{Name: row.Name, Error: row.FirstError}
		if row.Location != nil {
			t.File = strings.TrimSpace(*row.Location)
		}
		b.WriteString(t.bullet())
		if row.Cause != nil && strings.TrimSpace(*row.Cause) != "" {
			b.WriteString("\n  " + strings.Join(strings.Fields(*row.Cause), " ") + "\n")
		}
	}
	var rest []FailedTest
	for i, t := range found.Failed {
		if !named[i] {
			rest = append(rest, t)
		}
	}
	if len(rest) > 0 {
		fmt.Fprintf(&b, "\nThe log has %s more:\n\n%s", plural(len(rest), "failing test"), bullets(rest))
	}
	if len(a.Failures) == 0 {
		b.WriteString("No failing test was named in the log.\n")
	}
	return b.String()
}

// bullets lists tests up to the bound, and says how many are not shown.
func bullets(tests []FailedTest) string {
	var b strings.Builder
	for i, t := range tests {
		if i == maxNamed {
			fmt.Fprintf(&b, "- … and %d more\n", len(tests)-maxNamed)
			break
		}
		b.WriteString(t.bullet())
	}
	return b.String()
}
