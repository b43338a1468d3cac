package report

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

func reusedResult(avoided money.Cost) dispatch.Result {
	return dispatch.Result{
		Task: task.Task{ID: "changelog", Kind: task.Tells}, Status: dispatch.Clean, Cost: money.Cost{State: money.Priced},
		Decision: route.Decision{Tier: policy.Efficient, Model: &policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: "claude-haiku-4-5"}},
		Output:   task.Output{Markdown: "- text\n"}, Outside: "reused from an earlier run",
		Reused: &dispatch.Reused{Key: strings.Repeat("a", 64), From: "comment", Avoided: avoided},
	}
}

func TestAReusedResultStandsOutsideTheFiguresOnALineOfItsOwn(t *testing.T) {
	t.Parallel()
	s := Session{Results: []dispatch.Result{reusedResult(money.Cost{State: money.Priced, Nano: 12_300_000})}}
	var page strings.Builder
	if err := Summary(&page, s); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"tierwise: 1 task, $0, no model called",
		"| changelog | decided: efficient | earlier run |", `["efficient"] --> t0s1["earlier run"]`, "| – | $0 (reused) | – | clean |",
		"Reused from an earlier run at this patch, verified again, outside the saved figures: changelog (from the sticky comment, $0, avoided about $0.0123 by our estimate).",
		"*An earlier run's answer, as the sticky comment has it, verified again.",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("no %q in\n%s", want, page.String())
		}
	}
	if strings.Contains(page.String(), "Not in the saved figures") || strings.Contains(page.String(), "without a model.*") {
		t.Errorf("told as something else:\n%s", page.String())
	}
	if r := resultOf(s.Results[0]); r.Tier != "" || r.Model != "" || r.Provider != "" || r.Decided != "efficient" {
		t.Errorf("nobody knows what gave the answer, and it is told: %+v", r)
	}
	s.Results = []dispatch.Result{reusedResult(money.Cost{State: money.Unpriced})}
	if line := s.reusedLine(); !strings.Contains(line, "what was avoided has no price") {
		t.Error(line)
	}
	if got := reusedOf(s.Results[0]); got.Avoided != "unpriced" || got.From != "comment" {
		t.Errorf("%+v", got)
	}
	if reusedOf(dispatch.Result{}) != nil || (Session{Results: []dispatch.Result{{}}}).reusedLine() != "" {
		t.Error("a result that was not reused is told as one")
	}
}

// The longest line of answers leaves room for the rest within the platform's
// bound.
func TestACommentWithTheLongestLineFits(t *testing.T) {
	t.Parallel()
	r := reusedResult(money.Cost{State: money.Priced})
	r.Output.Markdown = strings.Repeat("- a line of text\n", 20_000)
	for range 300 {
		r.Warnings = append(r.Warnings, strings.Repeat("w", 200))
	}
	marker := "<!-- tierwise -->\n" + strings.Repeat("x", ledger.MaxAnswersLine)
	body := Comment(Session{Results: []dispatch.Result{r, r, r}}, marker)
	if n := len(utf16.Encode([]rune(body))); n > maxComment || !strings.HasPrefix(body, marker+"\n") {
		t.Errorf("%d units", n)
	}
}
