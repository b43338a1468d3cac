package workflow

import (
	"slices"
	"strings"
)

// codex is the command line of OpenAI Codex.
func codex() Agent {
	return Agent{
		ID:       "codex",
		Commands: []string{"codex"},
		Calls: func(i Invocation) bool {
			return !i.about() && (i.Says() || codexRuns(i.Words))
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

// codexRuns says whether the subcommand works on something. Flags, some with a
// value, may stand in front of it; behind another subcommand it is an argument.
func codexRuns(words []string) bool {
	for k, w := range words {
		switch {
		case slices.Contains([]string{"exec", "e", "review"}, w):
			return len(words) == k+1 || words[k+1] != "help"
		case !strings.HasPrefix(w, "-") && (k == 0 || !strings.HasPrefix(words[k-1], "-")):
			return false
		}
	}
	return false
}
