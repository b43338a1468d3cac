package survey

import "slices"

// lineup is one provider's models for the three tiers.
type lineup struct {
	provider                 string
	frontier, mid, efficient string // a flow mapping, without provider
	baseline                 string
}

// lineups are the current models of each provider whose key alone is enough.
func lineups() []lineup {
	return []lineup{
		{
			"anthropic", "model: claude-opus-5-5, effort: high, max_output_tokens: 16000", "model: claude-sonnet-5-5, effort: medium, max_output_tokens: 8192",
			"model: claude-haiku-5-5, effort: low, max_output_tokens: 4096", "claude-opus-5-5",
		},
		{
			"gemini", "model: gemini-3.1-pro-preview, max_output_tokens: 16000", "model: gemini-3.8-flash, max_output_tokens: 8192",
			"model: gemini-3.5-flash-lite, max_output_tokens: 4096", "gemini-3.1-pro-preview",
		},
		{
			"openai", "model: gpt-6-astra, max_output_tokens: 16000", "model: gpt-6.1-terra, max_output_tokens: 8192",
			"model: gpt-6-luna, max_output_tokens: 4096", "gpt-6-astra",
		},
	}
}

// provider gives the line-up for whom a key is here already: the first that
// the workflows call.
func provider(s Seen) lineup {
	for _, l := range lineups() {
		if slices.Contains(s.Providers, l.provider) {
			return l
		}
	}
	return lineups()[0]
}

func (w *writer) pool(l lineup) {
	w.say("# Tier -> models, the first one with a key is taken. The baseline is what\n# savings are measured against: the model that would do everything.")
	w.say("pool:")
	w.say("  frontier:  [{ provider: %s, %s }]", l.provider, l.frontier)
	w.say("  mid:       [{ provider: %s, %s }]", l.provider, l.mid)
	w.say("  efficient: [{ provider: %s, %s }]", l.provider, l.efficient)
	w.say("baseline: { provider: %s, model: %s }\n", l.provider, l.baseline)
}
