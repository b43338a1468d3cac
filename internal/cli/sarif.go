package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// whyNoUpload is said where the findings of one change would stand for a
// whole branch.
const whyNoUpload = "no SARIF file was written: only a pull_request event names the branch that it is uploaded for, and on any other code scanning would close every alert that this one change does not show"

// clearSARIF removes what lies in the place of the file, a file of the change
// perhaps: a later step uploads what it finds there.
func (a *action) clearSARIF() error {
	if a.in.sarifName == "" {
		return nil
	}
	if err := pipeline.ClearNamed(a.context.Workspace, a.in.sarifName); err != nil {
		return fmt.Errorf("sarif-file: %w", err)
	}
	return nil
}

// sarif writes the file for code scanning, where the workflow asks for one.
// What cannot be written is a warning: the summary has all of it.
func (a *action) sarif(s *report.Session) {
	if a.in.sarifName == "" {
		return
	}
	if a.context.EventName != "pull_request" {
		s.Warnings = append(s.Warnings, whyNoUpload)
		return
	}
	file, absent, err := report.SARIF(*s)
	if err == nil && file != nil {
		err = pipeline.WriteNamed(a.context.Workspace, a.in.sarifName, []byte(a.access.redactor.Redact(string(file))))
	}
	switch {
	case err != nil:
		s.Warnings = append(s.Warnings, "the SARIF file was not written: "+err.Error())
	case file != nil:
		a.in.sarifFile = a.in.sarifName
	}
	if text := absentText(absent, file != nil); text != "" && err == nil {
		s.Warnings = append(s.Warnings, text)
	}
}

// absentText says which tasks have no run in the file, and why that is right.
func absentText(absent []string, written bool) string {
	switch {
	case len(absent) > 0 && written:
		return fmt.Sprintf("the SARIF file has no run of %s, which was not done: its alerts stay as they are", strings.Join(absent, ", "))
	case len(absent) > 0:
		return fmt.Sprintf("no SARIF file was written: %s was not done, and code scanning would take an empty file for a clean one", strings.Join(absent, ", "))
	case !written:
		return "no SARIF file was written: no task of this step judges"
	default:
		return ""
	}
}

// sarifFlags choose where and in what form run shows its findings.
type sarifFlags struct {
	file, format string
}

func (f *sarifFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.file, "sarif-file", "", "write the findings of what judges as SARIF 2.1.0; nothing is written where nothing was reviewed")
	flags.StringVar(&f.format, "format", "text", "text (the run summary) or sarif")
}

func (f *sarifFlags) check() error {
	if f.format != "text" && f.format != "sarif" {
		return &pipeline.UsageError{Text: fmt.Sprintf("--format %q, expected text or sarif", f.format)}
	}
	if f.file == "" {
		return nil
	}
	return clearFile(f.file)
}

// clearFile removes what an earlier run left, so that what lies there
// afterwards is of this run. A folder is refused.
func clearFile(name string) error {
	info, err := os.Lstat(name)
	if err != nil {
		return nil //nolint:nilerr // it is not there; where it cannot be written, the writing says so
	}
	if !info.Mode().IsRegular() {
		return &pipeline.UsageError{Text: fmt.Sprintf("--sarif-file %s is there and is no plain file", name)}
	}
	if err := os.Remove(name); err != nil {
		return &pipeline.UsageError{Text: fmt.Sprintf("--sarif-file: %v", err)}
	}
	return nil
}

// leave writes the file that --sarif-file names and gives its text, "" where
// there is none to give.
func (f *sarifFlags) leave(p Process, s report.Session, redact func(string) string) (string, error) {
	if f.file == "" && f.format == "text" {
		return "", nil
	}
	file, absent, err := report.SARIF(s)
	if err != nil {
		return "", fmt.Errorf("render the findings: %w", err)
	}
	if file != nil {
		file = []byte(redact(string(file)))
	}
	if text := absentText(absent, file != nil); text != "" {
		fmt.Fprintf(p.Stderr, "tierwise: %s\n", text)
	}
	if f.file == "" || file == nil {
		return string(file), nil
	}
	if err := os.MkdirAll(filepath.Dir(f.file), 0o755); err != nil {
		return "", fmt.Errorf("make the folder of %s: %w", f.file, err)
	}
	if err := os.WriteFile(f.file, file, 0o644); err != nil {
		return "", fmt.Errorf("write the SARIF file: %w", err)
	}
	return string(file), nil
}

// printable writes a "#" by its number: no line then holds the beginning of a
// command of the runner, and it is the same JSON.
func printable(file string) string { return strings.ReplaceAll(file, "#", `\u0023`) }
