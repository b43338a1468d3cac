package cli

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// lint lints the policy and the workflows at the head of the event and the
// words of its issue or pull request, all of which it reads as data. No key is used and no model is called.
func (a *action) lint(ctx context.Context, ev event.Event, s pipeline.Settings) (int, error) {
	path := s.Policy
	if path == "" {
		path = pipeline.DefaultPolicyPath
	}
	head, err := pipeline.LintEvent(ctx, a.client, ev, a.context.SHA, path, a.process.Now())
	if err != nil {
		return 0, err
	}
	changed, warnings, err := head.LookBack(ctx, a.client, ev, pipeline.PullChangeRequest{Policy: path, Given: s.Extending.File, Now: a.process.Now()})
	if err != nil {
		return 0, err
	}
	for _, text := range warnings {
		a.annotate(report.Annotation{Level: report.LevelWarning, Title: "tierwise lint", Message: text})
	}
	words, err := head.LintWords(ctx, a.client, ev)
	if err != nil {
		return 0, err
	}
	l := report.Linted{
		Report:  lint.Join(head.LintAll(head.Files, head.World), words.Report),
		Sources: slices.Concat(pipeline.LintSources(head.Files), words.Sources), Words: words.Sources,
		Version: a.process.Version, Unread: slices.Concat(head.Unread, words.Unread),
	}
	if a.in.sarifName != "" {
		if err := a.leaveLint(l); err != nil {
			return 0, err
		}
	}
	if err := a.tellLint(l, changed); err != nil {
		return 0, err
	}
	// What was not read may hold anything.
	if lintFails(l, a.in.failOn) || len(l.Unread) > 0 && a.in.failOn != "none" {
		return ExitFindings, nil
	}
	return ExitFine, nil
}

// leaveLint writes the file for code scanning. The whole head was linted, so
// it stands for the branch on every event.
func (a *action) leaveLint(l report.Linted) error {
	file, err := report.LintSARIF(l)
	if err != nil {
		return fmt.Errorf("render the findings: %w", err)
	}
	if err := pipeline.WriteNamed(a.context.Workspace, a.in.sarifName, []byte(a.access.redactor.Redact(string(file)))); err != nil {
		return fmt.Errorf("write the SARIF file: %w", err)
	}
	a.in.sarifFile = a.in.sarifName
	return nil
}

// tellLint writes summary, annotations and outputs.
func (a *action) tellLint(l report.Linted, changed *backtest.ChangeSummary) error {
	page := bytes.NewBufferString(report.LintMarkdown(l))
	if changed != nil {
		page.WriteString("\n")
		if err := report.PolicyChangeMarkdown(page, *changed); err != nil {
			return fmt.Errorf("render what the policy's change does: %w", err)
		}
	}
	if err := a.runner.AppendSummary(page.String()); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	if a.in.annotate != "none" {
		for _, n := range report.LintAnnotations(l, "see the run summary") {
			a.annotate(n)
		}
	}
	for _, text := range report.LintSummaryLines(l) {
		a.runner.Log(text)
	}
	status := "clean"
	if len(l.Findings) > 0 {
		status = "findings"
	}
	if len(l.Unread) > 0 {
		status = "partial"
	}
	for _, o := range []report.Output{{Name: "status", Value: status}, {Name: "sarif-file", Value: a.in.sarifFile}} {
		if err := a.runner.SetOutput(o.Name, o.Value); err != nil {
			return fmt.Errorf("set output %s: %w", o.Name, err)
		}
	}
	return nil
}
