package workflow

import (
	"slices"
	"strings"
)

// llm is a name that other programs have too: only what is surely a prompt
// counts.
func llm() Agent {
	return Agent{
		ID:       "llm",
		Commands: []string{"llm"},
		Calls: func(i Invocation) bool {
			if i.about() || i.Sub() != "" && !strings.Contains(i.Sub(), " ") && !slices.Contains([]string{"prompt", "chat"}, i.Sub()) {
				return false
			}
			return i.Has("-m", "--model", "-s", "--system", "-t", "--template", "prompt", "chat") || strings.Contains(i.Sub(), " ")
		},
		Models: []Setting{{Flag: "-m"}, {Flag: "--model"}, {Flag: "-t", File: true}, {Flag: "--template", File: true}, {Env: "LLM_MODEL"}},
		Keys:   []Setting{{Env: "OPENAI_API_KEY"}, {Env: "ANTHROPIC_API_KEY"}, {Env: "LLM_GEMINI_KEY"}},
		Config: []string{"default_model.txt"},
		Source: "https://llm.datasette.io/en/stable/help.html",
	}
}
