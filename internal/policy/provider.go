package policy

import (
	"strings"

	"github.com/tierwise/tierwise/internal/yamltree"
)

func providers() []string {
	return []string{"anthropic", "openai", "gemini", "bedrock", "vertex", "azure"}
}

// githubModelsRetired is the day on which GitHub Models was switched off; its
// addresses answer 410 since then.
const githubModelsRetired = "2026-07-30"

// efforts are the values of Anthropic's output_config.effort
// (https://platform.claude.com/docs/en/build-with-claude/effort); OpenAI's
// reasoning_effort has the same words. Which of them a model takes is the
// vendor's to say.
func efforts() []string { return []string{"low", "medium", "high", "xhigh", "max"} }

func (r *reader) provider(n *yamltree.Node) string {
	name := r.text(n, "provider")
	switch name {
	case "":
		return ""
	case "github-models", "github":
		r.report(n.Pos, idRetiredProvider, "provider %q is gone: GitHub Models was retired on %s; %s", name, githubModelsRetired,
			"take one of "+strings.Join(providers(), ", "))
		return ""
	}
	return r.word(n, "provider", idUnknownProvider, providers())
}
