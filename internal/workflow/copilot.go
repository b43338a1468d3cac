package workflow

func copilot() Agent {
	return Agent{
		ID:       "copilot",
		Commands: []string{"copilot"},
		Calls: func(i Invocation) bool {
			return !i.about() && (i.Has("-p", "--prompt") || i.Fed && i.Sub() == "")
		},
		Loops:   true,
		Resells: true,
		Models:  []Setting{{Flag: "--model"}, {Env: "COPILOT_MODEL"}, {Flag: "--agent", File: true}},
		Keys:    []Setting{{Env: "COPILOT_GITHUB_TOKEN"}, {Env: "GH_TOKEN"}, {Env: "GITHUB_TOKEN"}},
		Config:  []string{".github/copilot/settings.json"},
		Source:  "https://docs.github.com/en/copilot/how-tos/use-copilot-agents/use-copilot-cli",
	}
}
