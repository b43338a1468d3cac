package workflow

import "slices"

// gemini is the command line of Gemini.
func gemini() Agent {
	return Agent{
		ID:       "gemini",
		Commands: []string{"gemini"},
		Calls: func(i Invocation) bool {
			return !i.about() && !i.Has("--list-extensions", "-l", "--list-sessions") && (len(i.Words) > 0 || i.Fed) &&
				(i.Sub() == "" || i.Says() || i.Has("-p", "--prompt") && !slices.Contains([]string{"mcp", "extensions", "skills", "hooks"}, i.Sub()))
		},
		Provider:   "gemini",
		Loops:      true,
		Models:     []Setting{{Flag: "--model"}, {Flag: "-m"}, {Env: "GEMINI_MODEL"}},
		Limits:     []Setting{{Env: "GEMINI_CLI_SYSTEM_SETTINGS_PATH", File: true}},
		Keys:       []Setting{{Env: "GEMINI_API_KEY"}, {Env: "GOOGLE_API_KEY"}},
		Elsewhere:  []Setting{{Env: "GOOGLE_GEMINI_BASE_URL"}},
		Config:     []string{".gemini/settings.json"},
		ConfigKeys: []string{"model.name", "model"},
		Source:     "https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/headless.md",
	}
}
