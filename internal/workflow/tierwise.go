package workflow

// tierwise is this program's own action: its policy names the models and the
// budget.
func tierwise() Agent {
	return Agent{
		ID:          "tierwise",
		Uses:        []string{"tierwise/tierwise"},
		Routes:      true,
		Prompts:     []Setting{{With: "brief"}, {With: "annotation"}},
		PromptFiles: []Setting{{With: "handoff"}, {With: "log-file"}},
		Keys:        []Setting{{With: "anthropic-api-key"}, {With: "openai-api-key"}, {With: "gemini-api-key"}},
		Elsewhere:   []Setting{{With: "base-url"}},
		Source:      "https://github.com/tierwise/tierwise/blob/main/action.yml",
	}
}
