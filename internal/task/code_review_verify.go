package task

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Bounds of a review: findings, and characters of their parts.
const (
	maxFindings = 200
	maxTitle    = 200
	maxBody     = 8000
	maxSummary  = 4000
)

type reviewAnswer struct {
	Summary  string          `json:"summary"`
	Findings []reviewFinding `json:"findings"`
}

type reviewFinding struct {
	Path       string   `json:"path"`
	Line       int      `json:"line"`
	EndLine    *int     `json:"end_line"`
	Severity   Severity `json:"severity"`
	Title      string   `json:"title"`
	Body       string   `json:"body"`
	Suggestion *string  `json:"suggestion"`
	// What a scan says beyond a review; the schema of a review has none of it.
	CWE      int     `json:"cwe,omitzero"`
	Evidence string  `json:"evidence,omitzero"`
	Exploit  *string `json:"exploit,omitzero"`
	Fix      *string `json:"fix,omitzero"`
}

// verifyReview releases the findings that point at lines of the diff, new or
// removed, and counts the others as dropped. A review of which nothing is left is refused:
// it looked at something else than this change.
//
// Output.Markdown holds the summary alone; the findings are values.
func verifyReview(in Input, answer []byte) (Output, []Problem) {
	var a reviewAnswer
	if problems := readAnswer(answer, []byte(reviewSchema), &a); problems != nil {
		return Output{}, problems
	}
	return a.release(in, nil)
}

// release checks an answer and places its findings. also holds what a task
// asks of a finding beyond a review; it may be nil.
func (a reviewAnswer) release(in Input, also func(Input, string, reviewFinding) []Problem) (Output, []Problem) {
	if len(a.Findings) > maxFindings {
		return Output{}, []Problem{problem("too-many-findings", "there are %d findings, more than %d", len(a.Findings), maxFindings)}
	}
	problems := checkReview(in, a)
	for i, f := range a.Findings {
		if also != nil {
			problems = append(problems, also(in, fmt.Sprintf("finding %d", i+1), f)...)
		}
	}
	if len(problems) > 0 {
		return Output{}, problems
	}
	return a.place(in)
}

// place gives the output of a checked answer.
func (a reviewAnswer) place(in Input) (Output, []Problem) {
	out := Output{Markdown: strings.TrimSpace(a.Summary) + "\n"}
	for _, f := range a.Findings {
		if found, ok := f.placed(in); ok {
			out.Findings = append(out.Findings, found)
		} else {
			out.Dropped++
			out.DroppedWorst = max(out.DroppedWorst, f.Severity)
		}
	}
	if out.Dropped > 0 && len(out.Findings) == 0 {
		return Output{}, []Problem{problem("pointing-nowhere", "%s, and none points at a line of the diff", plural(out.Dropped, "finding"))}
	}
	slices.SortStableFunc(out.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), cmp.Compare(x.Path, y.Path), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Title, y.Title))
	})
	return out, nil
}

func checkReview(in Input, a reviewAnswer) []Problem {
	var problems []Problem
	switch {
	case strings.TrimSpace(a.Summary) == "":
		problems = brokenForm("the summary is empty")
	case len([]rune(a.Summary)) > maxSummary:
		problems = brokenForm("the summary has more than %d characters", maxSummary)
	default:
		problems = advice(in, "the summary", a.Summary)
	}
	for i, f := range a.Findings {
		problems = append(problems, checkFinding(in, fmt.Sprintf("finding %d", i+1), f)...)
	}
	return problems
}

func checkFinding(in Input, place string, f reviewFinding) []Problem {
	problems := oneLiner(place+"'s title", f.Title, maxTitle)
	switch body := strings.TrimSpace(f.Body); {
	case body == "":
		return append(problems, brokenForm("%s has no body", place)...)
	case len([]rune(body)) > maxBody:
		return append(problems, brokenForm("%s has a body of more than %d characters", place, maxBody)...)
	}
	if f.Suggestion != nil {
		if len([]rune(*f.Suggestion)) > maxBody {
			return append(problems, brokenForm("%s has a suggestion of more than %d characters", place, maxBody)...)
		}
		problems = append(problems, replacement(in, place+"'s suggestion", *f.Suggestion)...)
	}
	return append(problems, advice(in, place, f.Title+"\n"+f.Body)...)
}

// placed gives the finding at its lines, or at its file where they are lines
// of the old one, false where they are neither. An end that lies outside of
// the hunk is no reason to lose a finding whose first line is in it, but its
// suggestion would replace other lines.
func (f reviewFinding) placed(in Input) (Finding, bool) {
	path := strings.TrimPrefix(strings.TrimPrefix(f.Path, "./"), "/")
	found := Finding{
		Path: path, Line: f.Line, EndLine: f.Line, Severity: f.Severity,
		Title: strings.TrimSpace(f.Title), Body: strings.TrimSpace(f.Body),
		CWE: f.CWE, Evidence: withoutSecrets(strings.TrimSpace(f.Evidence)), Exploit: trimmed(f.Exploit), Fix: trimmed(f.Fix),
	}
	file, ok := in.Change.File(path)
	if !ok || f.Line < 1 || !file.HasLine(f.Line, 0) || f.onlyRemoved(in) {
		found.Path, ok = f.removedFrom(in.Change, path)
		found.Line, found.EndLine = 0, 0
		return found, ok
	}
	whole := f.EndLine == nil || file.HasLine(f.Line, *f.EndLine)
	if f.EndLine != nil && whole {
		found.EndLine = *f.EndLine
	}
	if f.Suggestion != nil && whole {
		found.Suggestion = *f.Suggestion
	}
	return found, true
}

// removedFrom gives the path at the head of the row that shows the finding's
// line on its old side. A row may be asked for by either path of a rename, and
// two rows may have one path, as where a link takes the place of a file. A
// file that was deleted and had no lines, or none that are shown, can only be
// meant as a whole.
func (f reviewFinding) removedFrom(c change.Change, path string) (string, bool) {
	for _, file := range c.Files {
		if file.Path != path && (file.Status != change.Renamed || file.OldPath != path) {
			continue
		}
		if file.Status == change.Removed && len(file.Hunks) == 0 {
			return file.Path, true
		}
		for l := range file.Lines() {
			if l.OldLine > 0 && l.OldLine == f.Line {
				return file.Path, true
			}
		}
	}
	return "", false
}

func trimmed(text *string) string {
	if text == nil {
		return ""
	}
	return strings.TrimSpace(*text)
}
