package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

// Bounds of a check run: its summary may have 65,535 characters (GitHub's REST
// API, checks/create), of which bytes are never fewer. It takes 50 annotations
// a request; ours has at most as many as four requests carry.
const (
	maxCheckSummary     = 65535
	maxCheckAnnotations = 200
)

// Check is one task as a check run. Conclusion is one of the API's words.
type Check struct {
	Name        string
	Conclusion  string
	Title       string
	Summary     string // markdown, defused
	Annotations []Annotation
}

// Checks gives a check run for each task that ran, with its findings at their
// lines. A task that stood aside has none: it would stand in the place of the
// earlier one on the same head, and pass. A check is a success only where the task was done whole and found
// nothing: required checks take neutral and skipped for a pass, so a review
// that did not happen, or only in part, is a failure, and failOn decides over
// findings as it does over the exit code.
func Checks(s Session, failOn string) []Check {
	var all []Check
	for _, r := range s.Results {
		if r.Status == "" || s.stoodAside(r) {
			continue
		}
		one := s
		one.Results, one.Warnings = []dispatch.Result{r}, nil
		all = append(all, one.check(r, failOn))
	}
	return all
}

func (s Session) check(r dispatch.Result, failOn string) Check {
	c := Check{Name: "tierwise / " + clip(line(r.Task.ID), maxName), Conclusion: s.conclusion(r, failOn), Title: clip(checkTitle(r), maxTitle)}
	c.Annotations = checkAnnotations(r.Output.Findings)
	text := s.core(maxCheckSummary / 2)
	if left := len(r.Output.Findings) - len(c.Annotations); left > 0 {
		text += fmt.Sprintf("Findings without an annotation: %d. They stand below, or in the run summary.\n\n", left)
	}
	c.Summary = text + s.outputs(maxCheckSummary-len(text))
	return c
}

// conclusion is the check's word for how a task ended. The session holds this
// task alone.
func (s Session) conclusion(r dispatch.Result, failOn string) string {
	switch {
	case len(s.noReview()) > 0:
		if s.excused(r) {
			return "neutral"
		}
		return "failure"
	case r.Blocking, FailsOn(s, failOn), r.Task.Judges() && notWhole(r):
		return "failure"
	case r.Status == dispatch.Skipped:
		return "skipped"
	case r.Status == dispatch.Clean && r.Output.Dropped == 0 && len(r.Output.Findings) == 0 && !s.Interrupted:
		return "success"
	default:
		return "neutral"
	}
}

// notWhole says that a task ended without having looked at everything.
func notWhole(r dispatch.Result) bool {
	return r.Status == dispatch.Partial || r.Status == dispatch.CouldNotRun
}

func checkTitle(r dispatch.Result) string {
	if r.Task.Judges() && r.Status != dispatch.Clean && r.Status != dispatch.Findings {
		return alarmTitle(r) + " " + line(because(r))
	}
	return strings.ReplaceAll(statusWords(r), "**", "")
}

// checkAnnotations are the findings, the most severe first. A finding whose
// path is no plain line of text has none: it would name another file.
func checkAnnotations(findings []task.Finding) []Annotation {
	var all []Annotation
	for _, f := range bySeverity(findings) {
		a := findingAnnotation(f)
		if a.File == "" || len(all) == maxCheckAnnotations {
			continue
		}
		if a.Line == 0 {
			a.Message, a.Line, a.EndLine = "The file as a whole, or removed lines of it: "+a.Message, 1, 1
		}
		a.Title, a.Message = clip(line(a.Title), maxTitle), clip(visible(a.Message), maxMessage)
		all = append(all, a)
	}
	return all
}
