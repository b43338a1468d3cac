package cli

import (
	"context"
	"regexp"
	"strings"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// fresh fails where the head is no longer the one that was read.
func fresh(ctx context.Context, w *pipeline.Work) error {
	if w.Fresh == nil {
		return nil
	}
	return w.Fresh(ctx)
}

// platformRepo is where what we write goes.
func platformRepo(w *pipeline.Work) github.Repo {
	owner, name, _ := strings.Cut(w.Repository, "/")
	return github.Repo{Owner: owner, Name: name}
}

// checks writes a check run for each task, where the workflow asks for that.
// What cannot be written is a warning, and the findings are annotated by the
// workflow after all.
func (a *action) checks(ctx context.Context, w *pipeline.Work, s *report.Session) {
	if a.in.annotate != "check-run" && a.in.annotate != "both" || w.Refused != "" {
		return
	}
	if !regexp.MustCompile(`^[0-9a-f]{40}([0-9a-f]{24})?$`).MatchString(w.Change.Head) {
		s.Warnings = append(s.Warnings, "no check run was written: this event names no commit to write it on")
		return
	}
	if err := fresh(ctx, w); err != nil {
		s.Warnings = append(s.Warnings, "no check run was written: "+err.Error())
		return
	}
	a.checked = true
	for _, c := range report.Checks(*s, a.in.failOn) {
		if err := a.client.CreateCheckRun(ctx, platformRepo(w), a.checkRun(c, w.Change.Head)); err != nil {
			s.Warnings = append(s.Warnings, c.Name+": the check run was not written in full: "+err.Error())
			a.checked = false
		}
	}
}

func (a *action) checkRun(c report.Check, head string) github.CheckRun {
	redact := a.access.redactor.Redact
	run := github.CheckRun{Name: c.Name, HeadSHA: head, Conclusion: c.Conclusion, Title: redact(c.Title), Summary: redact(c.Summary)}
	for _, n := range c.Annotations {
		run.Annotations = append(run.Annotations, github.CheckAnnotation{
			Path: redact(n.File), StartLine: n.Line, EndLine: max(n.Line, n.EndLine), Level: checkLevel(n.Level), Title: redact(n.Title), Message: redact(n.Message),
		})
	}
	return run
}

func checkLevel(l report.Level) string {
	if l == report.LevelError {
		return "failure"
	}
	return string(l)
}

// annotations are those that the workflow itself shows: all of them, or all
// but the findings where those stand elsewhere.
func (a *action) annotations(s report.Session) []report.Annotation {
	if a.in.annotate == "none" || a.in.annotate == "check-run" && a.checked {
		return report.AnnotationsBesideFindings(s)
	}
	return report.Annotations(s)
}
