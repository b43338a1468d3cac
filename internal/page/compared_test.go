package page

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/weekly"
)

func pageText(t *testing.T, n weekly.Numbers) string {
	t.Helper()
	var words strings.Builder
	for node := range parsed(t, written(t, n)).Descendants() {
		if node.FirstChild == nil && node.Data != "" {
			words.WriteString(node.Data)
		}
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

func TestThePageSaysWhatTheLineIsOf(t *testing.T) {
	t.Parallel()
	n := week(1, 7, honest)
	n.Spend = weekly.Total{Records: 3, Cost: "5.25", Compared: 1, ComparedCost: "0.25", Baseline: "1", Saved: "0.75"}
	const rest = "The others are not in the line"
	for _, want := range []string{
		"all at the baseline model, of the 1 of 3 tasks that could be compared. These cost $0.2500 of the $5.25 in the bars.", rest,
	} {
		if page := pageText(t, n); !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	n.Spend.Compared = 3
	if page := pageText(t, n); strings.Contains(page, rest) {
		t.Errorf("all were compared:\n%s", page)
	}
	n.Spend.Compared = 0
	if page := pageText(t, n); !strings.Contains(page, "so there is no line.") || strings.Contains(page, "in the bars") {
		t.Errorf("none was compared:\n%s", page)
	}
}

func TestThePageMarksWhatAnotherProgramDid(t *testing.T) {
	t.Parallel()
	n := week(1, 7, honest)
	const why, mark = "Recorded: another program did it", "claude-haiku-4-5, recorded"
	if page := pageText(t, n); strings.Contains(page, why) || strings.Contains(page, mark) {
		t.Errorf("nothing was recorded:\n%s", page)
	}
	n.ModelCosts[0].Recorded, n.ModelCosts[0].Success = true, weekly.Share{High: 1}
	n.Efficiency.LeftOut = 1
	for _, want := range []string{why, mark, "1 finished task that nothing here routed"} {
		if page := pageText(t, n); !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
}
