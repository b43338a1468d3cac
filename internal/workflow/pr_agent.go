package workflow

// prAgent takes its settings from variables with a dot in their name. Its
// image has a tag that moves, and the default model with it.
func prAgent() Agent {
	return Agent{
		ID: "pr-agent",
		Uses: []string{
			"the-pr-agent/pr-agent", "qodo-ai/pr-agent", "codium-ai/pr-agent", "docker://codiumai/pr-agent", "docker://pragent/pr-agent",
		},
		Task:    "code-review",
		Models:  []Setting{{Env: "config.model"}, {Env: "CONFIG.MODEL"}, {Env: "CONFIG__MODEL"}, {Env: "config__model"}},
		Limits:  []Setting{{Env: "config.max_model_tokens"}},
		Prompts: []Setting{{Env: "pr_reviewer.extra_instructions"}, {Env: "pr_description.extra_instructions"}, {With: "artifact_instructions"}},
		Keys: []Setting{
			{Env: "OPENAI_KEY"}, {Env: "OPENAI.KEY"}, {Env: "ANTHROPIC.KEY"}, {Env: "ANTHROPIC_KEY"}, {Env: "GOOGLE_AI_STUDIO.GEMINI_API_KEY"},
		},
		Elsewhere: []Setting{
			{Env: "OPENAI.API_BASE"}, {Env: "OPENAI_API_BASE"}, {Env: "OPENAI__API_BASE"}, {Env: "OPENAI.API_TYPE"}, {Env: "OLLAMA.API_BASE"},
		},
		Deployments: []Setting{{Env: "OPENAI.DEPLOYMENT_ID"}, {Env: "OPENAI__DEPLOYMENT_ID"}, {Env: "openai.deployment_id"}, {Env: "openai__deployment_id"}},
		Config:      []string{".pr_agent.toml"},
		Source:      "https://github.com/The-PR-Agent/pr-agent/blob/main/docs/docs/installation/github.md",
	}
}
