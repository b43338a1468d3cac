package workflow

// qwenCodeAction asks Alibaba Cloud where no other address is given.
func qwenCodeAction() Agent {
	return Agent{
		ID:        "qwen-code-action",
		Uses:      []string{"qwenlm/qwen-code-action"},
		Default:   "qwen-coder-plus-latest",
		Loops:     true,
		Resells:   true,
		Models:    []Setting{{With: "openai_model"}, {With: "settings", JSON: "model.name"}},
		Limits:    []Setting{{With: "settings", JSON: "model.maxSessionTurns"}, {With: "settings", JSON: "maxSessionTurns"}, {With: "settings_json", JSON: "maxSessionTurns"}},
		Prompts:   []Setting{{With: "prompt"}},
		Keys:      []Setting{{With: "openai_api_key"}},
		Elsewhere: []Setting{{With: "openai_base_url"}},
		Source:    "https://github.com/QwenLM/qwen-code-action/blob/main/action.yml",
	}
}
