package task

import (
	"fmt"
	"slices"
	"strings"
)

// verifyScan releases a scan as verifyReview does a review, whose every
// finding also names a weakness that exists and quotes a line that stands at
// its place, and says of what is severe how it is used and closed. A quotation
// that stands elsewhere refuses the whole answer: whoever invents one line of
// evidence may have invented the rest.
func verifyScan(in Input, answer []byte) (Output, []Problem) {
	var a reviewAnswer
	if problems := readAnswer(answer, []byte(scanSchema), &a); problems != nil {
		return Output{}, problems
	}
	if m := foundIn(allClear().FindString, a.Summary); m != "" && slices.ContainsFunc(a.Findings, func(f reviewFinding) bool { return f.Severity >= HighSeverity }) {
		return Output{}, []Problem{problem("inventing", "the summary says that all is clear beside a severe finding: %.40q", m)}
	}
	return a.release(in, checkScanned)
}

// checkScanned holds what a scan says of a finding beyond a review.
func checkScanned(in Input, place string, f reviewFinding) []Problem {
	var problems []Problem
	if !knownWeakness(f.CWE) {
		problems = append(problems, problem("inventing", "%s has CWE %d, which is no weakness of the enumeration", place, f.CWE))
	}
	if f.Severity >= HighSeverity && (blank(f.Exploit) || blank(f.Fix)) {
		problems = append(problems, problem("unfinished", "%s is %s and lacks its exploit or its fix", place, f.Severity))
	}
	for _, part := range []struct {
		name string
		text *string
	}{{"exploit", f.Exploit}, {"fix", f.Fix}, {"evidence", &f.Evidence}} {
		if part.text != nil && len([]rune(*part.text)) > maxBody {
			problems = append(problems, brokenForm("%s has %s of more than %d characters", place, part.name, maxBody)...)
		}
	}
	if f.Exploit != nil {
		problems = append(problems, sketch(in, place+"'s exploit", *f.Exploit)...)
	}
	if f.Fix != nil {
		problems = append(problems, advice(in, place+"'s fix", *f.Fix)...)
	}
	if _, ok := f.placed(in); ok && !f.evident(in) {
		problems = append(problems, problem("inventing-evidence", "%s quotes what does not stand at %s", place, fmt.Sprintf("%.80s:%d", f.Path, f.Line)))
	}
	return problems
}

func blank(text *string) bool { return text == nil || strings.TrimSpace(*text) == "" }
