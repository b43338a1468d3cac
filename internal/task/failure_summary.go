package task

// failureSummary says which tests of a log failed, where, and with what.
func failureSummary() Task {
	return Task{
		ID:       "failure-summary",
		Summary:  "Say which tests of a log failed, where, and the first error of each.",
		Why:      "It tells, beside the log that it is about. Its verifier reads the same log by rules: of the failures that those rules find, it lets none be left out and none be added. A misleading cause is left to its reader.",
		Kind:     Tells,
		NeedsLog: true,
		Failures: []Failure{
			{ID: "inventing", Verified: true},
			{ID: "leaving-out", Verified: true},
			{ID: "broken-form", Verified: true},
			{ID: "misleading", CaughtBy: []Catcher{CatcherAdvisory}},
		},
		Unseen:       "Whether the cause is the right one.\nIn a log of a form that is not known, whether a failing test was left out.",
		Schema:       []byte(failureSchema),
		Instructions: failureInstructions,
		Verify:       verifyFailures,
		Local:        localFailures,
		Building:     failureBuilding(),
	}
}

const failureSchema = `{
  "type": "object",
  "additionalProperties": false,
  "required": ["overview", "failures"],
  "properties": {
    "overview": {"type": "string", "description": "One or two sentences: what failed, and whether one cause is behind several failures."},
    "failures": {
      "type": "array",
      "description": "Empty where the log names no failing test.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "location", "first_error", "cause"],
        "properties": {
          "name": {"type": "string", "description": "The test's name, as the log spells it."},
          "location": {"type": ["string", "null"], "description": "file:line, as the log spells it."},
          "first_error": {"type": "string", "description": "The first line of the log that says what is wrong, copied."},
          "cause": {"type": ["string", "null"], "description": "The likely cause in one or two sentences; null where the log does not show it."}
        }
      }
    }
  }
}`

const failureInstructions = `You read the log of a failed run of tests and say what failed, for the developer who has to mend it.

` + dataRules + `

What you get: the log, or its end where it is long. A line that reads "[cut here]" marks where something was left out.

What to write for each failing test:
- "name": its name exactly as the log spells it. A test that failed only because a test inside it failed is not listed; the inner one is. A package or file that does not build, load or collect is listed under its own name. A test that began and has no result, because the program crashed, was killed or ran out of time in it, failed; where the log does not say in which test a program ended, list the package, the file or the test program by its name. Where pytest itself crashed, list INTERNALERROR.
- "location": the file and line where it failed, as "file:line", spelled as in the log; null where the log gives none. Prefer the test's own file to a frame of a library.
- "first_error": the first line of the log that says what is wrong for this test, copied word for word, without time stamp, colour and indentation. Not the name of the test, not "FAIL", not the exit code.
- "cause": what probably went wrong, in one or two sentences, only where the log shows it. Give null where you would have to guess. Name what the log shows, in backticks.

Name every failing test once. If there are more than 100, name the first 100 and say in "overview" how many there are. Never list a test that passed, was skipped, or failed and then passed when it was repeated.

"overview": one or two sentences on the whole: how many failed, in which parts, and whether one cause is behind several. Where the log breaks off, or the run failed for another reason than a test (no disk space, a network fault, a missing tool, a timeout of the job), say that.

Where the log names no failing test, answer with an empty list and say in "overview" what the last error is. Never say that nothing failed: the run did.

Do not propose commands to run and do not write links. Leave out speculation about who caused it.

` + jsonRule
