package workflow

func runGeminiCLI() Agent {
	return Agent{
		ID:       "run-gemini-cli",
		Uses:     []string{"google-github-actions/run-gemini-cli", "google-gemini/gemini-cli-action"},
		Provider: "gemini",
		Loops:    true,
		Models: []Setting{
			{With: "gemini_model"},
			{Env: "GEMINI_MODEL"},
			{With: "settings", JSON: "model.name"},
			{With: "settings", JSON: "model"},
			{With: "settings_json", JSON: "model"},
		},
		Limits: []Setting{
			{With: "settings", JSON: "model.maxSessionTurns"},
			{With: "settings", JSON: "maxSessionTurns"},
			{With: "settings_json", JSON: "maxSessionTurns"},
		},
		LimitFix:   Setting{With: "settings", JSON: "model.maxSessionTurns"},
		Prompts:    []Setting{{With: "prompt"}},
		Keys:       []Setting{{With: "gemini_api_key"}, {With: "google_api_key"}, {Env: "GEMINI_API_KEY"}, {Env: "GOOGLE_API_KEY"}},
		Elsewhere:  []Setting{{Env: "GOOGLE_GEMINI_BASE_URL"}},
		Config:     []string{".gemini/settings.json"},
		ConfigKeys: []string{"model.name", "model"},
		Source:     "https://github.com/google-github-actions/run-gemini-cli/blob/main/action.yml",
	}
}
