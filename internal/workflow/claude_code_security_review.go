package workflow

// claudeCodeSecurityReview takes the model that its constants.py names where
// claude-model is empty.
func claudeCodeSecurityReview() Agent {
	return Agent{
		ID:       "claude-code-security-review",
		Uses:     []string{"anthropics/claude-code-security-review"},
		Provider: "anthropic",
		Default:  "claude-opus-4-1-20250805",
		Task:     "security-scan",
		Models:   []Setting{{With: "claude-model"}},
		Keys:     []Setting{{With: "claude-api-key"}},
		PromptFiles: []Setting{
			{With: "custom-security-scan-instructions"}, {With: "false-positive-filtering-instructions"},
		},
		Elsewhere: []Setting{{Env: "ANTHROPIC_BASE_URL"}},
		Source:    "https://github.com/anthropics/claude-code-security-review/blob/main/action.yml",
	}
}
