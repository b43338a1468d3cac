package task

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// testLanguage is how tests are written in a language: the names of their
// files, what begins a test, what asserts, what skips, and what reaches out of
// a test.
type testLanguage struct {
	sources  []string // endings of the files that it tests
	file     func() *regexp.Regexp
	begins   func() *regexp.Regexp
	asserts  func() *regexp.Regexp
	skips    func() *regexp.Regexp
	early    func() *regexp.Regexp // runs before all tests
	reaches  func() *regexp.Regexp
	opens    func() *regexp.Regexp // begins a function, out of which a jump leads nowhere else
	affixes  []string              // what a test's stem has beside the source's
	comments []string              // what begins a comment line
}

// helperAsserts is a call of a function that says of itself that it asserts.
const helperAsserts = `(?i:\b(?:assert|require|expect|should)\w*!?\s*[(.]|\b(?:check|verify|ensure|must|want|compare)\w*\s*\()`

var (
	goTestFile    = lazily(`_test\.go$`)
	goBegins      = lazily(`^func (?:Test|Fuzz|Example|Benchmark)\w*\(`)
	goAsserts     = lazily(`\b[a-z]\w*\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(|` + helperAsserts + `|\b(?:is|qt|c|g|a|r)\.(?:Equal|True|False|NoErr|Assert|Check|Nil|NotNil|Error|NoError|Len|Contains)\w*\(|//\s*(?:Unordered )?Output:`)
	goSkips       = lazily(`\.Skip(?:f|Now)?\(|testing\.Short\(\)|^//go:build|^// \+build`)
	goEarly       = lazily(`^\s*func\s+(?:TestMain|init)\s*\(|^var _ = `)
	goReaches     = lazily(`"os/exec"|"net"|"net/http"|"net/smtp"|"syscall"|"unsafe"|"plugin"|os\.(?:Environ|Getenv|LookupEnv|RemoveAll|Remove|Exit)\b|exec\.Command|http\.(?:Get|Post|DefaultClient)`)
	pyTestFile    = lazily(`(?:^|/)test_\w+\.py$|(?:^|/)\w+_test\.py$`)
	pyBegins      = lazily(`^\s*(?:async\s+)?def test\w*\(`)
	pyAsserts     = lazily(`\bassert\b|\bself\.(?:assert\w+|fail)\(|pytest\.(?:raises|fail|warns|deprecated_call)\b|\.assert_\w+\(|` + helperAsserts)
	pySkips       = lazily(`(?i)\bskip(?:test|if|unless)?\b|\bxfail\b|importorskip|expectedFailure|SkipTest|__test__`)
	pyEarly       = lazily(`\bdef (?:run|load_tests|countTestCases|__new__|__init_subclass__|setup_module|teardown_module|pytest_\w+|setUpModule|tearDownModule)\b|autouse\s*=\s*True|scope\s*=\s*["'](?:session|package|module)|pytest_plugins|sys\.(?:path|modules)\b`)
	pyReaches     = lazily(`\b(?:subprocess|socket|urllib|requests|httpx|aiohttp|ctypes|paramiko|ftplib|smtplib|pickle|shutil)\b|os\.(?:system|popen|environ|getenv|exec\w*|spawn\w*|remove|unlink|rmdir)\b|\b(?:eval|exec|__import__)\(`)
	jsTestFile    = lazily(`(?:\.(?:test|spec)|_test|-test|_spec)\.[cm]?[jt]sx?$|(?:^|/)__tests__/(?:[\w.-]+/)*[\w.-]+\.[cm]?[jt]sx?$|(?:^|/)(?:test|tests|spec)/(?:[\w.-]+/)*[\w.-]+\.[cm]?[jt]sx?$`)
	jsBegins      = lazily(`(?:^|[\s;{(])(?:it|test|specify)(?:\.(?:each|concurrent|only|failing|todo|skip)\b)?\s*(?:\(|\x60|\.)`)
	jsAsserts     = lazily(`\bexpect\s*\(|\bexpect(?:TypeOf|Type|Error)\w*|\bassert\b|\.should\b|\bt\.(?:is|not|deepEqual|like|true|false|truthy|falsy|throws|throwsAsync|regex|snapshot|equal|equals|same|ok|match|rejects)\b|` + helperAsserts)
	jsSkips       = lazily(`\b(?:xit|xtest|xdescribe|fit|fdescribe|pending)\s*\(|\.(?:skip|todo|only|failing|skipIf|runIf)\b|@ts-(?:nocheck|ignore)|eslint-disable|istanbul ignore`)
	jsEarly       = lazily(`\bbeforeAll\s*\(|\bafterAll\s*\(|\bglobalSetup\b|\bglobalThis\.|\bprocess\.exit\b|\b(?:jest|vi)\.(?:setTimeout|retryTimes)\b`)
	jsReaches     = lazily(`["'](?:node:)?(?:child_process|net|http|https|dgram|dns|vm|worker_threads|cluster|axios|node-fetch|undici|got)["']|\bprocess\.env\b|\bfetch\s*\(|\beval\s*\(|new Function\s*\(|\b(?:Deno|Bun)\.`)
	javaTestFile  = lazily(`(?:Test|Tests|TestCase|Spec|IT)\.java$`)
	ktTestFile    = lazily(`(?:Test|Tests|TestCase|Spec|IT)\.kt$`)
	javaBegins    = lazily(`@(?:Test|ParameterizedTest|RepeatedTest|Property|TestFactory)\b`)
	javaAsserts   = lazily(`\b(?:fail|andExpect|hasMessage|isEqualTo|shouldBe|shouldThrow)\b|\bshould\w* |StepVerifier|@Test\(expected|\bassert\w+\s*[<{]|` + helperAsserts)
	javaSkips     = lazily(`@(?:Disabled|Ignore)\w*|\bassum\w+\(|enabled\s*=\s*false|@(?:Enabled|Disabled)If|@SuppressWarnings`)
	javaEarly     = lazily(`@(?:BeforeAll|AfterAll|BeforeClass|AfterClass|BeforeSuite|ExtendWith|RunWith)\b|\bstatic\s*\{|System\.exit`)
	javaReaches   = lazily(`Runtime\.getRuntime|ProcessBuilder|java\.net\.|java\.lang\.reflect|System\.getenv|System\.getProperty|\bSocket\(|HttpClient|setAccessible`)
	csTestFile    = lazily(`Tests?\.cs$|Specs?\.cs$`)
	csBegins      = lazily(`\[(?:Fact|Theory|Test|TestMethod|TestCase|DataTestMethod)\b`)
	csAsserts     = lazily(`\bAssert\.|\.Should\w*\(|\.Verify\w*\(|\bThrows\w*\b|` + helperAsserts)
	csSkips       = lazily(`\bSkip\s*=|\[(?:Ignore|Explicit)\b|Assert\.(?:Ignore|Inconclusive|Pass)|Skip\.If|#pragma|#if\b`)
	csEarly       = lazily(`\[(?:AssemblyInitialize|ClassInitialize|OneTimeSetUp|SetUpFixture|ModuleInitializer|AssemblyCleanup)\b|Environment\.Exit`)
	csReaches     = lazily(`Process\.Start|System\.Net\b|HttpClient|Environment\.GetEnvironmentVariable|DllImport|\bunsafe\b`)
	rustTestFile  = lazily(`(?:^|/)tests/(?:\w+/)*\w+\.rs$`)
	rustBegins    = lazily(`#\[(?:\w+::)*(?:test|rstest|test_case|quickcheck)\b`)
	rustAsserts   = lazily(`\bassert\w*!|\bpanic!|should_panic|prop_assert|\.(?:unwrap|expect)_err\(|` + helperAsserts)
	rustSkips     = lazily(`#\[ignore|#!\[|#\[cfg\(|#\[allow`)
	rustEarly     = lazily(`#\[ctor|process::exit|\bfn main\(`)
	rustReaches   = lazily(`std::process|std::net|std::env|\bunsafe\b|Command::new|TcpStream|reqwest|remove_dir_all`)
	rubyTestFile  = lazily(`_(?:spec|test)\.rb$|(?:^|/)test_\w+\.rb$`)
	rubyBegins    = lazily(`^\s*(?:it|specify|example|test|scenario)\b|^\s*def test_`)
	rubyAsserts   = lazily(`\bexpect\b|\bis_expected\b|\bassert\w*|\brefute\w*|\.(?:should|must_|wont_)\w*|\bflunk\b|` + helperAsserts)
	rubySkips     = lazily(`\b(?:skip|pending|xit|xdescribe|xcontext|xspecify|fit|fdescribe|omit)\b|skip:|pending:|:focus|rubocop:`)
	rubyEarly     = lazily(`^\s*def run\b|before\(?\s*:(?:all|suite|context)|RSpec\.configure|Minitest\.after_run|\bat_exit\b|\bexit!?\b`)
	rubyReaches   = lazily("`[^`]+`|\\b(?:system|exec|spawn|eval|fork|syscall)\\b|Open3|Net::HTTP|URI\\.open|TCPSocket|\\bENV\\b|FileUtils\\.rm")
	phpTestFile   = lazily(`Test\.php$|(?:^|/)tests/(?:\w+/)*\w+\.php$`)
	phpBegins     = lazily(`function test\w*\s*\(|#\[Test\]|@test\b|^\s*(?:it|test)\s*\(`)
	phpAsserts    = lazily(`->(?:assert|expect|should)\w*\(|(?:self|static|Assert)::\w*\(|\bexpect\s*\(|` + helperAsserts)
	phpSkips      = lazily(`markTest(?:Skipped|Incomplete)|->skip\(|->todo\(|->only\(|@group|#\[Group|@requires|doesNotPerformAssertions|expectNotToPerformAssertions`)
	phpEarly      = lazily(`function (?:run|runTest|runBare)\b|(?:setUp|tearDown)(?:BeforeClass|AfterClass)|\bexit\b|\bdie\b|ini_set`)
	phpReaches    = lazily(`\b(?:shell_exec|exec|system|passthru|proc_open|popen|curl_\w+|fsockopen|eval|getenv|unserialize|unlink)\s*\(|\$_ENV|\$_SERVER`)
	swiftTestFile = lazily(`Tests?\.swift$`)
	swiftBegins   = lazily(`\bfunc test\w*\(|@Test\b`)
	swiftAsserts  = lazily(`XCTAssert|XCTFail|XCTUnwrap|XCTExpect|#expect|#require|` + helperAsserts)
	swiftSkips    = lazily(`XCTSkip|\.disabled\(|\.enabled\(|#if\b|XCTExpectFailure`)
	swiftEarly    = lazily(`override (?:class )?func (?:run|perform|invokeTest)|class func (?:setUp|tearDown)|\bexit\(|fatalError`)
	swiftReaches  = lazily(`\bProcess\(|URLSession|ProcessInfo|\bUnsafe\w+|dlopen`)
	exTestFile    = lazily(`_test\.exs$`)
	exBegins      = lazily(`^\s*(?:test|property)\s+"`)
	exAsserts     = lazily(`\b(?:assert|refute|flunk|check)\w*\b`)
	exSkips       = lazily(`@(?:module|describe)?tag\b.*(?:skip|false)|\bexclude\b`)
	exEarly       = lazily(`\bsetup_all\b|ExUnit\.(?:start|configure)|System\.(?:halt|stop)`)
	exReaches     = lazily(`System\.(?:cmd|shell|get_env|put_env)|:os\.|:httpc|:gen_tcp|Code\.eval\w*|HTTPoison|Req\.|File\.rm`)
	cppTestFile   = lazily(`(?:^|/)\w*_?(?:test|tests|unittest)\.(?:cc|cpp|cxx)$|(?:^|/)test_\w+\.(?:cc|cpp|cxx)$`)
	cppBegins     = lazily(`^\s*(?:TEST|TEST_F|TEST_P|TYPED_TEST|TEST_CASE|SCENARIO|BOOST_AUTO_TEST_CASE)\s*\(`)
	cppAsserts    = lazily(`\b(?:EXPECT|ASSERT|CHECK|REQUIRE|BOOST_\w+|FAIL|ADD_FAILURE)\w*\s*\(|` + helperAsserts)
	cppSkips      = lazily(`GTEST_SKIP|DISABLED_|\[!mayfail\]|\[!shouldfail\]|\[\.\]|#if\b|#ifdef|#ifndef|#define|#undef|#pragma`)
	cppEarly      = lazily(`\bint main\s*\(|AddGlobalTestEnvironment|SetUpTestSuite|\bexit\s*\(|\babort\s*\(`)
	goOpens       = lazily(`\bfunc\b`)
	pyOpens       = lazily(`^\s*(?:async\s+)?def\b|\blambda\b`)
	jsOpens       = lazily(`\bfunction\b|=>\s*[{(]?\s*$|^\s*(?:async\s+|static\s+|get\s+|set\s+)*\w+\([^)]*\)\s*\{\s*$`)
	javaOpens     = lazily(`\b(?:public|private|protected|static|void)\b|->\s*\{\s*$`)
	kotlinOpens   = lazily(`\bfun\b`)
	csOpens       = lazily(`\b(?:public|private|internal|protected|static|void|async)\b|=>\s*\{?\s*$`)
	rustOpens     = lazily(`\bfn\b|\|[^|]*\|\s*\{\s*$`)
	rubyOpens     = lazily(`\bdef\b|\blambda\b|->|^\s*(?:it|test|specify|example|context|describe|let!?|before|after|subject)\b`)
	phpOpens      = lazily(`\bfunction\b|\bfn\b`)
	swiftOpens    = lazily(`\bfunc\b|\bin\s*$`)
	exOpens       = lazily(`\bdefp?\b|^\s*test\b|\bfn\b`)
	cppOpens      = lazily(`\)\s*(?:const\s*)?(?:override\s*)?\{\s*$`)
	cppReaches    = lazily(`\b(?:system|popen|fork|execv\w*|getenv|socket|dlopen)\s*\(|<sys/socket\.h>|\basm\b`)
)

// testLanguageOf knows a test file's language by its path; false where the
// path is no test's of a language that is known.
func testLanguageOf(p string) (testLanguage, bool) {
	for _, l := range testLanguages() {
		if slices.Contains(l.sources, path.Ext(p)) && l.file().MatchString(p) && !helperFile(p) {
			return l, true
		}
	}
	return testLanguage{}, false
}

// helperFile tells what stands among tests and is none: what runs before them
// all, what they share, and what they compare with.
func helperFile(p string) bool {
	name := strings.ToLower(path.Base(p))
	if slices.Contains([]string{"conftest.py", "__init__.py", "spec_helper.rb", "rails_helper.rb", "test_helper.rb", "test_helper.exs", "testcase.php", "bootstrap.php", "mod.rs", "common.rs"}, name) {
		return true
	}
	stem, _, _ := strings.Cut(name, ".")
	if slices.Contains([]string{"setup", "setuptests", "setup-tests", "test-setup", "jest", "vitest", "karma", "cypress", "playwright", "globalsetup", "global-setup", "teardown"}, stem) {
		return true
	}
	if slices.Contains([]string{"register.js", "register.ts", "index.js", "index.ts", "globals.js", "globals.ts", "polyfills.js", "polyfills.ts"}, name) {
		return true
	}
	dirs := strings.Split(strings.ToLower(path.Dir(p)), "/")
	return strings.Contains(name, ".config.") || slices.ContainsFunc(dirs, func(d string) bool {
		return slices.Contains([]string{"fixtures", "__fixtures__", "__snapshots__", "__mocks__", "mocks", "testdata", "support", "helpers", "testutil", "testutils"}, d)
	})
}

func testLanguages() []testLanguage {
	slashes, hashes := []string{"//", "/*", "*"}, []string{"#"}
	return []testLanguage{
		{[]string{".go"}, goTestFile, goBegins, goAsserts, goSkips, goEarly, goReaches, goOpens, []string{"_test"}, slashes},
		{[]string{".py"}, pyTestFile, pyBegins, pyAsserts, pySkips, pyEarly, pyReaches, pyOpens, []string{"test_", "_test"}, hashes},
		{[]string{".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts", ".cts"}, jsTestFile, jsBegins, jsAsserts, jsSkips, jsEarly, jsReaches, jsOpens, []string{".test", ".spec", "_test", "-test", "_spec"}, slashes},
		{[]string{".java"}, javaTestFile, javaBegins, javaAsserts, javaSkips, javaEarly, javaReaches, javaOpens, []string{"TestCase", "Tests", "Test", "Spec", "IT"}, slashes},
		{[]string{".kt"}, ktTestFile, javaBegins, javaAsserts, javaSkips, javaEarly, javaReaches, kotlinOpens, []string{"TestCase", "Tests", "Test", "Spec", "IT"}, slashes},
		{[]string{".cs"}, csTestFile, csBegins, csAsserts, csSkips, csEarly, csReaches, csOpens, []string{"Tests", "Test", "Specs", "Spec"}, slashes},
		{[]string{".rs"}, rustTestFile, rustBegins, rustAsserts, rustSkips, rustEarly, rustReaches, rustOpens, []string{"test_", "_test", "_tests"}, slashes},
		{[]string{".rb"}, rubyTestFile, rubyBegins, rubyAsserts, rubySkips, rubyEarly, rubyReaches, rubyOpens, []string{"_spec", "_test", "test_"}, hashes},
		{[]string{".php"}, phpTestFile, phpBegins, phpAsserts, phpSkips, phpEarly, phpReaches, phpOpens, []string{"Test"}, slashes},
		{[]string{".swift"}, swiftTestFile, swiftBegins, swiftAsserts, swiftSkips, swiftEarly, swiftReaches, swiftOpens, []string{"Tests", "Test"}, slashes},
		{[]string{".ex", ".exs"}, exTestFile, exBegins, exAsserts, exSkips, exEarly, exReaches, exOpens, []string{"_test"}, hashes},
		{[]string{".cc", ".cpp", ".cxx", ".c", ".h", ".hpp", ".hh"}, cppTestFile, cppBegins, cppAsserts, cppSkips, cppEarly, cppReaches, cppOpens, []string{"_test", "_tests", "_unittest", "test_"}, slashes},
	}
}

// subject gives the stem of the source that a test file is named after.
func (l testLanguage) subject(p string) string {
	stem := path.Base(p)
	stem = strings.TrimSuffix(stem, path.Ext(stem))
	for _, a := range l.affixes {
		if rest, ok := strings.CutSuffix(stem, a); ok && rest != "" {
			return rest
		}
		if rest, ok := strings.CutPrefix(stem, a); ok && rest != "" && strings.HasSuffix(a, "_") {
			return rest
		}
	}
	return stem
}
