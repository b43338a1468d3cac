package workflow

// aiderAction gives what stands under aider_args to aider as it is.
func aiderAction() Agent {
	return Agent{
		ID:      "aider-github-action",
		Uses:    []string{"mirrajabi/aider-github-action"},
		Models:  []Setting{{With: "model"}, {With: "aider_args", Flag: "--model"}},
		Prompts: []Setting{{With: "aider_args"}},
		Keys: []Setting{
			{With: "api_key_env_value"}, {With: "openai_api_key"}, {With: "anthropic_api_key"}, {With: "gemini_api_key"}, {With: "openrouter_api_key"},
		},
		Config: []string{".aider.conf.yml"},
		Source: "https://github.com/mirrajabi/aider-github-action/blob/main/action.yml",
	}
}
