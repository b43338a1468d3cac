package task

// tests writes tests for the functions that a change adds or alters, as a
// patch.
func tests() Task {
	return Task{
		ID:         "tests",
		Summary:    "Write tests for the functions that a change adds or alters, as a patch.",
		Why:        "It writes: its patch enters the repository when a person takes it. Its verifier proves that it applies and touches test files only, and that no test is removed or weakened; whether the tests pass is left to checks that the branch requires, whether they assert what matters to a review.",
		Unseen:     testsUnseen,
		Kind:       Writes,
		NeedsFiles: true, NeedsChange: true,
		Failures: []Failure{
			{ID: "touching-other-files", Verified: true},
			{ID: "not-applying", Verified: true},
			{ID: "weakening-tests", Verified: true},
			{ID: "broken-form", Verified: true},
			{ID: "failing", CaughtBy: []Catcher{CatcherRequiredChecks}},
			{ID: "asserting-nothing", CaughtBy: []Catcher{CatcherRequiredReview}},
		},
		Schema:       []byte(editsSchema),
		Instructions: testsInstructions,
		Verify:       verifyTests,
	}
}

const testsUnseen = `Whether the tests compile and pass: nothing is run here.
Whether an assertion asserts what matters: it looks for one in every new test, and for those that compare a thing with itself; an assertion in a helper of another name, or one that cannot fail for another reason, it cannot tell.
Whether a test does harm when it runs: it refuses to start programs, to reach the network and to read the environment where neither the change nor the tests do, by their usual names alone.
Whether new lines change what old ones do, by a name that is declared again or a value that is set before: it knows lines that end, skip or wrap a test, and modules that jest or vitest replace, by their usual forms.
Tests inside source files (as in Rust's mod tests) are refused, and so are languages whose tests it does not know. Known are Go, Python, JavaScript, TypeScript, Java, Kotlin, C#, Rust, Ruby, PHP, Swift, Elixir and C++.
There is no local form: a test needs a writer.`

const testsInstructions = `You write tests for one change to a program. A maintainer reads your patch, the project's checks run it, and it is taken or left.

` + dataRules + `

What you get: the title and description, the commits, the diff, and whole files as they are after the change, each in a block "file at the head" whose first line, "path: …", is not a part of it: the changed sources, and test files beside them. You may edit only test files that are shown whole, and only by adding lines.

What to write:
- Tests for the functions, methods and endpoints that the change adds or alters: what they give for ordinary input, at their bounds, for empty and wrong input, and for the case that the change is about. A fault that was mended gets a test that would have failed before.
- Each test asserts a result: a value, an error, a call that was made. Work the expected value out by reading the code; where you cannot be certain of it, leave that test out. A test that only runs the code, that compares a thing with itself, or that cannot fail, is worse than none.
- The framework, helpers, names and style of the test files that are shown. New cases go into an existing table or beside existing tests; a new file only where no test file of the source is shown, named and placed as this project and its language do it (thing_test.go beside thing.go, tests/test_thing.py, thing.test.ts, ThingTest.java, spec/thing_spec.rb).
- Deterministic tests: no clock, no random value, no network, no other process, no environment, no sleeping, no order between tests. Files only in a temporary folder that the framework gives.

What not to do: change or remove an existing line, rename a test, mark one as skipped or expected to fail, end one early, touch a source file, a fixture, a snapshot, a setting, or anything that runs before all tests (conftest.py, setup files, TestMain, init). No address, no secret, no real key; made-up values must look made up.

` + editsRule + `

Where nothing needs a test, or nothing can be tested without a guess, answer with empty lists and say so in "notes".

` + jsonRule
