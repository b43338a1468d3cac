package lint

// refusalsOfNames are the pages of words that a policy uses and nobody knows.
func refusalsOfNames() []Page {
	const silent = "A word that nobody knows would be passed over in silence, and what it was to protect would not be protected."
	return []Page{
		refusal("unknown-catcher", "nobody is called by this name of a catcher", silent, "Name verifier, advisory, required-review or { required-checks: [name] }.",
			"tasks:\n  changelog: { tier: efficient, caught_by: [verifyer] }\n", "tasks:\n  changelog: { tier: efficient, caught_by: [verifier] }\n"),
		refusal("unknown-domain", "no domain is called so", silent, "Name one of the domains that the message lists.",
			"must_frontier:\n  - { id: money, why: money moves, domains: [payments] }\n", "must_frontier:\n  - { id: guards, why: they keep people out, domains: [security] }\n"),
		refusalOf(OfPolicy, "unknown-effort", "no effort is called so", silent, "Name one of the efforts that the message lists.",
			"version: 1\npool:\n  frontier: [{ provider: anthropic, model: claude-opus-5-5, effort: huge }]\nbaseline: { provider: anthropic, model: claude-opus-5-5 }\n",
			"version: 1\npool:\n  frontier: [{ provider: anthropic, model: claude-opus-5-5, effort: high }]\nbaseline: { provider: anthropic, model: claude-opus-5-5 }\n"),
		refusal("unknown-key", "no key is called so here", silent, "Take the key that the message offers, or leave it out.",
			"owner: \"@acme/platform\"\n", "owners: [\"@acme/platform\"]\n"),
		refusal("unknown-provider", "no provider is called so", silent, "Name anthropic, openai or gemini.",
			"prices:\n  - { provider: antropic, model: house, input: 1, output: 2 }\n", "prices:\n  - { provider: anthropic, model: house, input: 1, output: 2 }\n"),
		refusal("unknown-shape", "no shape of work is called so", silent, "Name one of those that tierwise explain lists under shapes of work.",
			"table:\n  - when: { scope: multi-file, shape: [formatting] }\n    tier: efficient\n", "table:\n  - when: { scope: multi-file, shape: [formatting-only] }\n    tier: efficient\n"),
		refusal("unknown-signal", "no signal is called so", silent, "Name one of those that tierwise explain lists under signals.",
			"must_frontier:\n  - { id: schema, why: data is hard to bring back, signals: [migrations] }\n", "must_frontier:\n  - { id: schema, why: data is hard to bring back, signals: [migration] }\n"),
		refusal("unknown-task", "no task is called so", silent, "Name one of the built-in tasks, or give the task a prompt and a kind.",
			"tasks:\n  change-log: { tier: efficient }\n", "tasks:\n  changelog: { tier: efficient }\n"),
		refusal("unknown-tier", "no tier is called so", silent, "Name local, efficient, mid or frontier.",
			"default: cheapest\n", "default: efficient\n"),
		refusal("unknown-value", "a key has a value that it does not take", silent, "Take one of the values that the message lists.",
			"review: fail\n", "review: error\n"),
	}
}
