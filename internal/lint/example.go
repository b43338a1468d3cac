package lint

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
