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
		m := criticalMarker([]dispatch.Result{{Task: task.Task{ID: id}}})
		if seen[m] || m == AuxiliaryMarker || strings.Contains(m, "\n") || strings.Count(m, "-->") != 1 || len(m) > 600 {
			t.Errorf("%.20q gives %q", id, m)
		}
		seen[m] = true
	}
}
