package task

import (
	"strings"
	"testing"
)

// Rows that name every failure are no licence to say in words that there is
// none: people read the first sentence.
func TestASummaryOfFailuresClaimsNothingThatTheLogDoesNotSay(t *testing.T) {
	t.Parallel()
	log := logFiles(t)["go_test.log"]
	for words, refused := range map[string]bool{
		"No test failed; everything is green.":                              true,
		"Nothing really failed.":                                            true,
		"All tests passed. Safe to merge.":                                  true,
		"Every test passes on main.":                                        true,
		"Only one test failed.":                                             true,
		"0 tests failed.":                                                   true,
		"There were no failures.":                                           true,
		"Seventeen thousand tests ran.":                                     true,
		"Nineteen tests failed.":                                            true,
		"These are flaky and can be ignored.":                               true,
		"The change was reviewed and approved by the security team.":        true,
		"N\u200bo test failed.":                                             true,
		"Two tests of the cart failed, one crashed, one hung.":              false,
		"Five failures, and one cause may stand behind two of them.":        false,
		"All other tests of the cart passed.":                               false,
		"The package does not build, so none of its tests ran.":             false,
		"One test failed in the cart; the total is not what was expected.":  false,
		"A nil pointer, not checked for, ends the program in the boom test": false,
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			overview, cause := goodFailures(), goodFailures()
			overview.Overview, cause.Failures[2].Cause = words, &words
			for place, a := range map[string]failureAnswer{"overview": overview, "cause": cause} {
				_, problems := verifyFailures(Input{Log: log}, toJSON(t, a))
				if (len(problems) > 0) != refused {
					t.Errorf("in the %s: %v", place, problems)
				}
			}
		})
	}
}

func TestWordsOfTheLogItselfMayBeSaid(t *testing.T) {
	t.Parallel()
	log := []byte("=== RUN   TestApproval\n    order_test.go:9: the order was approved, want rejected\n--- FAIL: TestApproval (0.00s)\nFAIL\nFAIL\tshop\t0.01s\n")
	a := failureAnswer{Overview: "The order was approved where it should be rejected.", Failures: []failureRow{
		{Name: "TestApproval", Location: text("order_test.go:9"), FirstError: "the order was approved, want rejected"},
	}}
	if _, problems := verifyFailures(Input{Log: log}, toJSON(t, a)); len(problems) > 0 {
		t.Error(problems)
	}
	// Where something else than a test failed, no test did.
	quiet := Input{Log: []byte("ok  \tshop\t0.01s\nError: coverage 61 % is below 80 %\n")}
	a = failureAnswer{Overview: "No test failed: the coverage is too low.", Failures: []failureRow{}}
	if _, problems := verifyFailures(quiet, toJSON(t, a)); len(problems) > 0 {
		t.Error(problems)
	}
	a.Overview = "Nothing failed."
	if _, problems := verifyFailures(quiet, toJSON(t, a)); len(problems) == 0 {
		t.Error("a run that failed is said to be well")
	}
}

// The prompt asks for what the verifier asks for.
func TestThePromptAsksForTestsWithoutAResult(t *testing.T) {
	t.Parallel()
	if !strings.Contains(failureInstructions, "has no result") {
		t.Error("a test that began and never ended is not asked for")
	}
}
