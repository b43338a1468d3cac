package workflow

func opencode() Agent {
	return Agent{
		ID:       "opencode",
		Uses:     []string{"sst/opencode/github", "anomalyco/opencode/github"},
		Commands: []string{"opencode"},
		Calls: func(i Invocation) bool {
			return !i.about() && (i.Sub() == "run" || i.Sub() == "github" && i.Has("run"))
		},
		Loops:   true,
		Models:  []Setting{{With: "model"}, {Flag: "--model"}, {Flag: "-m"}, {Env: "MODEL"}, {Flag: "--agent", File: true}, {With: "agent", File: true}},
		Prompts: []Setting{{With: "prompt"}, {Env: "PROMPT"}},
		Keys:    []Setting{{Env: "ANTHROPIC_API_KEY"}, {Env: "OPENAI_API_KEY"}, {Env: "OPENCODE_API_KEY"}, {Env: "GEMINI_API_KEY"}},
		Config:  []string{"opencode.json", "opencode.jsonc", ".opencode/opencode.json"},
		Source:  "https://github.com/sst/opencode/blob/dev/github/action.yml",
	}
}
