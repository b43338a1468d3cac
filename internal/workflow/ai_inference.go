package workflow

// aiInference asks the Copilot command line since v3; what came before asked
// GitHub Models, which were retired on 2026-07-30.
func aiInference() Agent {
	return Agent{
		ID:          "ai-inference",
		Uses:        []string{"actions/ai-inference"},
		Default:     "gpt-4.1",
		Resells:     true,
		Models:      []Setting{{With: "model"}, {With: "prompt-file", File: true}},
		Limits:      []Setting{{With: "max-tokens"}, {With: "max-completion-tokens"}},
		Prompts:     []Setting{{With: "prompt"}, {With: "system-prompt"}, {With: "input"}},
		PromptFiles: []Setting{{With: "prompt-file"}, {With: "system-prompt-file"}},
		Keys:        []Setting{{With: "token"}},
		Elsewhere:   []Setting{{With: "endpoint"}},
		Source:      "https://github.com/actions/ai-inference/blob/main/action.yml",
	}
}
