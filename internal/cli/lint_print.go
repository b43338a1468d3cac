package cli

import (
	"bytes"
	"fmt"

	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/runner"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// printLint writes what was found in a format. Whatever it writes can be read
// as a command by the runner only where it is one.
func printLint(p Process, format string, l report.Linted) error {
	switch format {
	case "json":
		var page bytes.Buffer
		if err := report.LintJSON(&page, l); err != nil {
			return err
		}
		_, err := fmt.Fprint(p.Stdout, printable(page.String()))
		return err
	case "sarif":
		file, err := report.LintSARIF(l)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(p.Stdout, printable(string(file)))
		return err
	case "github":
		r := runner.New(p.Getenv, p.Stdout, p.Random, sanitize.NewRedactor())
		for _, n := range report.LintAnnotations(l, "tierwise lint shows all of them") {
			annotateBy(r, n)
		}
		for _, text := range report.LintSummaryLines(l) {
			r.Log(text)
		}
		return r.Err()
	default:
		return report.LintText(p.Stdout, l, colour(p))
	}
}
