package lint

import "github.com/tierwise/tierwise/internal/policy"

// openAIModels have a class where the vendor's line of today has one: astra,
// terra and luna. For which tier sol and the versions before are sold is not
// known.
func openAIModels() []Model {
	of := func(family, id string) Model { return Model{"openai", id, family, 0, "", "", openAIEnds} }
	ends := func(m Model, retired, successor string) Model {
		m.Retired, m.Successor = retired, successor
		return m
	}
	classed := func(m Model, class policy.Tier) Model {
		m.Class = class
		return m
	}
	return []Model{
		ends(of("", "gpt-3.5-turbo"), "2026-10-23", "gpt-5.6-terra"),
		ends(of("", "gpt-4"), "2026-10-23", "gpt-5.6-sol"),
		ends(of("", "gpt-4-turbo"), "2026-10-23", "gpt-5.6-sol"),
		ends(of("", "gpt-4o-2024-05-13"), "2026-10-23", "gpt-5.6-sol"),
		ends(of("", "gpt-4o"), "2027-01-14", "gpt-6-luna"),
		ends(of("", "gpt-4o-mini"), "2027-01-14", "gpt-6-luna"),
		ends(of("", "gpt-4.1-nano"), "2026-10-23", ""),
		ends(of("", "gpt-4.1-mini"), "2027-01-14", "gpt-6-luna"),
		ends(of("", "gpt-4.1"), "2027-01-14", "gpt-6-luna"),
		ends(of("", "o1"), "2026-10-23", "gpt-5.6-sol"),
		ends(of("", "o3-mini"), "2026-10-23", "gpt-5.6-sol"),
		ends(of("", "o3"), "2026-12-11", "gpt-5.6-sol"),
		ends(of("", "o4-mini"), "2026-10-23", "gpt-5.6-terra"),
		ends(of("", "gpt-5-codex"), "2026-07-23", "gpt-5.4"),
		ends(of("", "gpt-5.1-codex-max"), "2026-07-23", "gpt-5.4"),
		ends(of("", "gpt-5.1-codex-mini"), "2026-07-23", "gpt-5.4-mini"),
		ends(of("", "gpt-5.2-codex"), "2026-07-23", "gpt-5.4"),
		ends(of("", "gpt-5.3-codex"), "2027-04-01", ""),

		ends(of("gpt-nano", "gpt-5-nano"), "2026-12-11", ""),
		ends(of("gpt-nano", "gpt-5.4-nano"), "2027-04-01", ""),
		ends(of("gpt-mini", "gpt-5-mini"), "2026-12-11", "gpt-6.1-terra"),
		of("gpt-mini", "gpt-5.4-mini"),
		ends(of("gpt", "gpt-5"), "2026-12-11", "gpt-6.1-sol"),
		ends(of("gpt", "gpt-5.1"), "2027-04-01", ""),
		of("gpt", "gpt-5.2"),
		of("gpt", "gpt-5.4"),
		of("gpt", "gpt-5.5"),

		classed(of("gpt-luna", "gpt-5.6-luna"), policy.Efficient),
		classed(of("gpt-luna", "gpt-6-luna"), policy.Efficient),
		classed(of("gpt-terra", "gpt-5.6-terra"), policy.Mid),
		classed(of("gpt-terra", "gpt-6.1-terra"), policy.Mid),
		of("gpt-sol", "gpt-5.6"), // another name of gpt-5.6-sol
		of("gpt-sol", "gpt-5.6-sol"),
		of("gpt-sol", "gpt-6-sol"),
		of("gpt-sol", "gpt-6.1-sol"),
		classed(of("gpt-astra", "gpt-6-astra"), policy.Frontier),
	}
}
