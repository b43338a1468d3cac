package workflow

func aider() Agent {
	return Agent{
		ID:       "aider",
		Commands: []string{"aider"},
		Calls: func(i Invocation) bool {
			return !i.about() && !i.Has("--list-models", "--models", "--upgrade", "--install-main-branch", "--show-repo-map", "--exit")
		},
		Models:      []Setting{{Flag: "--model"}, {Env: "AIDER_MODEL"}, {Flag: "--config", File: true}, {Flag: "-c", File: true}},
		Keys:        []Setting{{Env: "OPENAI_API_KEY"}, {Env: "ANTHROPIC_API_KEY"}, {Env: "GEMINI_API_KEY"}, {Env: "AIDER_OPENAI_API_KEY"}, {Env: "AIDER_ANTHROPIC_API_KEY"}},
		PromptFiles: []Setting{{Flag: "--message-file"}, {Flag: "-f"}},
		Elsewhere:   []Setting{{Env: "OPENAI_API_BASE"}, {Env: "AIDER_OPENAI_API_BASE"}, {Flag: "--openai-api-base"}},
		Config:      []string{".aider.conf.yml"},
		Source:      "https://aider.chat/docs/config/options.html",
	}
}
