package route

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/policy"
)

// place gives the reasons of step 1: where a task stands by its row, or where
// the table puts a brief. A task without a row is refused by the caller; here
// it is frontier, so that a forgotten check cannot make it cheap.
func place(in Input) []Reason {
	if in.TaskID == "" {
		return placeByTable(in)
	}
	row, ok := in.Policy.Task(in.TaskID)
	switch {
	case !ok || in.Task == nil:
		return []Reason{{Rule: "unknown-task", Tier: policy.Frontier, Text: fmt.Sprintf("task %q has no row under tasks:", in.TaskID)}}
	case row.Tier == 0:
		return []Reason{{Rule: "place", Tier: in.Policy.Default, Policy: row.Pos, Text: fmt.Sprintf("its row in the policy names no tier: default, %s", in.Policy.Default)}}
	}
	return []Reason{{Rule: "place", Tier: row.Tier, Policy: row.Pos, Text: fmt.Sprintf("its row in the policy says %s", row.Tier)}}
}
