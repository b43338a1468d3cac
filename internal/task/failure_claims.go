package task

import (
	"strings"
)

var (
	// allWell says that nothing failed. The run did.
	allWell = lazily(`(?i)\bnothing (?:\w+ )?(?:failed|fails|broke|is broken|went wrong)\b|\b(?:everything|all|the (?:build|run|suite|pipeline)|ci) (?:is|are|was|were|looks) (?:all )?(?:green|fine|well|passing)\b` +
		`|\b(?:every|each) (?:test|check) (?:pass(?:es|ed)|succeed(?:s|ed))\b|\bcan (?:safely )?be ignored\b|\b(?:safe|fine|ok|okay) to ignore\b`)
	// noneFailed says that of tests, which is true where something else failed.
	noneFailed = lazily(`(?i)\b(?:no|0|zero|none of the) (?:\w+ )?tests? (?:has |have |had )?(?:failed|fails?|(?:is|are|was|were) failing)\b|\b(?:no|0|zero) (?:test )?failures?\b`)
	oneFailed  = lazily(`(?i)\bonly (?:one|1|a single) test (?:has |had )?failed\s*(?:[.;!]|$)`)
	// spelledCount is a number of tests in words.
	spelledCount = lazily(`(?i)\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand) (?:of (?:the )?)?(?:\w+ )?(?:tests?|failures?)\b`)
)

// checkOutcome refuses what the log does not say of the whole run: that all is
// well, what only a reviewer can say, and more failures than there are.
func checkOutcome(found Failures, log logText, place, text string) []Problem {
	var problems []Problem
	refuse := func(why, m string) {
		if m != "" && !log.hasEvery(m) {
			problems = append(problems, problem("inventing", "%s %s: %.40q", place, why, m))
		}
	}
	refuse("says that all is well", foundIn(allWell().FindString, text))
	refuse("passes a verdict that the log does not show", foundIn(verdict().FindString, text))
	failed := len(found.Failed)
	if failed > 0 {
		refuse("denies the failing tests of the log", foundIn(noneFailed().FindString, text))
	}
	if m := foundIn(oneFailed().FindString, text); m != "" && failed > 1 {
		problems = append(problems, problem("inventing", "%s counts one failing test, and the log has %d", place, failed))
	}
	most := max(failed, found.Counts.Failed.N) + found.Counts.Passed.N + found.Counts.Skipped.N
	for _, m := range spelledCount().FindAllStringSubmatch(bare(text), -1) {
		if n := valueOf(strings.ToLower(m[1])); failed > 0 && n > most {
			problems = append(problems, problem("inventing", "%s counts %d tests, which the log does not", place, n))
		}
	}
	return problems
}

// hasEvery says that the words of a phrase stand in the log, those that could
// stand anywhere aside: a test of approvals speaks of what was approved.
func (t logText) hasEvery(phrase string) bool {
	long := 0
	for _, w := range identWord().FindAllString(strings.ToLower(phrase), -1) {
		if len(w) < 5 || emptyWord(w) || w == "tests" || w == "failed" || w == "passed" {
			continue
		}
		if long++; !t.hasWord(w) {
			return false
		}
	}
	return long > 0
}
