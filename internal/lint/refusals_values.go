package lint

// refusalsOfValues are the pages of values that have a wrong form.
func refusalsOfValues() []Page {
	const exact = "A value that is read in another way than it is meant moves money or a gate without anybody seeing it."
	return []Page{
		refusal("duplicate-value", "a value stands in one list twice", "One of the two was meant to be something else, most often.", "Take one of them out.",
			"services: [\"services/*\", \"services/*\"]\n", "services: [\"services/*\"]\n"),
		refusal("empty-value", "a value or a list is empty", "An empty list looks like a decision and is none.", "Fill it, or leave the key out.",
			"must_frontier:\n  - { id: payments, why: \"\", paths: [\"**/billing/**\"] }\n", "must_frontier:\n  - { id: payments, why: money moves, paths: [\"**/billing/**\"] }\n"),
		refusal("invalid-amount", "an amount is not a plain decimal number", exact, "Write dollars in plain digits, such as 2.00, with at most nine decimal places.",
			"budget: { run_usd: $2 }\n", "budget: { run_usd: 2.00 }\n"),
		refusal("invalid-date", "a date is not a day of the calendar", exact, "Write YYYY-MM-DD.",
			"review_by: 2027-02-30\n", "review_by: 2027-02-28\n"),
		refusal("invalid-name", "a name has a form that it cannot have", "A name that matches nobody and nothing is never noticed.", "Write it as the message says.",
			"owners: [\"platform team\"]\n", "owners: [\"@acme/platform\"]\n"),
		refusal("invalid-number", "a number is not written in plain digits", "YAML has other ways to write a number, and 010 is eight in one reader and ten in the next.", "Write plain decimal digits.",
			"handoff: { max_tokens: 010 }\n", "handoff: { max_tokens: 4000 }\n"),
		refusal("invalid-path", "a path leads out of the repository", "A prompt is read at the base commit of this repository and nowhere else.", "Write the path from the repository's root.",
			"tasks:\n  notes: { prompt: ../notes.md, kind: tells }\n", "tasks:\n  notes: { prompt: .github/prompts/notes.md, kind: tells }\n"),
		refusal("invalid-pattern", "a pattern of paths can match nothing, or not what it seems to", "An entry of must_frontier with such a pattern protects nothing.", "Write it from the root, and ** as a folder of its own: src/**/*.go.",
			"services: [\"/services/*\"]\n", "services: [\"services/*\"]\n"),
		refusal("invalid-regexp", "an expression cannot be compiled", "The content that it was to find would never be found.", "Write it in the syntax of RE2, which has no look-around.",
			"must_frontier:\n  - { id: payments, why: money moves, content: ['(?<=x)charge'] }\n", "must_frontier:\n  - { id: payments, why: money moves, content: ['\\bcharge\\('] }\n"),
		refusal("missing-key", "a key is missing that is needed", "There is no safe value to take in its place.", "Add the key.",
			"escalation: {}\n", "escalation: { max_attempts: 3 }\n"),
		refusal("out-of-range", "a number is outside of its bounds", exact, "Take a number within the bounds that the message names.",
			"budget: { run_usd: 0 }\n", "budget: { run_usd: 2.00 }\n"),
		refusal("wrong-type", "a value is of another kind than its key takes", exact, "Write it as the message says; quote what is meant as text.",
			"enforce: maybe\n", "enforce: true\n"),
	}
}
