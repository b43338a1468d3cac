package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

// maxMovesTold bounds the moves that the message names; the table has all.
const maxMovesTold = 6

func policyChangeMoves() Rule {
	moved := &PolicyChange{Looked: 30, Spend: "$0.4100 less", Moves: []PolicyMove{{Task: "docs", From: policy.Mid, To: policy.Efficient, Changes: 7}}}
	return Rule{
		ID:       "policy-change-moves",
		Severity: diag.Note,
		Summary:  "earlier changes would have gone to another tier",
		Why:      "What a row does is seen in the work that it places. The table beside this note has every move with its spend and examples.",
		Fix:      "Nothing, if that is what the change is for. Else look at the examples in the table: each names a change that moves.",
		Needs:    []Need{NeedsPolicyChange},
		Bad:      Example{Text: minimal(""), World: World{PolicyChange: moved}},
		Good:     Example{Text: minimal(""), World: World{PolicyChange: &PolicyChange{Looked: 30}}},
		Policy: func(p Policy, w World) []Hit {
			if len(w.PolicyChange.Moves) == 0 || !w.PolicyChange.changes(p) {
				return nil
			}
			return []Hit{{Pos: p.Root.Pos, Message: movesText(*w.PolicyChange)}}
		},
	}
}

func movesText(c PolicyChange) string {
	var parts []string
	for _, m := range c.Moves[:min(len(c.Moves), maxMovesTold)] {
		parts = append(parts, fmt.Sprintf("%s from %s to %s on %d", workName(m.Task), m.From, m.To, m.Changes))
	}
	if more := len(c.Moves) - maxMovesTold; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d further moves", more))
	}
	text := fmt.Sprintf("of %d earlier changes this would have moved %s", c.Looked, strings.Join(parts, ", "))
	if c.Spend != "" {
		text += "; projected spend: " + c.Spend
	}
	return text
}
