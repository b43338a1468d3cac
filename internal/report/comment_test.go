package report

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/task"
)

// Whatever runs beside a review, its comment is its own.
func TestEachSetOfCriticalTasksHasItsOwnComment(t *testing.T) {
	t.Parallel()
	critical := func(id string) dispatch.Result {
		return dispatch.Result{Task: task.Task{ID: id, CriticalPath: true}, Status: dispatch.Clean}
	}
	skipped := localResult("changelog")
	skipped.Status = dispatch.Skipped
	for name, tc := range map[string]struct {
		results []dispatch.Result
		aside   string
		want    string
	}{
		"a review":                  {[]dispatch.Result{critical("code-review")}, "", "<!-- tierwise: code-review --> code-review"},
		"a scan":                    {[]dispatch.Result{critical("security-scan")}, "", "<!-- tierwise: security-scan --> security-scan"},
		"a task that tells":         {[]dispatch.Result{localResult("changelog")}, "", "<!-- tierwise --> changelog"},
		"all of them, in any order": {[]dispatch.Result{critical("security-scan"), localResult("changelog"), critical("code-review")}, "", "<!-- tierwise: code-review, security-scan --> security-scan code-review; <!-- tierwise --> changelog"},
		"one that the policy skips": {[]dispatch.Result{skipped}, "", "<!-- tierwise --> changelog"},
		"one that stood aside":      {[]dispatch.Result{critical("code-review"), skipped}, "a label", "<!-- tierwise: code-review --> code-review"},
	} {
		s := session(tc.results...)
		s.StoodAside = tc.aside
		var got []string
		for _, one := range Stickies(s) {
			text := one.Marker
			for _, r := range one.Session.Results {
				text += " " + r.Task.ID
			}
			got = append(got, text)
		}
		if text := strings.Join(got, "; "); text != tc.want {
			t.Errorf("%s: %s, want %s", name, text, tc.want)
		}
	}
}

// A marker is one line that ends once, whatever a task is called.
func TestNoNameBreaksAMarker(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, id := range []string{"code-review", "x --> <b>", "x\ny", strings.Repeat("x", 600), strings.Repeat("x", 601), ""} {
		m := criticalMarker([]dispatch.Result{{Task: task.Task{ID: id}}}, nil)
		if seen[m] || m == AuxiliaryMarker || strings.Contains(m, "\n") || strings.Count(m, "-->") != 1 || len(m) > 600 {
			t.Errorf("%.20q gives %q", id, m)
		}
		seen[m] = true
	}
}

// Two steps, or two legs of a matrix, with the same critical tasks are two
// voices: the green one must not stand in the place of the red one.
func TestStepsWithTheSameCriticalTasksHaveCommentsOfTheirOwn(t *testing.T) {
	t.Parallel()
	results := []dispatch.Result{{Task: task.Task{ID: "code-review", CriticalPath: true}, Status: dispatch.Clean}}
	seen := map[string]string{}
	for name, place := range map[string][]string{
		"a step": {"ci", "review", "tierwise", "0"}, "another workflow": {"ci2", "review", "tierwise", "0"}, "another job": {"ci", "audit", "tierwise", "0"},
		"another step": {"ci", "review", "tierwise_2", "0"}, "another leg": {"ci", "review", "tierwise", "1"}, "a hostile name": {"ci", "--> \n<b>", "tierwise", "0"},
	} {
		s := session(results...)
		s.Place = place
		marker := Stickies(s)[0].Marker
		if other, ok := seen[marker]; ok {
			t.Errorf("%s and %s share %s", name, other, marker)
		}
		if strings.Contains(marker, "\n") || strings.Count(marker, "-->") != 1 || !strings.HasPrefix(marker, "<!-- tierwise: code-review at ") {
			t.Errorf("%s: %q", name, marker)
		}
		if again := Stickies(s)[0].Marker; again != marker {
			t.Errorf("%s: the next run writes %q after %q", name, again, marker)
		}
		seen[marker] = name
	}
}
