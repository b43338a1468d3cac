package report

import (
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

// The exit codes of run.
const (
	ExitFine        = 0
	ExitFindings    = 1 // a review that did not happen, or fail-on
	ExitCouldNotRun = 3 // interrupted before the work was done
)

// ExitCode gives the exit code of a session. On the critical path only a
// review that happened is 0, unless the workflow says on-missing-key: skip and
// a key was missing; fail-on cannot change that. An auxiliary task that could
// not run is 0 unless fail-on is error, or the policy says that it blocks.
func ExitCode(s Session, failOn string) int {
	for _, r := range s.noReview() {
		if !s.excused(r) {
			return ExitFindings
		}
	}
	if FailsOn(s, failOn) || s.blocked() {
		return ExitFindings
	}
	if s.Interrupted {
		return ExitCouldNotRun
	}
	return ExitFine
}

// FailsOn says whether fail-on makes the step fail: none never does; a
// severity does where a finding is that bad or worse, whether or not it points
// at a line of the change; error does where a task could not run. A word that is none of these fails: a typing error must not
// turn a gate off.
func FailsOn(s Session, failOn string) bool {
	switch failOn {
	case "", "none":
		return false
	case "error":
		return s.anyCouldNotRun()
	}
	threshold, err := task.ParseSeverity(failOn)
	if err != nil {
		return true
	}
	for _, r := range s.Results {
		for _, f := range r.Output.Findings {
			if reaches(f.Severity, threshold) {
				return true
			}
		}
		if r.Output.Dropped > 0 && reaches(r.Output.DroppedWorst, threshold) {
			return true
		}
	}
	return false
}

// reaches counts what is not rated as the worst: nothing says that it is mild.
func reaches(s, threshold task.Severity) bool { return s == 0 || s >= threshold }

func (s Session) anyCouldNotRun() bool {
	for _, r := range s.Results {
		if r.Status == dispatch.CouldNotRun {
			return true
		}
	}
	return false
}

func (s Session) blocked() bool {
	for _, r := range s.Results {
		if r.Blocking {
			return true
		}
	}
	return false
}
