package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
)

// LintAnnotations gives the findings as annotations, the worst first. Of each
// level the runner shows ten in a step: where there are more, the tenth counts
// the rest and says where they are.
func LintAnnotations(l Linted, rest string) []Annotation {
	var all []Annotation
	findings := slices.Clone(l.Findings)
	slices.SortStableFunc(findings, func(a, b lint.Finding) int { return int(b.Severity) - int(a.Severity) })
	for _, f := range findings {
		all = append(all, l.annotation(f))
	}
	for _, text := range l.Unread {
		all = append(all, Annotation{Level: LevelWarning, Title: "Not examined", Message: text})
	}
	var kept []Annotation
	for _, level := range []Level{LevelError, LevelWarning, LevelNotice} {
		kept = append(kept, limitedTo(all, level, rest)...)
	}
	for i := range kept {
		kept[i].Title, kept[i].Message = clip(line(kept[i].Title), maxTitle), clip(line(kept[i].Message), maxMessage)
	}
	return kept
}

// limitedTo gives the annotations of one level, at most ten of them.
func limitedTo(all []Annotation, level Level, rest string) []Annotation {
	some := slices.DeleteFunc(slices.Clone(all), func(a Annotation) bool { return a.Level != level })
	if len(some) <= maxPerLevel {
		return some
	}
	more := len(some) - (maxPerLevel - 1)
	return append(some[:maxPerLevel-1:maxPerLevel-1], Annotation{Level: level, Title: "And more", Message: fmt.Sprintf("%s of this level: %s", count(more, "more finding"), rest)})
}

func (l Linted) annotation(f lint.Finding) Annotation {
	text := l.source(f.File).Line(f.Line)
	a := Annotation{
		Level: lintLevel(f.Severity), Title: f.ID, Message: f.Message, File: l.path(f.File), Line: f.Line,
		Col: runesTo(text, f.Col), EndCol: runesTo(text, endOf(f, text)),
	}
	// A path that is no plain line of text would not name a file to the runner,
	// and the body of an issue has none.
	if !l.isFile(f.File) || line(a.File) != a.File || strings.ContainsAny(a.File, "\r\n") {
		a.Message = f.Position.String() + ": " + a.Message
		a.File, a.Line, a.Col, a.EndCol = "", 0, 0, 0
	}
	return a
}

func lintLevel(s diag.Severity) Level {
	switch s {
	case diag.Error:
		return LevelError
	case diag.Warning:
		return LevelWarning
	default:
		return LevelNotice
	}
}

// runesTo turns a column that counts bytes into one that counts characters.
func runesTo(text string, col int) int {
	return len([]rune(text[:min(max(col-1, 0), len(text))])) + 1
}
