package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/route"
)

// HookEvent is a moment at which a coding agent asks its hooks, by its name.
type HookEvent string

// The moments that have a brief: a person's prompt, and a call of a tool that
// sends out another agent.
const (
	PromptSubmitted HookEvent = "UserPromptSubmit"
	BeforeTool      HookEvent = "PreToolUse"
)

// hookAnswer is what Claude Code reads from a hook
// (https://code.claude.com/docs/en/hooks). An answer never says "allow": that
// would pass over the questions that the agent asks its user.
type hookAnswer struct {
	Decision string       `json:"decision,omitempty"` // block: the prompt goes nowhere
	Reason   string       `json:"reason,omitempty"`
	Message  string       `json:"systemMessage,omitempty"`
	Specific *hookDetails `json:"hookSpecificOutput,omitempty"`
}

type hookDetails struct {
	Event    HookEvent `json:"hookEventName"`
	Decision string    `json:"permissionDecision,omitempty"` // ask or deny
	Reason   string    `json:"permissionDecisionReason,omitempty"`
	Context  string    `json:"additionalContext,omitempty"`
}

// Hook answers a coding agent that is about to send a brief.
func Hook(w io.Writer, event HookEvent, v lint.Dispatch, d route.Decision) error {
	return writeLine(w, hookAnswerOf(event, dispatchOf(d, v), d))
}

func hookAnswerOf(event HookEvent, v dispatchJSON, d route.Decision) hookAnswer {
	why := "tierwise: " + strings.Join(v.Why, "; ")
	switch {
	case v.Verdict == lint.Block && event == PromptSubmitted:
		return hookAnswer{Decision: "block", Reason: why}
	case v.Verdict == lint.Block:
		return hookAnswer{Specific: &hookDetails{Event: event, Decision: "deny", Reason: why}}
	case v.Verdict == lint.Ask && event == PromptSubmitted:
		return hookAnswer{Specific: &hookDetails{Event: event, Context: why + ". Ask before you begin."}}
	case v.Verdict == lint.Ask:
		return hookAnswer{Specific: &hookDetails{Event: event, Decision: "ask", Reason: why}}
	}
	return hookAnswer{Message: "tierwise: " + hookTier(d)}
}

func hookTier(d route.Decision) string {
	if d.Model == nil {
		return tierWord(d.Tier)
	}
	return fmt.Sprintf("%s, %s", tierWord(d.Tier), d.Model.ID())
}
