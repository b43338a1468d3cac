package cli

import (
	"bytes"
	"fmt"

	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/runner"
)

// tell writes summary, annotations and outputs. An output that cannot be
// written is an error: a later step would act on its absence.
func (a *action) tell(s report.Session) error {
	var summary bytes.Buffer
	if err := report.Summary(&summary, s); err != nil {
		return fmt.Errorf("render the summary: %w", err)
	}
	if err := a.runner.AppendSummary(summary.String()); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	for _, n := range a.annotations(s) {
		a.annotate(n)
	}
	outputs, err := report.Outputs(s)
	if err != nil {
		return fmt.Errorf("render the outputs: %w", err)
	}
	outputs = append(outputs,
		report.Output{Name: "record-file", Value: a.in.recordFile}, report.Output{Name: "result-file", Value: a.in.resultFile},
		report.Output{Name: "result-digest", Value: a.in.resultDigest},
		report.Output{Name: "patch-file", Value: a.in.patchFile}, report.Output{Name: "handoff-file", Value: a.in.handoffFile},
		report.Output{Name: "sarif-file", Value: a.in.sarifFile})
	for _, o := range outputs {
		if err := a.runner.SetOutput(o.Name, o.Value); err != nil {
			return fmt.Errorf("set output %s: %w", o.Name, err)
		}
	}
	return nil
}

func (a *action) annotate(n report.Annotation) { annotateBy(a.runner, n) }

func annotateBy(r *runner.Runner, n report.Annotation) {
	to := runner.Annotation{Title: n.Title, Message: n.Message, File: n.File, Line: n.Line, EndLine: n.EndLine, Col: n.Col, EndCol: n.EndCol}
	switch n.Level {
	case report.LevelNotice:
		r.Notice(to)
	case report.LevelWarning:
		r.Warning(to)
	default:
		r.Error(to)
	}
}
