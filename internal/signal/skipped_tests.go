package signal

import (
	"slices"
)

func skipWords() []string {
	return []string{
		"skip", "skipped", "xit", "xdescribe", "xtest", "xfail", "ignore", "disabled", "pending", "todo", "deselect", "inconclusive", "xcontext", "xspecify",
		"exclude", "failing", "fixme", "explicit", "skipif", "assume", "incomplete", "now", "skipf", "mark", "expected", "quarantine",
	}
}

var skipExpr = probing(`(?:^|[.\s(])(?:it|test|describe|context|suite|specify|bench|Deno\.test)\.(?:skip|todo|failing|fixme)\b|` +
	`^x(?:it|describe|test|context|specify)\s*[( "']|^x?(?:skip|pending)(?:\s*["'(]|$)|` +
	`^@(?:pytest\.mark\.(?:skip|xfail)|unittest\.(?:skip|expectedFailure)|skip\b|Ignore\b|Disabled|DisabledIf|Flaky|skipIf|expectedFailure)|` +
	`^\[?(?:\w+\()?.*\b(?:Skip|Ignore|Explicit)\s*(?:=\s*"|\(")|^\[(?:Ignore|Explicit)\b|^#\[ignore|^#\[cfg_attr\(.*ignore\)|` +
	`\b[tbf]\.Skip(?:f|Now)?\(|\bGTEST_SKIP\b|\bDISABLED_\w|\bpytest\.skip\(|\bself\.skipTest\(|\bXCTSkip|^throw XCTSkip|` +
	`\$this->markTest(?:Skipped|Incomplete)|^@(?:moduletag|tag|describetag) :?(?:skip|pending)|--deselect|--ignore[= ]\S*test|-DskipTests|-Dmaven\.test\.skip|` +
	`\bskip:\s*(?:true|["'])|\bAssert\.(?:Ignore|Inconclusive)\(|(?:^|\s)it\(.*\)\.skip|^it .*, (?:skip|pending): |--exclude-task[= ]test|<skipTests>true|-x test\b|` +
	`\bmarkTestSkipped|^\.disabled\(|\.disabled\("`)

// skippedTest asks that the test was there before. A test that comes with its
// own skip, in a block that only adds, proves no less than nothing did.
func skippedTest(l line, b block) string {
	if len(l.code) > maxDeclared || l.comment() || !skipExpr.in(l) {
		return ""
	}
	if _, added := b.tests(); len(b.removed) == 0 && added.declared > 0 {
		return ""
	}
	if sameSkip(l, b) {
		return ""
	}
	return "a test is skipped"
}

// sameSkip says that the block only rewrites a skip.
func sameSkip(l line, b block) bool {
	return slices.ContainsFunc(b.beside(l), skipExpr.in)
}

func focusedTest() func(line, block) string {
	return matching("only some tests run", `(?:^|[.\s(])(?:it|test|describe|context|suite|specify)\.only\b|^f(?:it|describe|context)\s*[( "']|^(?:it|describe|context) .*(?:,\s*|:)focus\b|^fit\(`)
}

func testWords() []string {
	return []string{"test", "tests", "it", "specify", "scenario", "fact", "theory", "fuzz", "run"}
}

var (
	// goTest asks for the capital, without which no runner finds a test.
	goTest    = probing(`^func (?:Test|Fuzz|Example|Benchmark)(?:[A-Z_0-9]\w*)?\(|^t\.Run\(`)
	plainTest = probing(`^(?:async )?def test_|^@(?:Test|ParameterizedTest|RepeatedTest|test)\b|^\[(?:Fact|Theory|Test|TestMethod|TestCase)\b|` +
		`^#\[(?:\w+::)*test\b|^(?:public )?function test[A-Z_]|^func test[A-Z_]|^TEST(?:_F|_P)?\(|^t\.Run\(`)
	calledTest = probing(`^x?(?:it|test|specify|scenario|Deno\.test)(?:\.\w+)*\s*(?:\(|["'])|^Scenario:|^test(?:Widgets)?\(`)
)

// declaresTest says that a test begins here.
func declaresTest(l line) bool {
	if !l.has(testWords()...) && !l.has("xit", "fit") {
		return false
	}
	if l.ext == ".go" {
		return goTest.in(l)
	}
	if plainTest.in(l) {
		return true
	}
	return l.class == Test && calledTest.in(l)
}

func removedTest(l line, b block) string {
	if b.kept(l) || !declaresTest(l) {
		return ""
	}
	if removed, added := b.tests(); removed.declared <= added.declared {
		return ""
	}
	return "a test is removed"
}

// assertsIn says that the line can be an assertion where it stands: outside
// of tests only what no other code is written like.
func assertsIn(l line) bool {
	switch l.ext {
	case ".snap", ".json", ".txt", ".html", ".svg", ".yml", ".yaml", ".csv", ".xml", ".toml", ".sql":
		return false
	}
	return l.class == Test || inFileAssertion.in(l)
}

var inFileAssertion = probing(`^expect\(.*\)\.(?:not\.)?to|^self\.assert[A-Z]|^t\.(?:Error|Fatal)f?\(|^(?:require|assert)\.[A-Z]\w+\(t,|^assert(?:_eq|_ne)!\(|^XCTAssert|^\$this->assert[A-Z]`)
