package task

import (
	"cmp"
	"slices"
	"strings"
)

// jest reads the reports of jest and vitest: both head a file with FAIL and
// print a block for each test. Where they differ, the block tells which it is.
type jest struct {
	seen   bool
	vitest bool
	file   string
	open   bool // below the heading of the last of tests
	lines  int  // of its message so far
	tests  []FailedTest
	counts Counts
}

func newJest() *jest { return &jest{} }

func (j *jest) name() string {
	if j.vitest {
		return "vitest"
	}
	return "jest"
}

var (
	jestFile    = lazily(`^\s*(?:FAIL|PASS)\s+(\S.*?\.(?:[cm]?[jt]sx?|vue|svelte))(?:\s+\([0-9.]+ m?s\))?$`)
	vitestTest  = lazily(`^\s*FAIL\s+(?:\|?\S+\|?\s+)?(\S+\.(?:[cm]?[jt]sx?|vue|svelte))(?: > (.+?)| \[ .* \])$`)
	jestTest    = lazily(`^  ● (.+)$`)
	jestFrame   = lazily(`^\s+(?:at |❯ )(?:.*?\()?([^\s()]+\.(?:[cm]?[jt]sx?|vue|svelte)):([0-9]{1,7}):[0-9]{1,7}\)?$`)
	jestTotals  = lazily(`^\s*Tests:?\s+(.*\b(?:failed|passed|skipped|todo)\b.*)$`)
	jestTotal   = lazily(`([0-9]{1,9}) (failed|passed|skipped|pending|todo)`)
	jestDetail  = lazily(`^\s*(?:Expected|Received)\b[^:]*:\s+\S`)
	jestSection = lazily(`^(?:Summary of all failing tests|Test Suites:|Snapshots:|Time:|Ran all test suites)`)
)

func (j *jest) line(text string) {
	switch {
	case text == "":
	case headed(text, "FAIL ") && j.heading(text):
	case headed(text, "PASS ") && jestFile().MatchString(text):
		j.file, j.open = "", false
	case strings.Contains(text, "● ") && j.jestHeading(text):
	case strings.Contains(text, "Tests") && j.totals(text):
	case !j.open:
	case jestSection().MatchString(text), strings.Contains(text, "⎯⎯⎯"):
		j.open = false
	default:
		j.message(text)
	}
}

func headed(text, word string) bool {
	return strings.HasPrefix(strings.TrimLeft(text, " "), word)
}

// heading reads the head of a file, and vitest's head of a test.
func (j *jest) heading(text string) bool {
	if m := vitestTest().FindStringSubmatch(text); m != nil {
		j.vitest, j.file = true, m[1]
		j.begin(FailedTest{Name: cmp.Or(m[2], m[1]), Suite: m[1], File: m[1]})
		return true
	}
	if m := jestFile().FindStringSubmatch(text); m != nil {
		j.seen, j.file, j.open = true, m[1], false
		return true
	}
	return false
}

func (j *jest) jestHeading(text string) bool {
	m := jestTest().FindStringSubmatch(text)
	if m == nil {
		return false
	}
	name := m[1]
	// Below a heading that could not be read, the mark between a group and its
	// test still tells one.
	if j.file == "" && !strings.Contains(name, " › ") {
		return false
	}
	switch {
	case name == "Console", strings.Contains(name, "Warning:"):
		j.open = false
		return true
	case name == "Test suite failed to run":
		name = j.file
	}
	j.begin(FailedTest{Name: name, Suite: j.file, File: j.file})
	return true
}

func (j *jest) begin(t FailedTest) {
	j.seen, j.open, j.lines = true, len(j.tests) < maxFailed, 0
	if j.open {
		j.tests = append(j.tests, t)
	}
}

// message reads what stands below a heading: the first line is the error,
// what was expected and received belongs to it, and the first frame in the
// test's file is the place.
func (j *jest) message(text string) {
	t := &j.tests[len(j.tests)-1]
	trimmed := strings.TrimSpace(text)
	if m := jestFrame().FindStringSubmatch(text); m != nil {
		if t.Line == 0 && strings.HasSuffix(m[1], t.Suite) {
			t.Line = atoi(m[2])
		}
		return
	}
	switch {
	case trimmed == "", strings.HasPrefix(trimmed, "|"):
	case t.Error == "":
		t.Error = trimmed
	case jestDetail().MatchString(text) && len(t.Error) < maxError && j.lines < 12:
		t.Error += "; " + trimmed
	}
	j.lines++
}

func (j *jest) totals(text string) bool {
	m := jestTotals().FindStringSubmatch(text)
	if m == nil {
		return false
	}
	j.seen, j.open = true, false
	j.counts.addTotals(jestTotal().FindAllStringSubmatch(m[1], -1))
	return true
}

func (j *jest) result() (Failures, bool) {
	f := Failures{Failed: unique(withSuite(j.tests)), Counts: j.counts}
	f.Counts.atLeast(len(f.Failed))
	return f, j.seen
}

// withSuite drops tests of no file that stand elsewhere with theirs: the list
// at the end has what was shown before.
func withSuite(tests []FailedTest) []FailedTest {
	placed := map[string]bool{}
	for _, t := range tests {
		if t.Suite != "" {
			placed[t.Name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(tests), func(t FailedTest) bool { return t.Suite == "" && placed[t.Name] })
}
