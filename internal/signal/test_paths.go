package signal

import (
	"slices"
	"strings"
)

// isTest tells tests and what stands by for them: fixtures, mocks and helpers.
func isTest(p place) bool {
	if p.under("testdata", "test-data", "__tests__", "__test__", "__mocks__", "__fixtures__", "__testfixtures__") {
		return true
	}
	if p.hasExt(proseExts()...) {
		return false
	}
	if p.under("spec", "specs") && p.hasExt(".rb", ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".coffee", ".php", ".lua", ".cr", ".clj", ".cljs",
		".swift", ".kt") {
		return true
	}
	return testFolder(p) || testName(p)
}

// testFolder tells folders of tests and of helpers that only tests use.
func testFolder(p place) bool {
	return p.under("test", "tests", "e2e", "fixtures", "cypress", "playwright", "integration-tests", "integration_tests", "unittests", "unittest", "testing",
		"androidtest", "testfixtures", "functionaltest", "integrationtest", "test_data", "acceptance-tests", "e2e-tests", "test-fixtures", "test_fixtures",
		"commontest", "jvmtest", "jstest", "nativetest", "iostest", "jmh", "benches", "fuzz", "fuzz_targets", "testutil", "testutils", "test-utils",
		"test_utils", "testhelper", "testhelpers", "test-helpers", "test_helpers", "test_helper", "testsupport", "test-support",
		"test_support", "testkit", "mocks", "mock") || slices.ContainsFunc(p.dirs, testFolderEnd)
}

// testFolderEnd tells folders of a project of tests, such as Shop.Tests.
func testFolderEnd(dir string) bool {
	for _, end := range []string{".tests", ".test", ".unittests", ".integrationtests", "-test-utils", "-e2e"} {
		if len(dir) > len(end) && strings.HasSuffix(dir, end) {
			return true
		}
	}
	return false
}

// testName knows the names by which mainstream test runners find their files.
func testName(p place) bool {
	for _, infix := range []string{".test.", ".spec.", ".cy.", ".e2e.", ".tests.", ".e2e-spec.", ".test-d.", ".bench.", ".pw.", ".unit.", ".ispec."} {
		if strings.Contains(p.name, infix) && !p.hasExt(".json", ".yml", ".yaml") {
			return true
		}
	}
	switch p.ext {
	case ".go", ".rb", ".exs", ".dart", ".cc", ".cpp", ".cxx", ".c", ".rs", ".zig", ".ml", ".jl", ".clj", ".cljs", ".cljc", ".lua", ".cr", ".nim",
		".erl", ".php", ".gleam", ".v":
		return p.endsStem("_test", "_spec", "_tests", "_suite", "_unittest") || p.named("test_helper.rb", "spec_helper.rb", "rails_helper.rb", "test_helper.exs") ||
			p.hasExt(".php", ".cc", ".cpp", ".cxx") && camelTest(p)
	case ".py":
		return p.begins("test_") || p.endsStem("_test") || p.named("conftest.py", "tests.py")
	case ".r":
		return p.begins("test-", "test_")
	case ".java", ".kt", ".cs", ".swift", ".scala", ".groovy", ".hs", ".m", ".mm", ".vb", ".fs", ".ps1", ".cls":
		return camelTest(p) || p.ends(".tests.ps1")
	case ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs", ".mts":
		return p.begins("jest.setup", "vitest.setup", "setuptests.", "setup-tests.", "setup-jest.", "jest-setup.", "test-setup.") || p.endsStem("_test", "_spec")
	}
	return p.ext == ".feature" && !changelogEntry(p) || p.hasExt(".bats", ".t", ".tftest", ".hurl", ".robot") || p.ends(".tftest.hcl", ".tftest.json")
}

func (p place) endsStem(list ...string) bool {
	return slices.ContainsFunc(list, func(suffix string) bool { return strings.HasSuffix(p.stem, suffix) })
}

// camelTest tells FooTest from Latest: letter case is what separates words.
func camelTest(p place) bool {
	stem, _ := splitExt(p.spelled)
	for _, suffix := range []string{"Test", "Tests", "TestCase", "Spec", "Specs"} {
		if strings.HasSuffix(stem, suffix) {
			return true
		}
	}
	if rest, found := strings.CutSuffix(stem, "IT"); found && rest != "" && !upper(rest[len(rest)-1]) {
		return true
	}
	return strings.HasPrefix(stem, "Test") && len(stem) > 4 && slices.Contains([]byte("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), stem[4])
}
