package task

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func parse(t *testing.T, log string) Failures {
	t.Helper()
	f, err := ParseFailures([]byte(log))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestLogsOfGo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		log  string
		want []FailedTest
	}{
		"a parent is not listed beside its child": {
			"--- FAIL: TestA (0.00s)\n    --- FAIL: TestA/b (0.00s)\n        --- FAIL: TestA/b/c (0.00s)\n            a_test.go:3: got 1, want 2\nFAIL\nFAIL\tx\t0.1s\n",
			[]FailedTest{{Name: "TestA/b/c", Suite: "x", File: "a_test.go", Line: 3, Error: "got 1, want 2"}},
		},
		"a parent with an error of its own is": {
			"--- FAIL: TestA (0.00s)\n    a_test.go:9: setup failed\n    --- FAIL: TestA/b (0.00s)\n        a_test.go:3: got 1, want 2\nFAIL\nFAIL\tx\t0.1s\n",
			[]FailedTest{{Name: "TestA", Suite: "x", File: "a_test.go", Line: 9, Error: "setup failed"}, {Name: "TestA/b", Suite: "x", File: "a_test.go", Line: 3, Error: "got 1, want 2"}},
		},
		"a name with spaces and signs": {
			"--- FAIL: TestA/it's_50%_(or_so)#01 (1.20s)\n    a_test.go:3: boom\nFAIL\nFAIL\tx\t0.1s\n",
			[]FailedTest{{Name: "TestA/it's_50%_(or_so)#01", Suite: "x", File: "a_test.go", Line: 3, Error: "boom"}},
		},
		"the line that sounds like an error goes before what was logged": {
			"=== RUN   TestA\n    a_test.go:3: starting\n    a_test.go:4: got 1, want 2\n--- FAIL: TestA (0.00s)\nFAIL\nFAIL\tx\t0.1s\n",
			[]FailedTest{{Name: "TestA", Suite: "x", File: "a_test.go", Line: 4, Error: "got 1, want 2"}},
		},
		"parallel tests keep their own lines": {
			"=== RUN   TestA\n=== PAUSE TestA\n=== RUN   TestB\n=== PAUSE TestB\n=== CONT  TestA\n=== CONT  TestB\n    b_test.go:2: wrong b\n=== NAME  TestA\n    a_test.go:1: wrong a\n--- FAIL: TestB (0.00s)\n--- FAIL: TestA (0.00s)\nFAIL\nFAIL\tx\t0.1s\n",
			[]FailedTest{{Name: "TestB", Suite: "x", File: "b_test.go", Line: 2, Error: "wrong b"}, {Name: "TestA", Suite: "x", File: "a_test.go", Line: 1, Error: "wrong a"}},
		},
		"the same test of two packages is two": {
			"--- FAIL: TestA (0.00s)\n    a_test.go:1: boom\nFAIL\nFAIL\tx\t0.1s\n--- FAIL: TestA (0.00s)\n    a_test.go:1: boom\nFAIL\nFAIL\ty\t0.1s\n",
			[]FailedTest{{Name: "TestA", Suite: "x", File: "a_test.go", Line: 1, Error: "boom"}, {Name: "TestA", Suite: "y", File: "a_test.go", Line: 1, Error: "boom"}},
		},
		"a log that breaks off still names what failed": {
			"--- FAIL: TestA (0.00s)\n    a_test.go:1: bo",
			[]FailedTest{{Name: "TestA", File: "a_test.go", Line: 1, Error: "bo"}},
		},
		"a panic before any test": {
			"panic: no config\n\ngoroutine 1 [running]:\nexample.com/x.init.0()\n\t/src/x/config.go:7 +0x1d\nFAIL\texample.com/x\t0.1s\n",
			[]FailedTest{{Name: "example.com/x", Suite: "example.com/x", File: "/src/x/config.go", Line: 7, Error: "panic: no config"}},
		},
		"a package that fails without a word": {
			"exit status 3\nFAIL\texample.com/x\t0.1s\n",
			[]FailedTest{{Name: "example.com/x", Suite: "example.com/x", Error: "the package failed outside of a test"}},
		},
		"a build without tests": {
			"# example.com/x\n./x.go:3:7: undefined: y\n./x.go:4:7: undefined: z\n",
			[]FailedTest{{Name: "example.com/x", Suite: "example.com/x", File: "./x.go", Line: 3, Error: "undefined: y"}},
		},
		"a heading of a document is no package": {"# Notes\nsee x.go:3:7 for more\n", nil},
		"words about a failure are none":        {"it said --- FAIL: TestA yesterday\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, parse(t, test.log).Failed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLogsOfOthers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		log    string
		format string
		want   []FailedTest
	}{
		"pytest, quiet, two files with one name": {
			"=== FAILURES ===\n____ test_a ____\nE   assert 1 == 2\n\nb/test_x.py:3: AssertionError\n____ test_a ____\nE   assert 3 == 4\n\na/test_x.py:5: AssertionError\n=== short test summary info ===\nFAILED a/test_x.py::test_a - assert 3 == 4\nFAILED b/test_x.py::test_a - assert 1 == 2\n2 failed in 0.1s\n",
			"pytest",
			[]FailedTest{{Name: "a/test_x.py::test_a", File: "a/test_x.py", Line: 5, Error: "assert 3 == 4"}, {Name: "b/test_x.py::test_a", File: "b/test_x.py", Line: 3, Error: "assert 1 == 2"}},
		},
		"pytest, without a summary": {
			"=== FAILURES ===\n____ test_a ____\nE   assert 1 == 2\n\ntest_x.py:3: AssertionError\n=== 1 failed in 0.1s ===\n",
			"pytest",
			[]FailedTest{{Name: "test_a", File: "test_x.py", Line: 3, Error: "assert 1 == 2"}},
		},
		"pytest, the test's own line goes before a library's": {
			"=== FAILURES ===\n____ test_a ____\ntests/test_x.py:3: \n_ _ _ _ _ _\n>   raise ValueError\nE   ValueError: no\n\nshop/cart.py:99: ValueError\n=== short test summary info ===\nFAILED tests/test_x.py::test_a - ValueError: no\n",
			"pytest",
			[]FailedTest{{Name: "tests/test_x.py::test_a", File: "tests/test_x.py", Line: 3, Error: "ValueError: no"}},
		},
		"jest repeats its failures at the end": {
			"FAIL src/a.test.ts (5.2 s)\n  ● a › b\n\n    boom\n\n      at Object.<anonymous> (src/a.test.ts:5:1)\n\nSummary of all failing tests\nFAIL src/a.test.ts\n  ● a › b\n\n    boom\n\n      at Object.<anonymous> (src/a.test.ts:5:1)\n\nTests:       1 failed, 1 total\n",
			"jest",
			[]FailedTest{{Name: "a › b", Suite: "src/a.test.ts", File: "src/a.test.ts", Line: 5, Error: "boom"}},
		},
		"vitest names its project": {
			" FAIL  |web| src/a.test.ts > a > b\nError: boom\n ❯ src/a.test.ts:5:1\n",
			"vitest",
			[]FailedTest{{Name: "a > b", Suite: "src/a.test.ts", File: "src/a.test.ts", Line: 5, Error: "Error: boom"}},
		},
		"two programs in one log": {
			"--- FAIL: TestA (0.00s)\n    a_test.go:1: boom\nFAIL\nFAIL\tx\t0.1s\nFAIL src/a.test.ts\n  ● b\n\n    bang\n",
			"go test, jest",
			[]FailedTest{{Name: "TestA", Suite: "x", File: "a_test.go", Line: 1, Error: "boom"}, {Name: "b", Suite: "src/a.test.ts", File: "src/a.test.ts", Error: "bang"}},
		},
		"nothing that is known": {"make: *** [all] Error 2\n", "", nil},
		"nothing at all":        {"", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := parse(t, test.log)
			if diff := cmp.Diff(test.want, got.Failed); diff != "" || got.Format != test.format {
				t.Errorf("format %q, %s", got.Format, diff)
			}
		})
	}
}

func TestTotalsThatAreNotSaidAreNotKnown(t *testing.T) {
	t.Parallel()
	got := parse(t, "--- FAIL: TestA (0.00s)\nFAIL\nFAIL\tx\t0.1s\n").Counts
	if got.Passed.Known || got.Skipped.Known || got.Failed != known(1) {
		t.Errorf("%+v", got)
	}
	if got := parse(t, "nothing\n").Counts; got != (Counts{}) {
		t.Errorf("%+v", got)
	}
	got = parse(t, "=== RUN   TestA\n--- PASS: TestA (0.00s)\nok  \tx\t0.1s\nTests:       1 failed, 2 passed, 3 total\n").Counts
	if got.Passed != known(3) || got.Skipped != known(0) || got.Failed != known(1) {
		t.Errorf("%+v", got)
	}
}

func TestHostileXMLIsRefused(t *testing.T) {
	t.Parallel()
	bomb := `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><testsuite><testcase name="&b;"><failure/></testcase></testsuite>`
	for name, log := range map[string]string{
		"entities":              bomb,
		"an outside entity":     `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><testsuite/>`,
		"an undeclared entity":  `<testsuite><testcase name="&b;"/></testsuite>`,
		"deep nesting":          "<?xml version='1.0'?>" + strings.Repeat("<testsuite>", 10_000),
		"cut off":               `<testsuite><testcase name="a"><failure>boom`,
		"an end too many":       `<testsuite></testsuite></testsuite>`,
		"an encoding":           `<?xml version="1.0" encoding="UTF-7"?><testsuite/>`,
		"not XML after all":     `<?xml version="1.0"?><<<`,
		"an attribute unquoted": `<testsuite name=x></testsuite>`,
	} {
		if f, err := ParseFailures([]byte(log)); err == nil {
			t.Errorf("%s: %+v", name, f)
		} else if out, err := localFailures(Input{Log: []byte(log)}); err != nil || !strings.Contains(out.Markdown, "not known") {
			t.Errorf("%s: the local form says %q, %v", name, out.Markdown, err)
		}
	}
}

func TestXMLThatIsRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		log  string
		want []FailedTest
	}{
		"two documents, joined": {
			"<?xml version=\"1.0\"?>\n<testsuite><testcase name='a'><failure message='m'/></testcase></testsuite>\n<?xml version=\"1.0\"?>\n<testsuite><testcase name='b'><error>e</error></testcase></testsuite>\n",
			[]FailedTest{{Name: "a", Error: "m"}, {Name: "b", Error: "e"}},
		},
		"suites in suites": {
			"<testsuites><testsuite name='outer'><testsuite name='inner'><testcase name='a' file='a.rb' line='7'><failure/></testcase></testsuite></testsuite></testsuites>",
			[]FailedTest{{Name: "a", Suite: "inner", File: "a.rb", Line: 7}},
		},
		"latin letters": {
			"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><testsuite><testcase name='caf\xe9'><failure>k\xf6nnte</failure></testcase></testsuite>",
			[]FailedTest{{Name: "café", Error: "könnte"}},
		},
		"a test that failed twice is one":        {"<testsuite><testcase name='a'><failure>x</failure><failure>y</failure></testcase></testsuite>", []FailedTest{{Name: "a", Error: "x"}}},
		"one that passed when repeated is none":  {"<testsuite><testcase name='a'><flakyFailure>x</flakyFailure></testcase></testsuite>", nil},
		"a failure outside of a test is nothing": {"<testsuite><failure>x</failure></testsuite>", nil},
	} {
		if diff := cmp.Diff(test.want, parse(t, test.log).Failed); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestLinesOfALog(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                                  "plain",
		"2026-11-24T17:03:29.1234567Z text":      "text",
		"2026-11-24T17:03:29.1234567Z":           "",
		"2026-11-24 17:03:29 text":               "2026-11-24 17:03:29 text",
		"job\tstep\t2026-11-24T17:03:29.1Z text": "text",
		"FAIL\texample.com/x\t0.1s":              "FAIL\texample.com/x\t0.1s",
		"\x1b[31mred\x1b[0m and \x1b]8;;u\x07l":  "red and l",
		"\x1b":                                   "",
		"\x1b[":                                  "",
		"##[error]boom":                          "boom",
		"10 %\r50 %\rdone\r":                     "done",
		"broken \xff":                            "broken \uFFFD",
		"[41mFAIL[0m src/a.js [1;31mred":         "FAIL src/a.js red",
		"rate(x[5m]) took [12ms] [a":             "rate(x[5m]) took [12ms] [a",
		`{"Output":"\u001b[31mred"}`:             `{"Output":"\u001b[31mred"}`,
	} {
		if got := cleanLogLine([]byte(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	long := slices.Collect(logLines(bytes.Repeat([]byte("x"), 1<<20)))
	if len(long) != 1 || len(long[0]) != maxLogLine {
		t.Errorf("a line of a mebibyte has %d bytes", len(long[0]))
	}
}

func TestALogThatSaysNothingIsNotClean(t *testing.T) {
	t.Parallel()
	if out, err := localFailures(Input{Log: []byte(" \n")}); err == nil {
		t.Errorf("an empty log gave %q", out.Markdown)
	}
	if _, err := localFailures(Input{Log: bytes.Repeat([]byte("x\n"), MaxLog)}); err == nil {
		t.Error("a log over the bound was read")
	}
	for log, want := range map[string]string{
		"make: *** [all] Error 2\n":              "Which tests failed is not known",
		"all is well\n":                          "No line looks like an error",
		"Tests:       2 failed, 2 total\n":       "counts 2 failing tests (jest) and names none",
		"ok  \tx\t0.1s\n##[error]no space left":  "names no failing test",
		"0 errors found\nno errors\ntests: 1\n":  "No line looks like an error",
		"=== 3 passed in 0.1s ===\nKilled\n":     "Killed",
		"::error::x ##[set-output name=a]b oops": `##\[set-output`,
	} {
		out, err := localFailures(Input{Log: []byte(log)})
		if err != nil || !strings.Contains(out.Markdown, want) {
			t.Errorf("%q: %q, %v", log, out.Markdown, err)
		}
		if strings.Contains(out.Markdown, "0 failures") || strings.Contains(out.Markdown, "nothing failed") {
			t.Errorf("%q: claims that nothing failed", log)
		}
	}
}

// A log that was pasted has its colour codes without their escapes.
func TestJestWithoutEscapesLosesNoTest(t *testing.T) {
	t.Parallel()
	log := "[0m[7m[41mFAIL[0m src/cart.test.js\n[1m[31m  ● Cart › adds up[39m[22m\n\n    expect(received).toBe(expected)\n\n    Expected: [32m3[39m\n    Received: [31m4[39m\n\nTests:       [1m[31m1 failed[39m[22m, 2 passed, 3 total\n"
	want := []FailedTest{{Name: "Cart › adds up", Suite: "src/cart.test.js", File: "src/cart.test.js", Error: "expect(received).toBe(expected); Expected: 3; Received: 4"}}
	if diff := cmp.Diff(want, parse(t, log).Failed); diff != "" {
		t.Error(diff)
	}
	// Even where the heading cannot be read, and is read at the end.
	log = "<FAIL> src/cart.test.js\n  ● Cart › adds up\n\n    boom\n\nTests: 3 failed, 3 total\n"
	if got := parse(t, log).Failed; len(got) != 1 || got[0].Name != "Cart › adds up" || got[0].Error != "boom" {
		t.Errorf("%+v", got)
	}
	log += "Summary of all failing tests\nFAIL src/cart.test.js\n  ● Cart › adds up\n\n    boom\n"
	if got := parse(t, log).Failed; len(got) != 1 || got[0].File != "src/cart.test.js" {
		t.Errorf("%+v", got)
	}
}

func TestTestsThatCouldNotBeReadAreCounted(t *testing.T) {
	t.Parallel()
	log := "FAIL src/a.test.js\n  ● a › b\n\n    boom\n\n  ● a › c\n\n    boom\n\nTests:       %s, 9 total\n"
	for total, want := range map[string]bool{"3 failed": true, "2 failed": false} {
		in := Input{Log: fmt.Appendf(nil, log, total)}
		out, err := localFailures(in)
		if err != nil || strings.Contains(out.Markdown, "The log counts 3 failed tests; 2 could be read.") != want {
			t.Errorf("%s: %v\n%s", total, err, out.Markdown)
		}
		a := failureAnswer{Overview: "Two.", Failures: []failureRow{{Name: "a › b", FirstError: "boom"}, {Name: "a › c", FirstError: "boom"}}}
		out, problems := verifyFailures(in, toJSON(t, a))
		expect(t, out, problems)
		if strings.Contains(out.Markdown, "2 could be read") != want {
			t.Errorf("%s: %s", total, out.Markdown)
		}
	}
}

func TestALogThatIsNotTextIsNotPrinted(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	noise := make([]byte, 4<<10)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	var wide []byte
	for _, c := range []byte("--- FAIL: TestA (0.00s)\r\n") {
		wide = append(wide, c, 0)
	}
	for name, log := range map[string][]byte{"an archive": noise, "UTF-16": wide, "a line and noise": append([]byte("error: x\n"), noise...)} {
		out, err := localFailures(Input{Log: log})
		if err != nil || out.Markdown != "The log is not text. Which tests failed is not known.\n" {
			t.Errorf("%s: %v\n%q", name, err, out.Markdown)
		}
		if got := ExcerptLog(log, 100); got != "[the log is not text]\n" {
			t.Errorf("%s: the excerpt is %q", name, got)
		}
	}
	colours := []byte(strings.Repeat("\x1b[31mno\x1b[0m\t\b\r\n", 50) + strings.Repeat("text ", 20) + "\x00\xff\n")
	if !isText(colours) {
		t.Error("a log with colours and a stray byte is taken for none")
	}
}

// What looks like a secret was taken out before a model saw the log: the test
// cannot be named, may be named with the mark, and is never quoted.
func TestNamesThatHoldASecret(t *testing.T) {
	t.Parallel()
	token := "ghp_" + strings.Repeat("aB3", 12)
	log := "--- FAIL: TestLogin/" + token + " (0.00s)\n    a_test.go:3: got 1\n--- FAIL: TestPlain (0.00s)\n    a_test.go:9: got 2\nFAIL\nFAIL\tx\t0.1s\n"
	in := Input{Log: []byte(log)}
	plain := failureRow{Name: "TestPlain", FirstError: "got 2"}
	for name, test := range map[string]struct {
		rows []failureRow
		want []string
	}{
		"not named":            {[]failureRow{plain}, nil},
		"named with the mark":  {[]failureRow{plain, {Name: "TestLogin/[redacted:github-token]", FirstError: "got 1"}}, nil},
		"the other left out":   {[]failureRow{{Name: "TestLogin/[redacted]", FirstError: "got 1"}}, []string{"leaving-out"}},
		"a mark that fits not": {[]failureRow{plain, {Name: "TestLogout/[redacted]", FirstError: "got 1"}}, []string{"inventing"}},
		"a mark for any":       {[]failureRow{plain, {Name: "[redacted]", FirstError: "got 1"}}, nil},
		"the secret itself":    {[]failureRow{plain, {Name: "TestLogin/" + token, FirstError: "got 1"}}, []string{"secret"}},
	} {
		out, problems := verifyFailures(in, toJSON(t, failureAnswer{Overview: "Two.", Failures: test.rows}))
		expect(t, out, problems, test.want...)
		if strings.Contains(out.Markdown, token) {
			t.Errorf("%s: the page holds the secret", name)
		}
	}
	if out, err := localFailures(in); err != nil || strings.Contains(out.Markdown, token) || !strings.Contains(out.Markdown, "TestPlain") {
		t.Errorf("%v\n%s", err, out.Markdown)
	}
	for _, p := range []Problem{
		problem("x", "quotes %.60q", strings.Repeat("y", 40)+" "+token),
		problem("x", "fails: %v", errors.New(token)),
		problem("x", "holds password: %s", strings.Repeat("k", 30)),
	} {
		if secretForm().MatchString(p.Text) || strings.Contains(p.Text, "ghp_") {
			t.Errorf("%q", p.Text)
		}
	}
	long := Input{Log: []byte("--- FAIL: Test" + strings.Repeat("x", 300) + " (0.00s)\nFAIL\nFAIL\tx\t0.1s\n")}
	if _, problems := verifyFailures(long, toJSON(t, failureAnswer{Overview: "One.", Failures: []failureRow{}})); len(problems) != 1 || strings.Contains(problems[0].Text, strings.Repeat("x", 77)) {
		t.Errorf("%v", problems)
	}
}

func TestHostileNamesStayInTheirLine(t *testing.T) {
	t.Parallel()
	log := "--- FAIL: TestA/`</details>`@everyone|![x](https://evil.example) (0.00s)\n    a_test.go:1: ``` wrong <img src=x>\nFAIL\nFAIL\tx\t0.1s\n"
	out, err := localFailures(Input{Log: []byte(log)})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "failures/hostile.md", []byte(out.Markdown))
}

func TestAnExcerptKeepsEveryFailure(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "--- FAIL: Test%02d (0.00s)\n    a_test.go:%d: got %d, want 0\n", i, i+1, i)
		b.WriteString(strings.Repeat("noise é\n", 2000))
	}
	b.WriteString("FAIL\nFAIL\tx\t0.1s\n")
	log := []byte(b.String())
	excerpt := ExcerptLog(log, 8<<10)
	if len(excerpt) > 9<<10 {
		t.Errorf("%d bytes", len(excerpt))
	}
	for i := range 20 {
		if !strings.Contains(excerpt, fmt.Sprintf("Test%02d | a_test.go:%d | got %d, want 0", i, i+1, i)) {
			t.Errorf("Test%02d is lost", i)
		}
	}
	if got := ExcerptLog(log, len(log)); got != string(log) {
		t.Error("a log that fits was changed")
	}
}

// Twice the log must not take much more than twice the time.
func TestReadingIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	line := "=== RUN   TestA\n    a_test.go:3: got 1\n--- FAIL: TestA (0.00s)\n  ● a › b\nE   assert\nFAIL src/a.test.ts\n"
	took := func(n int) time.Duration {
		log := bytes.Repeat([]byte(line), n)
		start := time.Now()
		if _, err := ParseFailures(log); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	small, large := took(5_000), took(40_000)
	if large > 8*4*small+time.Second {
		t.Errorf("8 times the log took %v after %v", large, small)
	}
}

func BenchmarkParseFailures(b *testing.B) {
	logs := logFiles(b)
	log := bytes.Repeat(logs["go_test_verbose.log"], 1000)
	b.SetBytes(int64(len(log)))
	for b.Loop() {
		if _, err := ParseFailures(log); err != nil {
			b.Fatal(err)
		}
	}
}

func fuzzFormat(f *testing.F, format func() lineFormat) {
	for _, log := range logFiles(f) {
		f.Add(log)
	}
	f.Fuzz(func(t *testing.T, log []byte) {
		p := format()
		for line := range logLines(log) {
			p.line(line)
		}
		found, seen := p.result()
		checkFound(t, found, seen)
	})
}

func checkFound(t *testing.T, found Failures, seen bool) {
	t.Helper()
	if !seen && len(found.Failed) > 0 {
		t.Error("failures in a log of another form")
	}
	if found.Counts.Failed.Known && found.Counts.Failed.N < len(found.Failed) {
		t.Errorf("counts %d and names %d", found.Counts.Failed.N, len(found.Failed))
	}
	for _, failed := range found.Failed {
		if failed.Name == "" || failed.Line < 0 || strings.ContainsAny(failed.Name+failed.Error+failed.File, "\n\r") {
			t.Errorf("%+v", failed)
		}
	}
}

func FuzzGoTest(f *testing.F) { fuzzFormat(f, func() lineFormat { return newGoTest() }) }

func FuzzGoTestJSON(f *testing.F) { fuzzFormat(f, func() lineFormat { return newGoTestJSON() }) }

func FuzzPytest(f *testing.F) { fuzzFormat(f, func() lineFormat { return newPytest() }) }

func FuzzJest(f *testing.F) { fuzzFormat(f, func() lineFormat { return newJest() }) }

func FuzzJUnit(f *testing.F) {
	for _, log := range logFiles(f) {
		f.Add(log)
	}
	f.Fuzz(func(t *testing.T, log []byte) {
		if found, err := parseJUnit(log); err == nil {
			for _, failed := range found.Failed {
				if failed.Line < 0 || strings.ContainsRune(failed.Error, '\n') {
					t.Errorf("%+v", failed)
				}
			}
		}
		if _, err := localFailures(Input{Log: log}); err != nil && len(bytes.TrimSpace(log)) > 0 {
			t.Error(err)
		}
	})
}
