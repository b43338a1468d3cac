package report

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

// A check is a success only where the task was done whole and found nothing:
// required checks let neutral and skipped pass.
func TestTheVerdictOfACheck(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		edit   func(*Session)
		failOn string
		want   string
	}{
		"a clean review":                    {func(s *Session) { s.Results[0].Status, s.Results[0].Output = dispatch.Clean, task.Output{} }, "none", "success"},
		"findings below the threshold":      {func(*Session) {}, "critical", "neutral"},
		"findings without a threshold":      {func(*Session) {}, "none", "neutral"},
		"a finding at the threshold":        {func(*Session) {}, "high", "failure"},
		"a threshold that is no word":       {func(*Session) {}, "hihg", "failure"},
		"a finding that nobody can place":   {func(s *Session) { s.Results[0].Output.Findings = nil }, "none", "neutral"},
		"one at the threshold":              {func(s *Session) { s.Results[0].Output.Findings = nil }, "medium", "failure"},
		"a partial review":                  {func(s *Session) { s.Results[0].Status = dispatch.Partial }, "none", "failure"},
		"a review that could not run":       {func(s *Session) { s.Results[0].Status = dispatch.CouldNotRun }, "none", "failure"},
		"a skipped review":                  {func(s *Session) { s.Results[0].Status = dispatch.Skipped }, "none", "failure"},
		"a skipped review that was excused": {excuse, "none", "neutral"},
		"a partial review beside the gate":  {func(s *Session) { s.Results[0].Status, s.Results[0].Task.CriticalPath = dispatch.Partial, false }, "none", "failure"},
		"an interrupted run that is clean": {func(s *Session) {
			s.Results[0].Status, s.Results[0].Output, s.Interrupted = dispatch.Clean, task.Output{}, true
		}, "none", "neutral"},
		"an auxiliary task":                     {func(s *Session) { s.Results[0] = localResult("changelog") }, "none", "success"},
		"an auxiliary task that was skipped":    {func(s *Session) { auxiliary(s, dispatch.Skipped) }, "none", "skipped"},
		"an auxiliary task that could not run":  {func(s *Session) { auxiliary(s, dispatch.CouldNotRun) }, "none", "neutral"},
		"the same where the workflow blocks it": {func(s *Session) { auxiliary(s, dispatch.CouldNotRun) }, "error", "failure"},
		"the same where the policy blocks it":   {func(s *Session) { auxiliary(s, dispatch.CouldNotRun); s.Results[0].Blocking = true }, "none", "failure"},
	} {
		s := session(review())
		tc.edit(&s)
		if got := Checks(s, tc.failOn); len(got) != 1 || got[0].Conclusion != tc.want {
			t.Errorf("%s: %+v, want %s", name, got, tc.want)
		}
	}
}

// A check that says skipped passes, and would stand in the place of the earlier
// one on the same head.
func TestATaskThatStoodAsideWritesNoCheck(t *testing.T) {
	t.Parallel()
	aside := localResult("changelog")
	aside.Status = dispatch.Skipped
	s := session(review(), aside)
	if got := Checks(s, "none"); len(got) != 2 {
		t.Errorf("%d checks where the policy skips one task, want 2", len(got))
	}
	s.StoodAside = "the label means nothing to the policy"
	s.Results[0].Status = dispatch.Skipped
	if got := Checks(s, "none"); len(got) != 1 || got[0].Name != "tierwise / auth-review" || got[0].Conclusion != "failure" {
		t.Errorf("%+v, want the failed review alone", got)
	}
}

func excuse(s *Session) {
	s.Results[0].Status, s.Results[0].MissingKey = dispatch.Skipped, true
	s.AllowNoReview = map[string]bool{s.Results[0].Task.ID: true}
}

func auxiliary(s *Session, status dispatch.Status) {
	s.Results[0] = localResult("changelog")
	s.Results[0].Status = status
}

func TestAnyCheckFitsThePlatform(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 9))
	for range 60 {
		s := randomSession(rng)
		for _, c := range Checks(s, "high") {
			if len(c.Summary) > 65535 || utf8.RuneCountInString(c.Title) > 255 || strings.ContainsAny(c.Title+c.Name, "\n\r\x1b") {
				t.Errorf("%d bytes, title %q", len(c.Summary), c.Title)
			}
			for _, a := range c.Annotations {
				if a.File == "" || a.Line < 1 || a.EndLine < a.Line || a.Message == "" && a.Title == "" || strings.ContainsAny(a.File, "\n\r") {
					t.Errorf("%+v", a)
				}
			}
			if len(c.Summary) < 65000 {
				one := s
				one.Results = s.Results[:1]
				checkPage(t, one, c.Summary)
			}
		}
		if t.Failed() {
			return
		}
	}
}

func TestACheckCountsWhatItDoesNotAnnotate(t *testing.T) {
	t.Parallel()
	r := review()
	r.Output.Findings = []task.Finding{{Path: "a\nb.go", Line: 1, EndLine: 1, Severity: task.LowSeverity, Title: "t", Body: "b"}}
	for i := range 230 {
		r.Output.Findings = append(r.Output.Findings, task.Finding{Path: "a.go", Line: i, EndLine: i, Severity: task.LowSeverity, Title: "t", Body: "b"})
	}
	c := Checks(session(r), "none")[0]
	if len(c.Annotations) != 200 || !strings.Contains(c.Summary, "Findings without an annotation: 31.") {
		t.Errorf("%d annotations, %.2000s", len(c.Annotations), c.Summary)
	}
	if a := c.Annotations[0]; a.Line != 1 || !strings.HasPrefix(a.Message, "The file as a whole") {
		t.Errorf("%+v", a)
	}
	if got := fmt.Sprint(len(Checks(session(dispatch.Result{Task: r.Task}), "none"))); got != "0" {
		t.Errorf("a task that only was routed has %s checks", got)
	}
}
