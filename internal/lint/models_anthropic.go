package lint

import "github.com/tierwise/tierwise/internal/policy"

// anthropicModels are sold by one vendor in three classes; fable stands above
// opus in its list and in its price. Ends are those of the vendor's own API:
// clouds that resell the models keep other days.
func anthropicModels() []Model {
	const overview = "https://platform.claude.com/docs/en/about-claude/models/overview"
	opus := func(id, retired, successor string) Model {
		return Model{"anthropic", id, "claude-opus", policy.Frontier, retired, successor, anthropicEnds}
	}
	sonnet := func(id, retired, successor string) Model {
		return Model{"anthropic", id, "claude-sonnet", policy.Mid, retired, successor, anthropicEnds}
	}
	haiku := func(id, retired string) Model {
		return Model{"anthropic", id, "claude-haiku", policy.Efficient, retired, "", anthropicEnds}
	}
	return []Model{
		opus("claude-3-opus-20240229", "2026-01-05", ""),
		opus("claude-opus-4-20250514", "2026-06-15", "claude-opus-4-8"),
		opus("claude-opus-4-0", "2026-06-15", "claude-opus-4-8"),
		opus("claude-opus-4-1-20250805", "2026-08-05", ""),
		opus("claude-opus-4-5", "", ""),
		opus("claude-opus-4-6", "", ""),
		opus("claude-opus-4-7", "", ""),
		opus("claude-opus-4-8", "", ""),
		opus("claude-opus-5", "", ""),
		opus("claude-opus-5-5", "", ""),

		sonnet("claude-3-5-sonnet-20240620", "2025-10", ""),
		sonnet("claude-3-5-sonnet-20241022", "2025-10", ""),
		sonnet("claude-3-5-sonnet-latest", "2025-10", ""),
		sonnet("claude-3-7-sonnet-20250219", "2026-02-19", ""),
		sonnet("claude-3-7-sonnet-latest", "2026-02-19", ""),
		sonnet("claude-sonnet-4-20250514", "2026-06-15", "claude-sonnet-4-6"),
		sonnet("claude-sonnet-4-0", "2026-06-15", "claude-sonnet-4-6"),
		sonnet("claude-sonnet-4-5", "", ""),
		sonnet("claude-sonnet-4-6", "", ""),
		sonnet("claude-sonnet-5", "", ""),
		sonnet("claude-sonnet-5-5", "", ""),

		haiku("claude-3-haiku-20240307", "2026-04-20"),
		haiku("claude-3-5-haiku-20241022", "2026-02-19"),
		haiku("claude-3-5-haiku-latest", "2026-02-19"),
		haiku("claude-haiku-4-5", ""),
		haiku("claude-haiku-5-5", ""),

		{"anthropic", "claude-fable-5", "claude-fable", policy.Frontier, "", "", overview},
		{"anthropic", "claude-fable-5-1", "claude-fable", policy.Frontier, "", "", overview},
	}
}
