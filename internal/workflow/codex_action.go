package workflow

func codexAction() Agent {
	return Agent{
		ID:       "codex-action",
		Uses:     []string{"openai/codex-action"},
		Provider: "openai",
		Loops:    true,
		Models: []Setting{
			{With: "model"},
			{With: "codex-args", Flag: "--model"},
			{With: "codex-args", Flag: "-m"},
			{With: "codex-args", Flag: "-c", Key: "model="},
			{With: "codex-args", Flag: "--config", Key: "model="},
			{With: "codex-home", File: true},
		},
		Prompts:     []Setting{{With: "prompt"}},
		PromptFiles: []Setting{{With: "prompt-file"}},
		Keys:        []Setting{{With: "openai-api-key"}, {Env: "OPENAI_API_KEY"}, {Env: "CODEX_API_KEY"}},
		Elsewhere:   []Setting{{With: "responses-api-endpoint"}},
		Config:      []string{".codex/config.toml"},
		Source:      "https://github.com/openai/codex-action/blob/main/action.yml",
	}
}
