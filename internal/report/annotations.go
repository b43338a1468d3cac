package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/task"
)

// Level is how loud an annotation is, in the runner's words.
type Level string

// The levels.
const (
	LevelNotice  Level = "notice"
	LevelWarning Level = "warning"
	LevelError   Level = "error"
)

// Annotation is one remark on the run or on a line. It is plain data: whoever
// prints it escapes it for its channel. File is "" and the lines are 0 where
// it is about no line.
type Annotation struct {
	Level         Level
	Title         string
	Message       string
	File          string
	Line, EndLine int
	Col, EndCol   int // count characters, 0 where they are not known; EndCol is exclusive
}

// The runner shows ten annotations of a level for a step and cuts a message
// at 4,096 characters (actions/runner, ExecutionContext.cs); a title may have
// 255 (GitHub's checks API).
const (
	maxPerLevel = 10
	maxTitle    = 255
	maxMessage  = 4000
)

// Annotations gives what a reader should meet outside the summary: the cost,
// what went wrong, and the findings, the most severe first. A level has at
// most ten; the last of them counts the rest.
func Annotations(s Session) []Annotation { return s.annotations(s.findingAnnotations()) }

// AnnotationsBesideFindings gives what Annotations does without the findings,
// for a run that shows them elsewhere. What went wrong is never left out.
func AnnotationsBesideFindings(s Session) []Annotation { return s.annotations(nil) }

func (s Session) annotations(findings []Annotation) []Annotation {
	var all []Annotation
	if len(s.Results) > 0 {
		all = append(all, Annotation{Level: LevelNotice, Title: "AI cost", Message: s.headline()})
	}
	all = append(all, s.reviewAlarms()...)
	for _, r := range s.recordedCritical() {
		all = append(all, Annotation{Level: LevelWarning, Title: recordedTitle, Message: r.Task.ID + ": " + recordedAlarm})
	}
	all = append(all, s.sessionWarnings()...)
	for _, r := range s.Results {
		all = append(all, taskWarnings(r)...)
	}
	all = append(append(all, s.droppedAnnotations()...), findings...)
	var kept []Annotation
	for _, level := range []Level{LevelError, LevelWarning, LevelNotice} {
		kept = append(kept, limited(all, level)...)
	}
	for i := range kept {
		kept[i].Title, kept[i].Message = clip(line(kept[i].Title), maxTitle), clip(line(kept[i].Message), maxMessage)
	}
	return kept
}

// limited gives the annotations of one level, at most ten of them.
func limited(all []Annotation, level Level) []Annotation {
	var some []Annotation
	for _, a := range all {
		if a.Level == level {
			some = append(some, a)
		}
	}
	if len(some) <= maxPerLevel {
		return some
	}
	rest := len(some) - (maxPerLevel - 1)
	return append(some[:maxPerLevel-1:maxPerLevel-1], Annotation{
		Level: level, Title: "And more", Message: fmt.Sprintf("%s of this level: see the run summary", count(rest, "more annotation")),
	})
}

func clip(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}

// reviewAlarms are red unless the workflow itself accepts the missing review.
func (s Session) reviewAlarms() []Annotation {
	var all []Annotation
	for _, r := range s.noReview() {
		level := LevelError
		if s.excused(r) {
			level = LevelWarning
		}
		all = append(all, Annotation{Level: level, Title: alarmTitle(r), Message: r.Task.ID + ": " + because(r)})
	}
	return all
}

func (s Session) sessionWarnings() []Annotation {
	var all []Annotation
	warn := func(title, message string) {
		all = append(all, Annotation{Level: LevelWarning, Title: title, Message: message})
	}
	if s.overBudget() {
		warn("AI budget", "over budget: "+s.budgetLine())
	}
	for _, w := range s.Warnings {
		warn("tierwise", w)
	}
	for _, w := range s.Incomplete {
		warn("Incomplete change", w)
	}
	if s.Interrupted {
		warn("Interrupted", "what was done until then is on the run summary")
	}
	return all
}

// trouble is what a reader must know of a task before its numbers.
type trouble struct{ title, text string }

// troubles are those that no alarm tells: an auxiliary task that could not
// run, and a cost that is not in the total.
func troubles(r dispatch.Result) []trouble {
	var all []trouble
	switch {
	case r.Status != dispatch.CouldNotRun || r.Task.CriticalPath:
	case r.Decision.Refused != "":
		all = append(all, trouble{"Did not run", r.Decision.Refused})
	default:
		all = append(all, trouble{"Could not run", because(r)})
	}
	switch {
	case len(r.Attempts) == 0 || r.Cost.State == money.Priced:
	case r.Cost.State == money.Unpriced:
		all = append(all, trouble{"Unpriced", "its cost is not counted: " + noteOr(r.Cost, "no price fits")})
	default:
		all = append(all, trouble{"Unknown usage", "its cost is not counted: " + noteOr(r.Cost, "usage was not reported")})
	}
	return all
}

func taskWarnings(r dispatch.Result) []Annotation {
	var all []Annotation
	warn := func(title, message string) {
		all = append(all, Annotation{Level: LevelWarning, Title: title, Message: r.Task.ID + ": " + message})
	}
	for _, w := range troubles(r) {
		warn(w.title, w.text)
	}
	if escalated(r) {
		first, last := r.Attempts[0].Model, r.Attempts[len(r.Attempts)-1].Model
		warn("Escalated", fmt.Sprintf("from %s to %s after %d attempts", first.Tier, last.Tier, len(r.Attempts)))
	}
	for _, w := range r.Warnings {
		warn("tierwise", w)
	}
	return all
}

func noteOr(c money.Cost, otherwise string) string {
	if c.Note != "" {
		return c.Note
	}
	return otherwise
}

// droppedAnnotations count the findings that nobody can place.
func (s Session) droppedAnnotations() []Annotation {
	var all []Annotation
	for _, r := range s.Results {
		if r.Output.Dropped > 0 {
			all = append(all, Annotation{
				Level: findingLevel(r.Output.DroppedWorst), Title: "Findings left out", Message: r.Task.ID + ": " + droppedText(r.Output),
			})
		}
	}
	return all
}

func (s Session) findingAnnotations() []Annotation {
	var findings []task.Finding
	for _, r := range s.Results {
		findings = append(findings, r.Output.Findings...)
	}
	var all []Annotation
	for _, f := range bySeverity(findings) {
		all = append(all, findingAnnotation(f))
	}
	return all
}

// findingAnnotation is a remark at its line. A path that is no plain line of
// text would not name a file to the runner: it is told in words instead.
func findingAnnotation(f task.Finding) Annotation {
	a := Annotation{
		Level: findingLevel(f.Severity), Title: severityWord(f.Severity) + ": " + weakness(f) + f.Title, Message: remark(f),
		File: f.Path, Line: f.Line, EndLine: lastLine(f),
	}
	if a.Message == "" {
		a.Message = f.Title
	}
	if line(f.Path) != f.Path {
		a.Message = place(f) + ": " + a.Message
		a.File, a.Line, a.EndLine = "", 0, 0
	}
	return a
}

func findingLevel(s task.Severity) Level {
	switch {
	case s >= task.HighSeverity:
		return LevelError
	case s == task.MediumSeverity:
		return LevelWarning
	default:
		return LevelNotice
	}
}
