package workflow

// cursorAgent is the command line of Cursor. It answers by ids of its own. Its
// newer name, agent, is one that other programs have too: it counts where the
// job installs it, or holds its key.
func cursorAgent() Agent {
	return Agent{
		ID:       "cursor-agent",
		Commands: []string{"cursor-agent"},
		Shared:   []string{"agent"},
		Near:     []string{"cursor.com/install", "CURSOR_API_KEY"},
		Calls: func(i Invocation) bool {
			return !i.about() && !i.Has("--list-models") && (i.Has("-p", "--print") || i.Says() || i.Fed && i.Sub() == "")
		},
		Loops:   true,
		Resells: true,
		Models:  []Setting{{Flag: "--model"}, {Flag: "-m"}},
		Keys:    []Setting{{Env: "CURSOR_API_KEY"}},
		Source:  "https://cursor.com/docs/cli/reference/parameters",
	}
}
