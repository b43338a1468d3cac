package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
)

func briefSecret() Rule {
	return Rule{
		ID:       "brief-secret",
		Severity: diag.Error,
		Summary:  "the brief holds what looks like a secret",
		Why:      "What is sent to a model leaves the house: it is logged, kept and perhaps shown again. tierwise takes secrets out of what it sends itself; another dispatcher may not.",
		Fix:      "Take the secret out and name the place where it is kept. It has been seen: make a new one.",
		Needs:    []Need{NeedsSecrets},
		Bad:      Example{Text: "The deploy fails with token " + exampleToken() + ".\n", World: World{Redact: redactExample}},
		Good:     Example{Text: "The deploy fails with the token in the secret DEPLOY_TOKEN.\n", World: World{Redact: redactExample}},
		Brief: func(b Brief, w World) []Hit {
			clean, rules := w.Redact(b.Text)
			if len(rules) == 0 {
				return nil
			}
			at := b.At(firstChanged(b, clean), 1)
			return []Hit{{Pos: at, End: len(b.Line(at.Line)) + 1, Message: fmt.Sprintf("this looks like a secret (%s): take it out before this is sent anywhere, and make a new one", strings.Join(slices.Compact(rules), ", "))}}
		},
	}
}

// firstChanged gives the first line from which something was taken out.
func firstChanged(b Brief, clean string) int {
	lines := strings.Split(clean, "\n")
	for n := 1; n <= b.Lines(); n++ {
		if n > len(lines) || strings.TrimSuffix(lines[n-1], "\r") != b.Line(n) {
			return n
		}
	}
	return 1
}

// exampleToken has the form of a secret and opens nothing.
func exampleToken() string { return "ghp_" + strings.Repeat("a1B2", 9) }

// redactExample finds the secret of the example alone.
func redactExample(text string) (clean string, rules []string) {
	if !strings.Contains(text, exampleToken()) {
		return text, nil
	}
	return strings.ReplaceAll(text, exampleToken(), "[redacted:github-pat]"), []string{"github-pat"}
}
