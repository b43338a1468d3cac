package workflow

// openHands is the command line, the modules that its resolver runs, and the
// workflow that others call. That workflow bounds itself to 50 iterations, asks
// who commented, and lets a secret name the model.
func openHands() Agent {
	return Agent{
		ID: "openhands",
		Uses: []string{
			"all-hands-ai/openhands/.github/workflows/openhands-resolver.yml", "openhands/openhands/.github/workflows/openhands-resolver.yml",
			"all-hands-ai/openhands-resolver/.github/workflows/openhands-resolver.yml",
		},
		Commands: []string{"openhands", "openhands.resolver.resolve_issue", "openhands.core.main"},
		Calls: func(i Invocation) bool {
			return !i.about() && i.Has("--headless", "-t", "--task", "-f", "--file", "--issue-number")
		},
		Models:      []Setting{{With: "LLM_MODEL"}, {Flag: "--llm-model"}, {Env: "LLM_MODEL"}},
		Limits:      []Setting{{With: "max_iterations"}, {Flag: "--max-iterations"}, {Env: "MAX_ITERATIONS"}},
		PromptFiles: []Setting{{Flag: "-f"}, {Flag: "--file"}},
		Keys:        []Setting{{Env: "LLM_API_KEY"}},
		Elsewhere:   []Setting{{Env: "LLM_BASE_URL"}, {Flag: "--llm-base-url"}},
		Source:      "https://github.com/All-Hands-AI/OpenHands/blob/main/.github/workflows/openhands-resolver.yml",
	}
}
