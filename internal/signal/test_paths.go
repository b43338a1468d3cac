package signal

import (
	"slices"
	"strings"
)

// isTest tells tests and what stands by for them: fixtures, snapshots, mocks.
func isTest(p place) bool {
	if p.under("testdata", "test-data", "__tests__", "__test__", "__mocks__", "__snapshots__", "__fixtures__", ".snapshots") || p.ext == ".snap" {
		return true
	}
	if p.hasExt(proseExts()...) {
		return false
	}
	if p.under("spec", "specs") && !p.hasExt(".json", ".yml", ".yaml", ".proto", ".graphql") {
		return true
	}
	return p.under("test", "tests", "e2e", "fixtures", "cypress", "integration-tests", "integration_tests", "unittests",
		"androidtest", "testfixtures", "functionaltest", "integrationtest", "test_data") || testName(p)
}

// testName knows the names by which mainstream test runners find their files.
func testName(p place) bool {
	for _, infix := range []string{".test.", ".spec.", ".cy.", ".e2e.", ".tests."} {
		if strings.Contains(p.name, infix) && !p.hasExt(".json", ".yml", ".yaml") {
			return true
		}
	}
	switch p.ext {
	case ".go", ".rb", ".exs", ".dart", ".cc", ".cpp", ".c", ".rs", ".zig", ".ml", ".jl":
		return strings.HasSuffix(p.stem, "_test") || strings.HasSuffix(p.stem, "_spec") || strings.HasSuffix(p.stem, "_tests")
	case ".py":
		return strings.HasPrefix(p.name, "test_") || strings.HasSuffix(p.stem, "_test") || p.name == "conftest.py"
	case ".java", ".kt", ".cs", ".php", ".swift", ".scala", ".groovy", ".hs", ".m", ".vb":
		stem, _ := splitExt(p.spelled)
		return camelTest(stem)
	}
	return p.hasExt(".bats", ".feature", ".t")
}

// camelTest tells FooTest from Latest: letter case is what separates words.
func camelTest(stem string) bool {
	for _, suffix := range []string{"Test", "Tests", "TestCase", "Spec", "Specs", "IT"} {
		if strings.HasSuffix(stem, suffix) {
			return true
		}
	}
	return strings.HasPrefix(stem, "Test") && len(stem) > 4 && slices.Contains([]byte("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), stem[4])
}
