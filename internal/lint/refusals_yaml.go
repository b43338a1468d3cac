package lint

import "strings"

// refusalsOfYAML are the pages of what reading YAML itself refuses. A policy
// is read in the plain part of the language, so that a person sees in a diff
// what a line means; a workflow may use anchors, as the platform lets it.
func refusalsOfYAML() []Page {
	const plain = "What hides, repeats or multiplies values in YAML makes a policy mean something else than a reader of its diff sees."
	return []Page{
		refusal("alias", "a value is written as an alias", plain, "Write the value out where it is needed.",
			"owners: &who [\"@acme/platform\"]\nservices: *who\n", "owners: [\"@acme/platform\"]\nservices: [\"services/*\"]\n"),
		refusal("anchor", "a value carries an anchor", plain, "Take the anchor out and write the value where it is needed.",
			"owners: &who [\"@acme/platform\"]\n", "owners: [\"@acme/platform\"]\n"),
		refusal("complex-key", "a key is missing, or is a list or a mapping", "Every key of a policy is a word. A key of another kind is a mistake in the layout, and what follows it would be lost.", "Write the key as a word before the colon.",
			"tasks:\n  ? [changelog]\n  : { tier: mid }\n", "tasks:\n  changelog: { tier: mid }\n"),
		refusal("duplicate-key", "a key stands in one mapping twice", "Programs differ in which of the two counts, and so do readers.", "Keep one of the two.",
			"review: warn\nreview: error\n", "review: error\n"),
		refusalOf(OfPolicy, "empty", "the file is empty or has only comments", "An empty policy is not a policy that allows nothing: nothing in it was decided.", "Write a policy, or start from the one that tierwise init gives; or delete the file, and the built-in default counts.",
			"# to do\n", minimal("")),
		refusal("explicit-tag", "a value carries a tag", plain, "Write the value alone.",
			"enforce: !!str true\n", "enforce: true\n"),
		refusal("invalid-character", "the file holds a character that is not read as what it shows", "Broken UTF-8, control characters and line ends that only YAML sees make lines and places differ between this program, an editor and a review.", "Take the character out. The place is that of the first one.",
			"owners: [\"@acme/\u2028platform\"]\n", "owners: [\"@acme/platform\"]\n"),
		refusal("merge-key", "a mapping is merged into another one", plain, "Write the keys out.",
			"handoff:\n  <<: { max_tokens: 4000 }\n", "handoff:\n  max_tokens: 4000\n"),
		refusalOf(OfWorkflow, "not-a-workflow", "the file is neither a workflow nor a composite action", "A workflow has jobs: at its top, a composite action runs: with steps:. What is neither can be linted as neither.", "Give the file the form of a workflow, or take it out of the folder of workflows.",
			"name: changelog\non: push\n", exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")),
		refusal("second-document", "a second document begins in the file", "Only the first one is read, and what stands in the second looks as if it counted.", "Make one document of them, or take the second one out.",
			"owners: [\"@acme/platform\"]\n---\n", "owners: [\"@acme/platform\"]\n"),
		refusal("too-deep", "values are nested too deep", "A policy needs five levels. What is a hundred deep is there to break whoever reads it.", "Take the brackets out.",
			"owners: "+strings.Repeat("[", 101)+strings.Repeat("]", 101)+"\n", "owners: [\"@acme/platform\"]\n"),
		refusalOf(OfPolicy, "too-large", "the file is larger than 1 MiB", "A policy that nobody can read in a review decides nothing that anybody agreed to.", "Make the file smaller.",
			minimal("")+strings.Repeat("# and so on\n", 1<<17), minimal("")),
		refusalOf(OfWorkflow, "too-many-values", "aliases multiply the file", "A few lines of aliases of aliases grow to gigabytes in whoever reads them.", "Write out what is needed.",
			bomb(), "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"),
		refusal("yaml-syntax", "the file is not YAML", "What cannot be read decides nothing.", "Mend the line. It is the first one up to which the file can be read.",
			"tasks:\n  changelog: { tier: efficient\n", "tasks:\n  changelog: { tier: efficient }\n"),
	}
}

// bomb is the classic: each list holds the one before nine times.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := 1; i < 9; i++ {
		before := string(rune('0' + i - 1))
		b.WriteString("a" + string(rune('0'+i)) + ": &a" + string(rune('0'+i)) + " [" + strings.TrimSuffix(strings.Repeat("*a"+before+", ", 9), ", ") + "]\n")
	}
	return b.String()
}
