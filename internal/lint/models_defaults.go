package lint

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/workflow"
)

// actionDefault is the model that an action takes which is given none. Read is
// the day of the commit in which it was read last: a later one may name
// another. Refs are those that it was read for, none for all.
type actionDefault struct {
	Agent    string
	Action   string // what uses: begins with, "" for any of the agent's
	Refs     []string
	Provider string
	Model    string
	Read     string // YYYY-MM-DD
	Source   string
}

// actionDefaults lists the defaults that are written into actions. The beta
// and v0 of claude-code-action install Claude Code 1.0.88, whose default for a
// key is Sonnet 4; none of the models that it knows answers any more.
func actionDefaults() []actionDefault {
	const (
		claude    = "https://github.com/anthropics/claude-code-action/blob/beta/action.yml"
		review    = "https://github.com/anthropics/claude-code-security-review/blob/main/claudecode/constants.py"
		rabbit    = "https://github.com/coderabbitai/ai-pr-reviewer/blob/main/action.yml"
		openHands = "https://github.com/All-Hands-AI/OpenHands/blob/main/.github/workflows/openhands-resolver.yml"
	)
	return []actionDefault{
		{"ai-pr-reviewer", "", nil, "openai", "gpt-4", "2023-11-26", rabbit},
		{"claude-code-action", "anthropics/claude-code-action@", []string{"beta", "v0", "v0.0.63"}, "anthropic", "claude-sonnet-4-20250514", "2025-08-22", claude},
		{"claude-code-security-review", "", nil, "anthropic", "claude-opus-4-1-20250805", "2025-08-25", review},
		{"openhands", "all-hands-ai/openhands/.github/workflows/", nil, "anthropic", "claude-sonnet-4-20250514", "2025-11-28", openHands},
	}
}

// defaultOf gives the model that is written into the action of a call which
// names none, where that is known and the vendor itself answers.
func defaultOf(c workflow.Call) (actionDefault, bool) {
	if c.Model != nil || c.Fork || c.Elsewhere || c.Pinned || c.Step.Uses == nil {
		return actionDefault{}, false
	}
	list := actionDefaults()
	i := slices.IndexFunc(list, func(d actionDefault) bool {
		return d.Agent == c.Agent.ID && strings.HasPrefix(strings.ToLower(c.Step.Uses.Text), d.Action) && (d.Refs == nil || slices.Contains(d.Refs, c.Version))
	})
	if i < 0 {
		return actionDefault{}, false
	}
	return list[i], true
}
