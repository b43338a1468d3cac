package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/task"
)

func TestAnnotationsGoldens(t *testing.T) {
	t.Parallel()
	for name, s := range sessions() {
		var text strings.Builder
		for _, a := range Annotations(s) {
			fmt.Fprintf(&text, "%s %q %q %q %d-%d\n", a.Level, a.Title, a.Message, a.File, a.Line, a.EndLine)
			if strings.ContainsAny(a.Title+a.Message+a.File, "\r\n\x1b\x00") {
				t.Errorf("%s: more than one line: %+v", name, a)
			}
		}
		golden(t, name+".annotations.txt", text.String())
	}
}

func find(all []Annotation, title string) (Annotation, bool) {
	for _, a := range all {
		if a.Title == title {
			return a, true
		}
	}
	return Annotation{}, false
}

func TestEachTroubleHasItsAnnotation(t *testing.T) {
	t.Parallel()
	all := sessions()
	over := workedExample()
	over.Results[0].OverBudget = true
	aux := localResult("changelog")
	aux.Status, aux.Reason = "could-not-run", "no commits"
	interrupted := workedExample()
	interrupted.Interrupted = true
	for name, tc := range map[string]struct {
		s     Session
		title string
		level Level
	}{
		"the cost":               {workedExample(), "AI cost", LevelNotice},
		"over budget":            {over, "AI budget", LevelWarning},
		"unpriced":               {all["unpriced"], "Unpriced", LevelWarning},
		"unknown usage":          {all["unknown-usage"], "Unknown usage", LevelWarning},
		"escalated":              {all["escalated"], "Escalated", LevelWarning},
		"an auxiliary failure":   {session(aux), "Could not run", LevelWarning},
		"no review":              {all["could-not-run"], "NO REVIEW HAPPENED.", LevelError},
		"an excused review":      {all["skipped-without-key"], "NO REVIEW HAPPENED.", LevelWarning},
		"a partial review":       {all["partial"], "THE REVIEW IS PARTIAL.", LevelError},
		"a changed workflow":     {all["policy-notes"], "tierwise", LevelWarning},
		"interrupted":            {interrupted, "Interrupted", LevelWarning},
		"the most severe remark": {workedExample(), "high: The error is ignored", LevelError},
	} {
		a, ok := find(Annotations(tc.s), tc.title)
		if !ok || a.Level != tc.level {
			t.Errorf("%s: %+v, found %v", name, a, ok)
		}
	}
	for _, title := range []string{"AI budget", "Unpriced", "Unknown usage", "Escalated", "Could not run", "NO REVIEW HAPPENED.", "Interrupted"} {
		if a, ok := find(Annotations(workedExample()), title); ok {
			t.Errorf("without a cause: %+v", a)
		}
	}
}

func TestALevelHasAtMostTenAndCountsTheRest(t *testing.T) {
	t.Parallel()
	r := review()
	r.Output.Findings = nil
	for i := range 40 {
		r.Output.Findings = append(r.Output.Findings, task.Finding{Path: "a.go", Line: i + 1, EndLine: i + 1, Severity: task.Severity(i%2 + 4), Title: fmt.Sprintf("n%d", i)})
	}
	all := Annotations(session(r))
	var errs []Annotation
	for _, a := range all {
		if a.Level == LevelError {
			errs = append(errs, a)
		}
	}
	if len(errs) != 10 {
		t.Fatalf("%d errors", len(errs))
	}
	for _, a := range errs[:9] {
		if !strings.HasPrefix(a.Title, "critical: ") {
			t.Errorf("not the most severe: %q", a.Title)
		}
	}
	if !strings.HasPrefix(errs[9].Message, "31 more annotations") {
		t.Errorf("the last one says %q", errs[9].Message)
	}
}

func TestAPathThatIsNoLineIsToldInWords(t *testing.T) {
	t.Parallel()
	a := findingAnnotation(task.Finding{Path: "a|b\n::error::.md", Line: 3, EndLine: 3, Severity: task.Info, Title: "t", Body: "b"})
	if a.File != "" || a.Line != 0 || !strings.Contains(a.Message, "a|b") {
		t.Errorf("%+v", a)
	}
	r := review()
	r.Output.Findings = []task.Finding{{Path: "a.go", Line: 1, Severity: task.Critical, Title: strings.Repeat("é", 9000), Body: strings.Repeat("é", 9000)}}
	for _, a := range Annotations(session(r)) {
		if len([]rune(a.Title)) > 255 || len([]rune(a.Message)) > 4096 {
			t.Errorf("too long for the runner: %d, %d", len(a.Title), len(a.Message))
		}
	}
}
