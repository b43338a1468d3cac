package task

// tests writes tests for the functions that a change adds or alters, as a
// patch.
func tests() Task {
	return Task{
		ID:         "tests",
		Summary:    "Write tests for the functions that a change adds or alters, as a patch.",
		Why:        "It writes: its patch enters the repository when a person takes it. Its verifier proves that it applies and adds lines to test files only. It refuses what weakens an old test, ends the run or asserts nothing by the forms that it knows, which proves none of these; whether the tests pass is left to checks that the branch requires, the rest to a review.",
		Unseen:     testsUnseen,
		Kind:       Writes,
		NeedsFiles: true, NeedsChange: true,
		Failures: []Failure{
			{ID: "touching-other-files", Verified: true},
			{ID: "not-applying", Verified: true},
			{ID: "weakening-tests", CaughtBy: []Catcher{CatcherRequiredReview}},
			{ID: "broken-form", Verified: true},
			{ID: "failing", CaughtBy: []Catcher{CatcherRequiredChecks}},
			{ID: "doing-harm", CaughtBy: []Catcher{CatcherRequiredReview}},
			{ID: "asserting-nothing", CaughtBy: []Catcher{CatcherRequiredReview}},
		},
		Schema:       []byte(editsSchema),
		Instructions: testsInstructions,
		Verify:       verifyTests,
	}
}

const testsUnseen = `Whether the tests compile and pass: nothing is run here.
Whether an assertion asserts what matters: it looks for one in every new test, and for those that cannot fail by their form: a thing compared with itself, a tuple, an expectation without a matcher or that nobody waits for, "or 1", a condition that contradicts itself, a failure that is caught and not looked at, a line behind the end of its block. An assertion in a function that is never called, in a helper of another name, or one that cannot fail for another reason, it cannot tell.
Whether a test does harm when it runs: it refuses to start programs, to reach the network, to read the environment, to end the run, and to write or remove files outside of a temporary folder, by their usual names and imports alone. A name that is put together while the test runs, a library of the project that does it, or a path that leads out of the folder by way of a variable, it does not see.
What runs when a file is loaded: at its top it takes imports, declarations, calls that register tests, and values that are written out or made by calls that it knows. The body of a describe, an argument's default, a decorator and a field of a class may still do more.
Whether new lines change what old tests prove. It refuses new lines in an old function (except rows of a table, and subtests at its end), in setups and teardowns, annotations above old tests, names that the file has already, new members of what the change declares, and modules, spies and matchers put in the place of the subject. What a new test leaves behind for a later one (a value of a module, a registry, the clock), a row whose key hides an older one, or a second file of the same class, it does not see. So a required review stands for weakened tests as well.
Tests inside source files (as in Rust's mod tests) are refused, and so are files whose brackets do not come out even to it, and languages whose tests it does not know. Known are Go, Python, JavaScript, TypeScript, Java, Kotlin, C#, Rust, Ruby, PHP, Swift, Elixir and C++.
There is no local form: a test needs a writer.`

const testsInstructions = `You write tests for one change to a program. A maintainer reads your patch, the project's checks run it, and it is taken or left.

` + dataRules + `

What you get: the title and description, the commits, the diff, and whole files as they are after the change, each in a block "file at the head" whose first line, "path: …", is not a part of it: the changed sources, and test files beside them. You may edit only test files that are shown whole, and only by adding lines.

What to write:
- Tests for the functions, methods and endpoints that the change adds or alters: what they give for ordinary input, at their bounds, for empty and wrong input, and for the case that the change is about. A fault that was mended gets a test that would have failed before.
- Each test asserts a result: a value, an error, a call that was made. Work the expected value out by reading the code; where you cannot be certain of it, leave that test out. A test that only runs the code, that compares a thing with itself, or that cannot fail, is worse than none.
- The framework, helpers, names and style of the test files that are shown. New cases go into an existing table or beside existing tests, as functions and cases of their own, never into the body of an existing one; a new file only where no test file of the source is shown, named and placed as this project and its language do it (thing_test.go beside thing.go, tests/test_thing.py, thing.test.ts, ThingTest.java, spec/thing_spec.rb).
- Deterministic tests: no clock, no random value, no network, no other process, no environment, no sleeping, no order between tests. Files only in a temporary folder that the framework gives. At the top of a file only imports, declarations and written-out values.

What not to do: change or remove an existing line, put one or an annotation into or above an existing test, use a name that the file has for something else, replace what is tested by a mock or a spy, rename a test, mark one as skipped or expected to fail, end one early, touch a source file, a fixture, a snapshot, a setting, or anything that runs before all tests (conftest.py, setup files, TestMain, init). No address, no secret, no real key; made-up values must look made up.

` + editsRule + `

Where nothing needs a test, or nothing can be tested without a guess, answer with empty lists and say so in "notes".

` + jsonRule
