package lint

import "strings"

// minimal gives a small policy that no rule minds but for what the given
// lines, put behind version:, change.
func minimal(lines string) string {
	return "version: 1\n" + lines + `pool:
  frontier:  [{ provider: anthropic, model: claude-opus-5-5 }]
  mid:       [{ provider: anthropic, model: claude-sonnet-5-5 }]
  efficient: [{ provider: anthropic, model: claude-haiku-5-5 }]
baseline: { provider: anthropic, model: claude-opus-5-5 }
`
}

// pooled gives a small policy with a pool of its own and further lines.
func pooled(pool, baseline, lines string) string {
	return "version: 1\npool:\n  " + pool + "\nbaseline: { provider: anthropic, model: " + baseline + " }\n" + lines
}

// replaced puts a text in the place of %s.
func replaced(text, in string) string { return strings.Replace(text, "%s", in, 1) }
