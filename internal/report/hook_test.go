package report

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// TestAHookNeverAllows: "allow" would pass over the agent's own questions.
func TestAHookNeverAllows(t *testing.T) {
	t.Parallel()
	sonnet := policy.Model{Provider: "anthropic", Model: "claude-sonnet-5-5"}
	decided := route.Decision{Tier: policy.Mid, Model: &sonnet}
	tests := []struct {
		name    string
		event   HookEvent
		verdict lint.Verdict
		d       route.Decision
		want    string
	}{
		{"go, before a tool", BeforeTool, lint.Go, decided, `{"systemMessage":"tierwise: mid, anthropic/claude-sonnet-5-5"}`},
		{"ask, before a tool", BeforeTool, lint.Ask, decided, `{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask","permissionDecisionReason":"tierwise: why"}}`},
		{"block, before a tool", BeforeTool, lint.Block, decided, `{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"tierwise: why"}}`},
		{"ask, of a prompt", PromptSubmitted, lint.Ask, decided, `{"hookSpecificOutput":{"hookEventName":"UserPromptSubmit","additionalContext":"tierwise: why. Ask before you begin."}}`},
		{"block, of a prompt", PromptSubmitted, lint.Block, decided, `{"decision":"block","reason":"tierwise: why"}`},
		{
			"nobody can do it", BeforeTool, lint.Go,
			route.Decision{Tier: policy.Frontier, Unavailable: "no key"},
			`{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"tierwise: no model can do it: no key"}}`,
		},
		{"a local task needs no model", BeforeTool, lint.Go, route.Decision{Tier: policy.Local}, `{"systemMessage":"tierwise: local"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := lint.Dispatch{Verdict: tt.verdict}
			if tt.verdict != lint.Go {
				v.Why = []string{"why"}
			}
			var out strings.Builder
			if err := Hook(&out, tt.event, v, tt.d); err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(out.String()); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
