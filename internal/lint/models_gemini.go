package lint

import "github.com/tierwise/tierwise/internal/policy"

// geminiModels are sold as pro, flash and flash-lite.
func geminiModels() []Model {
	of := func(family, id string, class policy.Tier) Model {
		return Model{"gemini", id, "gemini-" + family, class, "", "", geminiEnds}
	}
	ends := func(m Model, retired, successor string) Model {
		m.Retired, m.Successor = retired, successor
		return m
	}
	return []Model{
		ends(of("pro", "gemini-2.5-pro", policy.Frontier), "2026-12-01", "gemini-3.8-flash"),
		ends(of("pro", "gemini-3-pro-preview", policy.Frontier), "2026-03-09", "gemini-3.1-pro-preview"),
		of("pro", "gemini-3.1-pro-preview", policy.Frontier),
		ends(of("flash", "gemini-2.5-flash", policy.Mid), "2026-12-01", "gemini-3.5-flash-lite"),
		of("flash", "gemini-3-flash-preview", policy.Mid),
		of("flash", "gemini-3.5-flash", policy.Mid),
		of("flash", "gemini-3.6-flash", policy.Mid),
		of("flash", "gemini-3.7-flash", policy.Mid),
		of("flash", "gemini-3.8-flash", policy.Mid),
		of("flash-lite", "gemini-2.5-flash-lite", policy.Efficient),
		of("flash-lite", "gemini-3.1-flash-lite", policy.Efficient),
		of("flash-lite", "gemini-3.5-flash-lite", policy.Efficient),
	}
}
