package workflow

// ghAW is a workflow in Markdown, and the file that gh aw compile makes of
// it. It has bounds of its own: 1000 AI credits a run where nothing is said.
func ghAW() Agent {
	return Agent{
		ID: "gh-aw",
		Models: []Setting{
			{With: "model"},
			{Env: "ANTHROPIC_MODEL"},
			{Env: "COPILOT_MODEL"},
			{Env: "GEMINI_MODEL"},
			{Env: "GH_AW_MODEL_AGENT_CLAUDE"},
			{Env: "GH_AW_MODEL_AGENT_CODEX"},
			{Env: "GH_AW_MODEL_AGENT_COPILOT"},
			{Env: "GH_AW_MODEL_AGENT_GEMINI"},
			{Env: "GH_AW_MODEL_AGENT_CUSTOM"},
			{Env: "GH_AW_MODEL_DETECTION_CLAUDE"},
			{Env: "GH_AW_MODEL_DETECTION_CODEX"},
			{Env: "GH_AW_MODEL_DETECTION_COPILOT"},
		},
		Limits: []Setting{{With: "max-turns"}, {With: "max-ai-credits"}, {Env: "GH_AW_MAX_TURNS"}, {Env: "GH_AW_MAX_AI_CREDITS"}},
		Keys: []Setting{
			{Env: "ANTHROPIC_API_KEY"}, {Env: "OPENAI_API_KEY"}, {Env: "CODEX_API_KEY"}, {Env: "COPILOT_GITHUB_TOKEN"}, {Env: "GEMINI_API_KEY"},
		},
		Source: "https://github.com/github/gh-aw/blob/main/docs/src/content/docs/reference/engines.md",
	}
}
