package workflow

// claudeCodeAction is the action and the base action below it. Since v1 both
// take the model and the bounds in claude_args alone, and an input that is no
// longer read is passed over with a warning in the log.
func claudeCodeAction() Agent {
	return Agent{
		ID: "claude-code-action",
		Uses: []string{
			"anthropics/claude-code-action", "anthropics/claude-code-base-action", "anthropics/claude-code-action/base-action",
		},
		Provider: "anthropic",
		Loops:    true,
		Models: []Setting{
			{With: "model", Before: 1},
			{With: "anthropic_model", Before: 1},
			{Env: "ANTHROPIC_MODEL"},
			{With: "claude_args", Flag: "--model"},
			{With: "settings", JSON: "model", File: true},
			{With: "settings", JSON: "env.ANTHROPIC_MODEL"},
			{With: "claude_env", Key: "ANTHROPIC_MODEL", Before: 1},
		},
		Limits: []Setting{
			{With: "max_turns", Before: 1},
			{With: "claude_args", Flag: "--max-turns"},
			{With: "claude_args", Flag: "--max-budget-usd"},
			{Env: "CLAUDE_CODE_MAX_TURNS"},
		},
		LimitFix: Setting{With: "claude_args", Flag: "--max-turns"},
		Prompts: []Setting{
			{With: "prompt"},
			{With: "direct_prompt"},
			{With: "override_prompt"},
			{With: "custom_instructions"},
			{With: "system_prompt"},
			{With: "append_system_prompt"},
			{With: "claude_args"},
		},
		PromptFiles: []Setting{{With: "prompt_file"}},
		Keys: []Setting{
			{With: "anthropic_api_key"}, {With: "claude_code_oauth_token"}, {Env: "ANTHROPIC_API_KEY"}, {Env: "CLAUDE_CODE_OAUTH_TOKEN"},
		},
		Elsewhere: []Setting{
			{With: "use_bedrock"},
			{With: "use_vertex"},
			{With: "use_foundry"},
			{Env: "ANTHROPIC_BASE_URL"},
			{Env: "CLAUDE_CODE_USE_BEDROCK"},
			{Env: "CLAUDE_CODE_USE_VERTEX"},
			{With: "settings", JSON: "env.ANTHROPIC_BASE_URL"},
		},
		Config:     []string{".claude/settings.json"},
		ConfigKeys: []string{"model", "env.ANTHROPIC_MODEL"},
		Source:     "https://github.com/anthropics/claude-code-action/blob/main/action.yml",
	}
}
