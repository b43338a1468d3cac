package task

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	goRun  = "=== RUN   "
	goDead = "FAIL\tx\t0.1s\n"
)

// What ends a whole test binary belongs to the test of its stack, else to the
// one that was writing, else to the package.
func TestWhatEndsABinaryIsGivenToItsTest(t *testing.T) {
	t.Parallel()
	stack := func(frames string) string {
		return "panic: boom\n\ngoroutine 7 [running]:\n" + frames + "\nexit status 2\n" + goDead
	}
	at := func(name, file string, line int, text string) FailedTest {
		return FailedTest{Name: name, Suite: "x", File: file, Line: line, Error: text}
	}
	for name, test := range map[string]struct {
		log  string
		want []FailedTest
	}{
		"the stack names the test": {
			goRun + "TestA\n--- PASS: TestA (0.00s)\n" + goRun + "TestB\n" + stack("x.helper()\n\t/w/x/help.go:9 +0x1\nx.TestB(0x1)\n\t/w/x/b_test.go:4 +0x1\n"),
			[]FailedTest{at("TestB", "/w/x/help.go", 9, "panic: boom")},
		},
		"the stack names a test that has passed, and another runs": {
			goRun + "TestA\n--- PASS: TestA (0.00s)\n" + goRun + "TestB\n" + stack("x.TestA.func1()\n\t/w/x/a_test.go:4 +0x1\n"),
			[]FailedTest{at("TestA", "/w/x/a_test.go", 4, "panic: boom")},
		},
		"a test inside of the one that the stack names": {
			goRun + "TestA\n" + goRun + "TestA/sub\n" + stack("x.TestA.func1()\n\t/w/x/a_test.go:4 +0x1\n"),
			[]FailedTest{at("TestA/sub", "/w/x/a_test.go", 4, "panic: boom")},
		},
		"no test in the stack, one test open": {
			goRun + "TestA\n" + stack("x.serve()\n\t/w/x/serve.go:4 +0x1\n"),
			[]FailedTest{at("TestA", "/w/x/serve.go", 4, "panic: boom")},
		},
		"no test in the stack, none open": {
			goRun + "TestA\n--- PASS: TestA (0.00s)\n" + stack("x.serve()\n\t/w/x/serve.go:4 +0x1\n"),
			[]FailedTest{at("x", "/w/x/serve.go", 4, "panic: boom")},
		},
		"a fatal error of the runtime": {
			goRun + "TestA\nfatal error: concurrent map writes\n\ngoroutine 7 [running]:\nx.TestA(0x1)\n\t/w/x/a_test.go:4 +0x1\n\nexit status 2\n" + goDead,
			[]FailedTest{at("TestA", "/w/x/a_test.go", 4, "fatal error: concurrent map writes")},
		},
		"the first of several stacks alone": {
			goRun + "TestA\n" + goRun + "TestB\n" + stack("x.TestB(0x1)\n\t/w/x/b_test.go:4 +0x1\n\ngoroutine 8 [select]:\nx.TestA(0x1)\n\t/w/x/a_test.go:4 +0x1\n"),
			[]FailedTest{at("TestB", "/w/x/b_test.go", 4, "panic: boom")},
		},
		"a panic that was only printed": {
			goRun + "TestA\npanic: only words\n--- PASS: TestA (0.00s)\nPASS\nok  \tx\t0.1s\n", nil,
		},
		"log.Fatal, one test open": {
			goRun + "TestA\nno config at /etc/x\nexit status 1\n" + goDead, []FailedTest{at("TestA", "", 0, "no config at /etc/x")},
		},
		"os.Exit without a word": {
			goRun + "TestA\nexit status 3\n" + goDead, []FailedTest{at("TestA", "", 0, "the program ended before its tests did")},
		},
		"os.Exit after all tests": {
			goRun + "TestA\n--- PASS: TestA (0.00s)\nexit status 3\n" + goDead, []FailedTest{at("x", "", 0, "the program ended before its tests did")},
		},
		"two tests open, one of them waits": {
			goRun + "TestA\n=== PAUSE TestA\n" + goRun + "TestB\nexit status 3\n" + goDead, []FailedTest{at("TestB", "", 0, "the program ended before its tests did")},
		},
		"a binary that ended as one does": {
			goRun + "TestA\n    a_test.go:3: no\n--- FAIL: TestA (0.00s)\nFAIL\n" + goDead, []FailedTest{at("TestA", "a_test.go", 3, "no")},
		},
	} {
		if diff := cmp.Diff(test.want, parse(t, test.log).Failed); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestUnfinishedAreTheInnermostThatRan(t *testing.T) {
	t.Parallel()
	g := newGoTest()
	for _, line := range []string{goRun + "TestA", goRun + "TestA/b", goRun + "TestC", "=== PAUSE TestC", goRun + "TestD", "--- PASS: TestD (0.00s)", goRun + "TestE"} {
		g.line(line)
	}
	if diff := cmp.Diff([]string{"TestA/b", "TestE"}, g.unfinished()); diff != "" {
		t.Error(diff)
	}
	if g.failed("TestD") || g.failed("TestA") {
		t.Error("what passed, or has no result, counts as failed")
	}
	g.line("--- FAIL: TestE (0.00s)")
	if !g.failed("TestE") {
		t.Error("what failed does not")
	}
}
