package workflow

func claudeCodeAction() Agent {
	return Agent{
		ID:       "claude-code-action",
		Uses:     []string{"anthropics/claude-code-action", "anthropics/claude-code-base-action"},
		Provider: "anthropic",
		Models:   []Setting{{With: "claude_args", Flag: "--model"}, {With: "model"}, {With: "anthropic_model"}, {Env: "ANTHROPIC_MODEL"}},
		Limits:   []Setting{{With: "claude_args", Flag: "--max-turns"}, {With: "claude_args", Flag: "--max-budget-usd"}, {With: "max_turns"}},
		LimitFix: Setting{With: "claude_args", Flag: "--max-turns"},
		Prompts:  []Setting{{With: "prompt"}, {With: "direct_prompt"}, {With: "custom_instructions"}},
		Keys:     []Setting{{With: "anthropic_api_key"}, {With: "claude_code_oauth_token"}, {Env: "ANTHROPIC_API_KEY"}},
		Source:   "https://github.com/anthropics/claude-code-action/blob/main/action.yml",
	}
}
