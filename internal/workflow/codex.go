package workflow

import "slices"

// codex is the command line of OpenAI Codex.
func codex() Agent {
	return Agent{
		ID:       "codex",
		Commands: []string{"codex"},
		Calls: func(i Invocation) bool {
			// Flags with a value may stand in front of the subcommand.
			calls := slices.ContainsFunc(i.Words, func(w string) bool { return slices.Contains([]string{"exec", "e", "review"}, w) })
			return !i.about() && (calls || i.Sub() != "" && !slices.Contains(codexManages(), i.Sub()))
		},
		Provider: "openai",
		Loops:    true,
		Models: []Setting{
			{Flag: "--model"},
			{Flag: "-m"},
			{Flag: "-c", Key: "model="},
			{Flag: "--config", Key: "model="},
			{Flag: "--profile", File: true},
			{Flag: "-p", File: true},
			{Env: "CODEX_HOME", File: true},
		},
		Keys:      []Setting{{Env: "OPENAI_API_KEY"}, {Env: "CODEX_API_KEY"}},
		Elsewhere: []Setting{{Env: "OPENAI_BASE_URL"}, {Flag: "--oss"}, {Flag: "-c", Key: "model_provider="}},
		Config:    []string{".codex/config.toml"},
		Source:    "https://github.com/openai/codex/blob/main/docs/exec.md",
	}
}

// codexManages lists the subcommands that call no model.
func codexManages() []string {
	return []string{
		"app-server", "apply", "a", "cloud", "completion", "debug", "features", "help", "login", "logout", "mcp", "mcp-server", "plugin", "sandbox",
	}
}
