package lint

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
)

func botLogin() Rule {
	return Rule{
		ID:       "bot-login",
		Severity: diag.Warning,
		Summary:  "an app is named without the [bot] that its login ends in",
		Why:      "Logins are compared exactly. The platform writes dependabot[bot], so dependabot names nobody, and the line does nothing.",
		Fix:      "Write the login with [bot], in quotes.",
		Bad:      Example{Text: minimal("skip: { actors: [dependabot] }\n")},
		Good:     Example{Text: minimal("skip: { actors: [\"dependabot[bot]\"] }\n")},
		Policy:   appLogins,
	}
}

// apps are known apps by the name that people write.
func apps() []string {
	return []string{"dependabot", "renovate", "github-actions", "pre-commit-ci", "allcontributors", "mergify", "copilot-swe-agent", "claude"}
}

// appLogins speaks of known apps under skip:, where a person may stand, and of
// everything under override.bots, which only apps reach.
func appLogins(p Policy, _ World) []Hit {
	var hits []Hit
	for _, list := range []struct {
		key, below string
		any        bool
	}{{"skip", "actors", false}, {"override", "bots", true}} {
		n := p.under(list.key, list.below)
		if n == nil {
			continue
		}
		for _, item := range n.Items {
			if strings.HasSuffix(item.Text, "[bot]") || !list.any && !slices.Contains(apps(), strings.ToLower(item.Text)) {
				continue
			}
			h := p.onValue(item, "%.60q is nobody: the login of an app ends in [bot]; write %.60q", item.Text, item.Text+"[bot]")
			if end := p.Span(item); end > 0 {
				h.Edits = []Edit{{Start: item.Pos, End: p.At(item.Pos.Line, end), Text: `"` + item.Text + `[bot]"`}}
			}
			hits = append(hits, h)
		}
	}
	return hits
}
