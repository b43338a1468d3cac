package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/weekly"
)

func TestTheWeeklyPageCallsNothingUnknownFree(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*weekly.Numbers)
		line   string
	}{
		"no unfinished task has a bound": {func(n *weekly.Numbers) {
			n.Gaps.Unfinished, n.Gaps.Unbounded, n.Gaps.UnfinishedBound = 1, 1, "0"
		}, "1 task begun and never finished: what they spent is unknown, and none has a bound."},
		"one of two has a bound": {func(n *weekly.Numbers) {
			n.Gaps.Unfinished, n.Gaps.Unbounded, n.Gaps.UnfinishedBound = 2, 1, "0.5"
		}, "2 tasks begun and never finished: what they spent is unknown, at most $0.5000 if each call was tried once, and 1 have no bound."},
		"nothing spared is known": {func(n *weekly.Numbers) {
			n.Reuse = weekly.Reuse{Reused: 3, Avoided: "0", Unknown: 3}
		}, "3 tasks from kept answers, which spared an unknown amount."},
		"a part of what was spared is known": {func(n *weekly.Numbers) {
			n.Reuse = weekly.Reuse{Reused: 3, Avoided: "0.25", Unknown: 1}
		}, "3 tasks from kept answers, which spared about $0.2500 beside 1 of unknown size."},
		"all that was spared is known": {func(n *weekly.Numbers) {
			n.Reuse = weekly.Reuse{Reused: 3, Avoided: "0.25"}
		}, "3 tasks from kept answers, which spared about $0.2500."},
		"no observed task can be compared": {func(n *weekly.Numbers) {
			n.Observed = weekly.Observed{Records: 2, Cost: "0", Would: "0"}
		}, "2 tasks only observed; none of them can be compared with what the policy leads to."},
		"an observed task can be compared": {func(n *weekly.Numbers) {
			n.Observed = weekly.Observed{Records: 2, Compared: 1, Cost: "0.5", Would: "0.25"}
		}, "2 tasks only observed; of the 1 that can be compared, $0.5000 spent where the policy leads to $0.2500."},
		"tasks that nothing routed": {func(n *weekly.Numbers) {
			n.Efficiency.LeftOut = 4
		}, "4 finished tasks that nothing here routed, observed or recorded: not in routing efficiency, coverage and placement."},
	} {
		n := aWeek("docs")
		tt.change(&n)
		if page := markdown(t, n); !strings.Contains(page, "\n- "+tt.line+"\n") {
			t.Errorf("%s: no %q in\n%s", name, tt.line, page)
		}
	}
}

func markdown(t *testing.T, n weekly.Numbers) string {
	t.Helper()
	var page bytes.Buffer
	if err := WeeklyMarkdown(&page, n); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestAllFrontierStandsBesideTheCostOfTheSameTasks(t *testing.T) {
	t.Parallel()
	n := aWeek("docs")
	n.ByTask[0].Total = weekly.Total{Records: 3, Cost: "5.25", Compared: 1, ComparedCost: "0.25", Baseline: "1", Saved: "0.75"}
	if page := markdown(t, n); !strings.Contains(page, "| `docs` | 3 | $5.25 | $0.2500 | $1.00 | $0.7500 | 0 |\n") {
		t.Errorf("the row of docs is another in\n%s", page)
	}
}

func TestARecordedTaskHasNoSuccess(t *testing.T) {
	t.Parallel()
	n := aWeek("docs")
	const why = "Recorded: another program did it"
	if page := markdown(t, n); strings.Contains(page, why) || strings.Contains(page, "recorded") {
		t.Errorf("nothing was recorded:\n%s", page)
	}
	theirs := n.ModelCosts[0]
	theirs.Recorded, theirs.Success = true, weekly.Share{High: 1}
	n.ModelCosts = append(n.ModelCosts, theirs)
	page := markdown(t, n)
	if !strings.Contains(page, why) || !strings.Contains(page, "| docs | `anthropic/docs`, recorded | 39 | $0.0198 ($0.0162–$0.0235) | $0.0200 | – |") {
		t.Errorf("the row of the recorded tasks is another in\n%s", page)
	}
}
