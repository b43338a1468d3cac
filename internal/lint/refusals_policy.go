package lint

import (
	"fmt"
	"strings"
)

// refusalsOfPolicies are the pages of what a policy says that it cannot mean.
func refusalsOfPolicies() []Page {
	const gate = "A verdict that gates a merge is worth what the model behind it is worth: such a task is always frontier."
	return []Page{
		refusal("base-url-in-policy", "the policy holds the address of an API", "An address in a policy could send the workflow's keys to whoever wrote it.", "Take it out. The address of an API comes from the workflow's input base-url alone.",
			"base_url: https://models.example.com\n", ""),
		refusal("built-in-task", "a built-in task is given a prompt of its own", "A built-in task has a verifier that was written for its own prompt.", "Give the task with the other prompt another name.",
			"tasks:\n  changelog: { prompt: .github/prompts/changelog.md, kind: tells }\n", "tasks:\n  house-changelog: { prompt: .github/prompts/changelog.md, kind: tells }\n"),
		refusal("critical-path", "a task of the critical path is taken off it, or is given a lower tier", gate, "Leave critical_path and tier out of the row.",
			"tasks:\n  code-review: { critical_path: false }\n", "tasks:\n  code-review: { critical_path: true }\n"),
		refusal("local-tier", "tier local stands where no code does the work", "local is code of this program. Only some of the built-in tasks have it.", "Take efficient, mid or frontier.",
			"default: local\n", "default: mid\n"),
		refusal("no-condition", "an entry, a row or a test has no condition", "An entry that can never hit protects nothing and looks as if it did; a row that fits everything is what default is for.", "Say when it counts, or take it out.",
			"must_frontier:\n  - { id: payments, why: money moves }\n", "must_frontier:\n  - { id: payments, why: money moves, paths: [\"**/billing/**\"] }\n"),
		refusalOf(OfPolicy, "no-frontier-model", "the pool has no frontier model", "What is locked to frontier could not run at all.", "Put at least one model under pool.frontier.",
			"version: 1\npool:\n  efficient: [{ provider: anthropic, model: claude-haiku-5-5 }]\nbaseline: { provider: anthropic, model: claude-haiku-5-5 }\n", minimal("")),
		refusal("overlapping-prices", "two prices of one model hold on the same day", "A cost must not depend on which of two lines is read first.", "End the earlier price where the later one begins.",
			"prices:\n  - { provider: openai, model: house, input: 1, output: 2 }\n  - { provider: openai, model: house, input: 2, output: 4, from: 2026-06-01 }\n",
			"prices:\n  - { provider: openai, model: house, input: 1, output: 2, to: 2026-06-01 }\n  - { provider: openai, model: house, input: 2, output: 4, from: 2026-06-01 }\n"),
		refusal("retired-provider", "the provider no longer answers", "Every call would fail, and the work would go to the next model of the pool or to none.", "Name a provider that answers: anthropic, openai, gemini, bedrock, vertex or azure.",
			"prices:\n  - { provider: github-models, model: gpt-4o, input: 1, output: 2 }\n", "prices:\n  - { provider: openai, model: gpt-4o, input: 1, output: 2 }\n"),
		refusal("shape-raises", "a row at or above default asks for a shape", "A shape is a promise about the whole change that more diff takes away: it may only lower. In a row that raises, more diff would lower the tier.", "Give the row a tier below default, or take the shape out.",
			"table:\n  - when: { scope: multi-file, shape: [formatting-only] }\n    tier: frontier\n", "table:\n  - when: { scope: multi-file, shape: [formatting-only] }\n    tier: efficient\n"),
		refusalOf(OfPolicy, "too-many-findings", "the file has more mistakes than are shown", "Nobody reads the hundred and first. A file that is broken that often is most likely no policy at all.", "Mend what is shown, and look again.",
			minimal(manyKeys()), minimal("")),
		refusalOf(OfPolicy, "unsupported-version", "the version is not one that this program reads", "A later version may mean something else by the same words.", "Write version: 1, or use a newer tierwise.",
			strings.Replace(minimal(""), "version: 1", "version: 2", 1), minimal("")),
	}
}

func manyKeys() string {
	var b strings.Builder
	for i := range 101 {
		fmt.Fprintf(&b, "extra%d: 1\n", i)
	}
	return b.String()
}
