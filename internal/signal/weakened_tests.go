package signal

import (
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func weakenedTest() Signal {
	return Signal{
		ID:      "weakened-test",
		Summary: "a test proves less than before: an assertion removed or widened, a test skipped, focused, cut short or removed",
		Why:     "a test that was loosened hides the fault that it was written to catch, and every check stays green",
		Example: "-  expect(total).toEqual(42)\n+  expect(total).toBeTruthy()",
		Fix:     "replace an assertion by one that is at least as strict, in the same place; remove tests in a change of their own",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Tests},
		Content: &content{reads: readsTests, whole: lostByName, rules: weakenedRules},
	}
}

// readsTests reads tests wherever they stand: also beside the code that they
// test, and what configures them.
func readsTests(c Class) bool { return notProse(c) && c != Migration }

func weakenedRules() []rule {
	return append(append(weakenedOutcomes(), cutTests()...), []rule{
		{words: assertionVerbs(), on: change.Delete, match: weakerAssertion},
		{words: skipWords(), on: change.Add, match: unlessKept(skippedTest)},
		{words: []string{"only", "fit", "fdescribe", "focus", "fcontext"}, on: change.Add, match: unlessKept(focusedTest())},
		{words: testWords(), on: change.Delete, match: removedTest},
		{words: toleranceWords(), on: change.Delete, match: widerTolerance},
		{words: []string{"any", "anything", "containing"}, on: change.Add, match: unlessKept(anyArgument)},
	}...)
}

// weakerAssertion asks whether the block holds fewer assertions of this
// strength than before.
func weakerAssertion(l line, b block) string {
	if !assertsIn(l) || b.kept(l) {
		return ""
	}
	s := strengthOf(l, true)
	if s == noAssertion {
		return ""
	}
	removed, added := b.tests()
	switch {
	case added.atLeast[existence] == 0:
		return "an assertion is removed"
	case added.atLeast[s] == 0 && removed.atLeast[s] > 0:
		return "an assertion is widened"
	}
	return ""
}

// testLines counts what one side of a block proves, lines that stand on both
// sides left out.
type testLines struct {
	atLeast  [exact + 1]int
	declared int
}

func testLinesOf(lines []line, other map[string]bool, going bool) testLines {
	var t testLines
	for _, l := range lines {
		if other[l.bare()] {
			continue
		}
		if declaresTest(l) {
			t.declared++
		}
		for s := strengthOf(l, going); s > noAssertion; s-- {
			t.atLeast[s]++
		}
	}
	return t
}
