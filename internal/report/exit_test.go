package report

import (
	"testing"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

func ended(st dispatch.Status, critical bool, severities ...task.Severity) dispatch.Result {
	r := dispatch.Result{Task: task.Task{ID: "t", CriticalPath: critical}, Status: st}
	for _, s := range severities {
		r.Output.Findings = append(r.Output.Findings, task.Finding{Severity: s})
	}
	return r
}

func TestExitCode(t *testing.T) {
	t.Parallel()
	allow := map[string]bool{"t": true}
	keyless := ended(dispatch.Skipped, true)
	keyless.MissingKey = true
	blocking := ended(dispatch.CouldNotRun, false)
	blocking.Blocking = true
	lost := ended(dispatch.Clean, true)
	lost.Output.Dropped, lost.Output.DroppedWorst = 2, task.Critical
	mild := ended(dispatch.Findings, true, task.Info)
	mild.Output.Dropped, mild.Output.DroppedWorst = 1, task.LowSeverity
	unrated := ended(dispatch.Clean, true)
	unrated.Output.Dropped = 1
	for name, tc := range map[string]struct {
		s      Session
		failOn string
		want   int
	}{
		"a clean review":                              {Session{Results: []dispatch.Result{ended(dispatch.Clean, true)}}, "none", 0},
		"findings alone do not fail":                  {Session{Results: []dispatch.Result{ended(dispatch.Findings, true, task.Critical)}}, "none", 0},
		"findings fail where asked":                   {Session{Results: []dispatch.Result{ended(dispatch.Findings, true, task.HighSeverity)}}, "high", 1},
		"milder findings do not":                      {Session{Results: []dispatch.Result{ended(dispatch.Findings, true, task.MediumSeverity)}}, "high", 0},
		"a review that could not run":                 {Session{Results: []dispatch.Result{ended(dispatch.CouldNotRun, true)}}, "none", 1},
		"a partial review":                            {Session{Results: []dispatch.Result{ended(dispatch.Partial, true)}}, "none", 1},
		"a skipped review":                            {Session{Results: []dispatch.Result{ended(dispatch.Skipped, true)}}, "none", 1},
		"a skipped review that the workflow accepts":  {Session{Results: []dispatch.Result{keyless}, AllowNoReview: allow}, "none", 0},
		"skipped for another cause than a key":        {Session{Results: []dispatch.Result{ended(dispatch.Skipped, true)}, AllowNoReview: allow}, "none", 1},
		"without a key and not accepted":              {Session{Results: []dispatch.Result{keyless}}, "none", 1},
		"a broken review is not excused by that":      {Session{Results: []dispatch.Result{ended(dispatch.CouldNotRun, true)}, AllowNoReview: allow}, "none", 1},
		"a partial review is not either":              {Session{Results: []dispatch.Result{ended(dispatch.Partial, true)}, AllowNoReview: allow}, "none", 1},
		"one red review beside green ones":            {Session{Results: []dispatch.Result{ended(dispatch.Clean, true), ended(dispatch.CouldNotRun, true)}}, "none", 1},
		"an auxiliary task that could not run":        {Session{Results: []dispatch.Result{ended(dispatch.CouldNotRun, false)}}, "none", 0},
		"an auxiliary one with fail-on error":         {Session{Results: []dispatch.Result{ended(dispatch.CouldNotRun, false)}}, "error", 1},
		"an auxiliary one with fail-on critical":      {Session{Results: []dispatch.Result{ended(dispatch.CouldNotRun, false)}}, "critical", 0},
		"an auxiliary one that the policy lets block": {Session{Results: []dispatch.Result{blocking}}, "none", 1},
		"a skipped auxiliary task":                    {Session{Results: []dispatch.Result{ended(dispatch.Skipped, false)}}, "error", 0},
		"findings with fail-on error":                 {Session{Results: []dispatch.Result{ended(dispatch.Findings, false, task.Critical)}}, "error", 0},
		"a word that is no severity":                  {Session{Results: []dispatch.Result{ended(dispatch.Clean, false)}}, "hihg", 1},
		"interrupted":                                 {Session{Results: []dispatch.Result{ended(dispatch.Clean, false)}, Interrupted: true}, "none", 3},
		"interrupted with a red review":               {Session{Results: []dispatch.Result{ended(dispatch.CouldNotRun, true)}, Interrupted: true}, "none", 1},
		"a critical finding at no line":               {Session{Results: []dispatch.Result{lost}}, "critical", 1},
		"a critical finding at no line, not asked":    {Session{Results: []dispatch.Result{lost}}, "none", 0},
		"a mild finding at no line":                   {Session{Results: []dispatch.Result{mild}}, "high", 0},
		"a finding at no line that nobody rated":      {Session{Results: []dispatch.Result{unrated}}, "critical", 1},
		"only routed":                                 {Session{Results: []dispatch.Result{ended("", true)}}, "none", 0},
		"nothing":                                     {Session{}, "", 0},
	} {
		if got := ExitCode(tc.s, tc.failOn); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
}

func TestFailOnKnowsEverySeverity(t *testing.T) {
	t.Parallel()
	levels := []string{"info", "low", "medium", "high", "critical"}
	for i, level := range levels {
		for s := task.Info; s <= task.Critical; s++ {
			session := Session{Results: []dispatch.Result{ended(dispatch.Findings, false, s)}}
			if got, want := FailsOn(session, level), int(s) >= i+1; got != want {
				t.Errorf("fail-on %s with a finding of %d: %v", level, s, got)
			}
		}
	}
}
