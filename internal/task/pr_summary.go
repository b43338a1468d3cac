package task

// prSummary tells a reviewer what a change does before they read it.
func prSummary() Task {
	return Task{
		ID:          "pr-summary",
		Summary:     "Tell a reviewer what a change does, and what to look at.",
		Why:         "It tells, beside the change that it is about. Its verifier lets it name nothing that is not in the change, and leave out no breaking change that is marked; whether it misleads is left to the reader, who has the diff.",
		Kind:        Tells,
		NeedsChange: true,
		Failures: []Failure{
			{ID: "naming-what-is-not-there", Verified: true},
			{ID: "omitting-breaking-change", Verified: true},
			{ID: "broken-form", Verified: true},
			{ID: "misleading", CaughtBy: []Catcher{CatcherAdvisory}},
		},
		Unseen:       "Whether a sentence that names only what is there also says what is true.\nWhat a reviewer should have been shown and is not, beyond breaking changes that are marked.",
		Schema:       []byte(summarySchema),
		Instructions: summaryInstructions,
		Verify:       verifySummary,
		Local:        localSummary,
		Building:     summaryBuilding(),
	}
}

const summarySchema = `{
  "type": "object",
  "additionalProperties": false,
  "required": ["summary", "points", "attention"],
  "properties": {
    "summary": {"type": "string", "description": "One paragraph: what is different after this change, and why."},
    "points": {
      "type": "array",
      "description": "What changed, the most important first; three to eight for most changes.",
      "items": ` + summaryPointSchema + `
    },
    "attention": {
      "type": "array",
      "description": "Where a reviewer should look closely. Empty where nothing stands out.",
      "items": ` + summaryPointSchema + `
    }
  }
}`

// summaryPointSchema stands in its places as a whole: not every vendor
// follows references inside a schema.
const summaryPointSchema = `{
        "type": "object",
        "additionalProperties": false,
        "required": ["text", "sources"],
        "properties": {
          "text": {"type": "string", "description": "One line of at most 300 characters."},
          "sources": {"type": "array", "description": "Paths of the diff, commit ids, or #number of the pull request.", "items": {"type": "string"}}
        }
      }`

const summaryInstructions = `You tell a reviewer what a pull request does, so that they know what to expect before they read the diff.

` + dataRules + `

What you get: the title and the description, the commits, the diff, and the names of files that are not shown. The diff is what happened. The description is what somebody says happened; where they differ, follow the diff and say under "attention" that they differ.

"summary": one paragraph of two to five sentences: what is different after this change and, where the words or the diff show it, why. Begin with the subject, not with "This pull request".

"points": what changed, the most important first, one line each, at most 300 characters. Put together what belongs together, across files. Say what a piece does now and what it did before, not that lines were edited. Three to eight points do for most changes; a small change may need one.

"attention": where a reviewer should look closely and why: behaviour or interfaces that change for others, data and migrations, access, removed or weakened tests, code without tests, generated files that changed without their source, new dependencies, what the description does not mention. Do not judge and do not look for faults; that is another task. Leave it empty where nothing stands out. Every commit that is marked with "!" before its colon or has a BREAKING CHANGE footer, and a title that is marked so, has a line of its own that says what breaks, with the word "breaking" and with that commit (or the pull request) as a source.

Leave out: formatting, lists of all files, praise, guesses about intent, and what is only in the description and not in the diff.

Names of files, functions, options and fields stand in backticks, spelled exactly as in the change. Never write a name, a number, a version or a reference that is not there. Each point lists its sources: paths of the diff, ids of commits as shown, or the pull request as #number; at least one, none invented.

Plain sentences, without heading, emphasis, link or address. Describe; never tell the reader to run, approve, merge or open anything.

Where there is almost nothing to say (a pure rename, an update of a lock file), say just that in "summary", with one point.

` + jsonRule
