package task

// releaseNotes tells those who update what is new, and what they must do.
func releaseNotes() Task {
	return Task{
		ID:          "release-notes",
		Summary:     "Write release notes for the people who update: what is new, what breaks, what to do.",
		Why:         "It tells. Its verifier holds every note and every step against the commits and the diff, and misses no breaking change that they mark, so a small model is enough; a misleading sentence is left to its reader.",
		Kind:        Tells,
		NeedsChange: true,
		Failures: []Failure{
			{ID: "inventing", Verified: true},
			{ID: "omitting-breaking-change", Verified: true},
			{ID: "broken-form", Verified: true},
			{ID: "misleading", CaughtBy: []Catcher{CatcherAdvisory, CatcherRequiredReview}},
		},
		Unseen:       "A breaking change that neither a commit nor the title marks.\nWhether a step is enough to update: it only names what the change shows.\nWhether a sentence that names only what is there also says what is true.",
		Schema:       []byte(releaseSchema),
		Instructions: releaseInstructions,
		Verify:       verifyRelease,
		Local:        localRelease,
	}
}

const releaseSchema = `{
  "type": "object",
  "additionalProperties": false,
  "required": ["overview", "entries"],
  "properties": {
    "overview": {"type": "string", "description": "One to three sentences: what this release is about, and whether it breaks anything."},
    "entries": {
      "type": "array",
      "description": "Empty where nothing is visible to a user.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["section", "text", "breaking", "upgrade", "sources"],
        "properties": {
          "section": {"type": "string", "enum": ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]},
          "text": {"type": "string", "description": "One line of at most 300 characters, without a bullet, a reference or a link."},
          "breaking": {"type": "boolean"},
          "upgrade": {"type": ["string", "null"], "description": "What a user has to change when updating, one line of at most 300 characters, only as the change shows it; else null."},
          "sources": {"type": "array", "description": "Commit ids, paths, or #number of the pull request.", "items": {"type": "string"}}
        }
      }
    }
  }
}`

const releaseInstructions = `You write the notes of a release of a program, for the people who update to it. They want to know what they gain, what stops working, and what they have to change.

` + dataRules + `

What you get: a title and a description where there are any, the commits since the last release (id, subject, body), the diff, and the names of files that are not shown. The diff is what happened. The words around it are what somebody says happened; where they differ, follow the diff.

"overview": one to three sentences: what this release is about, and whether an update breaks anything. Name what is in the entries, nothing else.

"entries":
- One for each thing that a user can notice. Several commits that make one thing are one entry. A commit that takes back another one removes both.
- Say what is different for the user, not how the code was changed. Begin with what they know: the command, the option, the page, the function.
- Sections: Added for new abilities. Changed for behaviour that is different. Deprecated for what still works and will go. Removed for what is gone. Fixed for faults. Security for holes that are closed.
- Names of commands, options, functions and files stand in backticks, spelled exactly as in the change. Never write a name, a number, a version or a reference that is not there.

` + breakingRule + `

"upgrade": what a user has to change in their own code, configuration or data, and into what, only where the commits or the diff show it: the new name of an option, the new type of a field, the default that has to be set to keep the old behaviour. Else null; never guess a step. Word it as what is to be changed ("Calls of ` + "`Open`" + ` need a context as the first argument"), never as a command to run.

What to leave out: merges, fix-ups, formatting, comments, refactoring without an effect, tests, continuous integration, documentation of the project's own development, updates of dependencies without an effect for users.

` + sourcesRule + `

Form: each text is one line, at most 300 characters, in plain sentences that begin with a capital letter, without bullet, heading, emphasis, link, address or reference. They describe; they never tell the reader to run, install, open or visit anything.

Where a user can notice nothing, give an empty list of entries and say in "overview" that nothing changes for users. That is a good answer; do not fill it up.

` + jsonRule
