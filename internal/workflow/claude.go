package workflow

import "slices"

// claude is the command line of Claude Code.
func claude() Agent {
	return Agent{
		ID:       "claude",
		Commands: []string{"claude"},
		Calls: func(i Invocation) bool {
			return !i.about() && (len(i.Words) > 0 || i.Fed) && (i.Sub() == "" || i.Says() || i.Has("-p", "--print") && !slices.Contains(claudeManages(), i.Sub()))
		},
		Provider: "anthropic",
		Loops:    true,
		Models: []Setting{
			{Flag: "--model"},
			{Env: "ANTHROPIC_MODEL"},
			{Flag: "--settings", File: true},
		},
		Limits:     []Setting{{Flag: "--max-turns"}, {Flag: "--max-budget-usd"}, {Env: "CLAUDE_CODE_MAX_TURNS"}},
		LimitFix:   Setting{Flag: "--max-turns"},
		Keys:       []Setting{{Env: "ANTHROPIC_API_KEY"}, {Env: "CLAUDE_CODE_OAUTH_TOKEN"}, {Env: "ANTHROPIC_AUTH_TOKEN"}},
		Elsewhere:  []Setting{{Env: "ANTHROPIC_BASE_URL"}, {Env: "CLAUDE_CODE_USE_BEDROCK"}, {Env: "CLAUDE_CODE_USE_VERTEX"}},
		Config:     []string{".claude/settings.json"},
		ConfigKeys: []string{"model", "env.ANTHROPIC_MODEL"},
		Source:     "https://docs.claude.com/en/docs/claude-code/cli-reference",
	}
}

// claudeManages lists the subcommands that call no model.
func claudeManages() []string {
	return []string{
		"agents", "auth", "config", "doctor", "install", "login", "logout", "mcp", "migrate-installer", "plugin", "plugins",
		"setup-token", "update", "upgrade",
	}
}
