package workflow

import (
	"slices"
	"strings"
)

// usedBy gives the agent whose action a step uses, or of whose action it uses
// another owner's copy.
func usedBy(agents []Agent, name string) (a Agent, fork, ok bool) {
	if i := slices.IndexFunc(agents, func(a Agent) bool { return slices.Contains(a.Uses, name) }); i >= 0 {
		return agents[i], false, true
	}
	_, repository, _ := strings.Cut(name, "/")
	if !slices.Contains(copied(), repository) {
		return Agent{}, false, false
	}
	for _, a := range agents {
		for _, use := range a.Uses {
			if strings.HasSuffix(use, "/"+repository) {
				a.Default = "" // its owner may have written another one into it
				return a, true, true
			}
		}
	}
	return Agent{}, false, false
}

// copied lists names that nobody gives to an action of their own. Names such
// as ai-pr-reviewer or codex-action are borne by others that take other inputs.
func copied() []string {
	return []string{
		"claude-code-action", "claude-code-action/base-action", "claude-code-base-action", "claude-code-security-review", "run-gemini-cli", "qwen-code-action",
	}
}
