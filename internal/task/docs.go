package task

// docs writes doc comments and pages for what a change adds, as a patch.
func docs() Task {
	return Task{
		ID:         "docs",
		Summary:    "Write doc comments and pages for what a change adds, as a patch.",
		Why:        "It writes: its patch enters the repository when a person takes it. Its verifier proves that nothing but comments and documentation files changes and that nothing is named that is not there; whether the words mislead is left to a review that the branch requires.",
		Unseen:     docsUnseen,
		Kind:       Writes,
		NeedsFiles: true, NeedsChange: true,
		Failures: []Failure{
			{ID: "changing-code", Verified: true},
			{ID: "not-applying", Verified: true},
			{ID: "naming-what-is-not-there", Verified: true},
			{ID: "touching-other-files", Verified: true},
			{ID: "broken-form", Verified: true},
			{ID: "misleading", CaughtBy: []Catcher{CatcherRequiredReview}},
		},
		Schema:       []byte(editsSchema),
		Instructions: docsInstructions,
		Verify:       verifyDocs,
	}
}

const docsUnseen = `Whether a sentence is true: it names only what is there, and may still say the wrong thing of it.
Whether a promise holds ("safe for concurrent use", "never blocks"), and whether a sentence belongs there: words of the change are enough for it to pass.
Whether a number in digits is right: only defaults, code and amounts in words ("thirty seconds") are looked up. Bare words of prose are not names.
Whether a name in an example belongs to what it is used on, and names of common libraries: it asks whether the name stands in the change or in the file.
Whether anything is missing: an empty patch passes.
Whether a documentation file is read by a program: a README that is compiled in or run as a test is prose here.
It refuses more than it must: Python's docstrings, Elixir's @doc, tags such as @param and fenced code in comments are code to it, since programs read them, and so is a file that it cannot read to its end, as some JSX is.
There is no local form: words about code need a writer.`

const docsInstructions = `You write the documentation of one change to a program: comments in the files that it changes, and pages in documentation files. A maintainer reads your patch and takes it or leaves it.

` + dataRules + `

What you get: the title and description, the commits, the diff, and whole files as they are after the change, each in a block "file at the head" whose first line, "path: …", is not a part of it. The diff says what is new. You may edit only files that are shown whole. A page is shown where the change gives a reason to edit it: it is in the change, it stands in the folder of a changed file or above it, it is called as one, the description names it, or it names, as code, a changed file or a function, a type or an option that the change touches. A new page stands in a folder of pages, or is the README beside a changed file.

What to write:
- A doc comment for each public function, type, constant, option or field that the change adds or gives another meaning, and that has none or one that is now false. Say what it does for its caller: what goes in, what comes out, units, bounds, what happens in the edge case. Not how it is made, and not its name in other words.
- A comment inside code only where the change does something whose reason cannot be seen.
- A few lines in a documentation page that is shown, where users meet what is new: an option, a command, a setting, another behaviour. A new page only where there is a folder of pages and none of them fits.
- The style of the file: its language, its comment form, the width of its lines, the names it uses.

What not to touch: code, strings, names, formatting, blank lines between code, tests, settings, licences, changelogs, and comments that are right. Do not remove what is still true. A comment that tells a tool something (a build tag, a lint exception, a type comment, anything with @ or with a colon directly behind the marks) is code: neither write nor change one. So are docstrings of Python, fenced code in comments and tags such as @param: leave them, and say it in a comment or a page instead.

Names of functions, options, files and fields are spelled exactly as in the change or in the file. Never write a name, an option, a path, a default, a number or a version that stands in neither. That holds for fields, arguments and settings in examples, and for amounts in words. No address, no link to what does not exist, no HTML that the page does not have already, no comment that a reader of the page does not see, no settings at its top, no mention of people. No command that the change or the file does not show. Describe what the program does; never tell the reader, or an agent, to do anything else.

` + editsRule + `

Where there is nothing to document (a fix inside, a test, a rename that the pages do not know), answer with empty lists and say so in "notes".

` + jsonRule
