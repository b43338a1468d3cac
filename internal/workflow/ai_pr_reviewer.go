package workflow

// aiPRReviewer asks a light model for summaries and a heavy one for reviews;
// the heavy one is its model here.
func aiPRReviewer() Agent {
	return Agent{
		ID:        "ai-pr-reviewer",
		Uses:      []string{"coderabbitai/ai-pr-reviewer", "coderabbitai/openai-pr-reviewer"},
		Provider:  "openai",
		Default:   "gpt-4",
		Task:      "code-review",
		Models:    []Setting{{With: "openai_heavy_model"}},
		Prompts:   []Setting{{With: "system_message"}, {With: "summarize"}, {With: "summarize_release_notes"}},
		Keys:      []Setting{{Env: "OPENAI_API_KEY"}},
		Elsewhere: []Setting{{With: "openai_base_url"}},
		Source:    "https://github.com/coderabbitai/ai-pr-reviewer/blob/main/action.yml",
	}
}
