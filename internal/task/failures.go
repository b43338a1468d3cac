package task

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// MaxLog bounds what ParseFailures reads, in bytes.
const MaxLog = 50 << 20

// maxFailed bounds the failing tests that are kept, against logs that are made
// to fill memory. Those over it are counted in Counts.Failed.
const maxFailed = 10_000

// FailedTest is one test that failed, or a package or file that could not be
// built, loaded or collected. Line is 1-based, 0 where it is not known; Error
// is the first line that says what is wrong, "" where the log has none. All of
// it is untrusted text.
type FailedTest struct {
	Name  string
	Suite string // Go package, JUnit class, file of a JavaScript suite; may be ""
	File  string
	Line  int
	Error string
}

// Count is a number that a log may not say. The zero value is not known.
type Count struct {
	N     int
	Known bool
}

func known(n int) Count { return Count{N: n, Known: true} }

// Counts are the totals of a log, as it states them or as its lines add up.
type Counts struct {
	Passed, Failed, Skipped Count
}

// addTotals adds the "3 failed" parts of a line of totals. A log may hold
// several runs, each with its own.
func (c *Counts) addTotals(parts [][]string) {
	c.Passed.Known, c.Failed.Known, c.Skipped.Known = true, true, true
	for _, p := range parts {
		switch p[2] {
		case "passed":
			c.Passed.N += atoi(p[1])
		case "failed", "error":
			c.Failed.N += atoi(p[1])
		default:
			c.Skipped.N += atoi(p[1])
		}
	}
}

// atLeast holds the failures to those that are named: a file that could not
// be loaded is one, and in no total of tests.
func (c *Counts) atLeast(named int) {
	if c.Failed.Known || named > 0 {
		c.Failed = known(max(c.Failed.N, named))
	}
}

// Failures is what a log says of failing tests. Format is "" where no known
// form was found: then nothing is known, and least of all that nothing failed.
type Failures struct {
	Format string // "go test"; several are joined by ", "
	Failed []FailedTest
	Counts Counts
}

// lineFormat reads one form of log, line by line. A line that is not its own
// it passes over, since a job's log holds many things.
type lineFormat interface {
	name() string
	line(text string)
	// result gives what was found; seen is false where the log has nothing of
	// this form.
	result() (f Failures, seen bool)
}

func lineFormats() []lineFormat {
	return []lineFormat{newCargo(), newGoTest(), newGoTestJSON(), newJest(), newMocha(), newPytest(), newRSpec()}
}

// ParseFailures reads the log of go test (text and -json), pytest, jest,
// vitest, mocha, cargo test, RSpec, or JUnit XML, bare or as a job's log on GitHub with its time stamps,
// colours and commands. It is linear in the log's size. A log over MaxLog
// bytes, one that is not text, and XML that is broken or refused, is an error.
func ParseFailures(log []byte) (Failures, error) {
	if len(log) > MaxLog {
		return Failures{}, fmt.Errorf("read log: it has %d bytes, more than the %d that are read", len(log), MaxLog)
	}
	if isJUnit(log) {
		return parseJUnit(log)
	}
	if !isText(log) {
		return Failures{}, errNotText
	}
	formats := lineFormats()
	for line := range logLines(log) {
		for _, f := range formats {
			f.line(line)
		}
	}
	var all Failures
	for _, f := range formats {
		if found, seen := f.result(); seen {
			all.add(f.name(), found)
		}
	}
	return all, nil
}

// add joins what another format found in the same log. A total that one of
// them does not state is then not known at all.
func (f *Failures) add(format string, found Failures) {
	if f.Format == "" {
		*f = found
		f.Format = format
		return
	}
	f.Format += ", " + format
	f.Failed = append(f.Failed, found.Failed...)
	f.Counts = Counts{
		Passed:  sum(f.Counts.Passed, found.Counts.Passed),
		Failed:  sum(f.Counts.Failed, found.Counts.Failed),
		Skipped: sum(f.Counts.Skipped, found.Counts.Skipped),
	}
}

func sum(a, b Count) Count {
	if !a.Known || !b.Known {
		return Count{}
	}
	return known(a.N + b.N)
}

// isJUnit says that a log is an XML document of test results.
func isJUnit(log []byte) bool {
	head := bytes.TrimSpace(bytes.TrimPrefix(log[:min(len(log), 4096)], []byte("\ufeff")))
	return bytes.HasPrefix(head, []byte("<")) && (bytes.HasPrefix(head, []byte("<?xml")) || bytes.Contains(head, []byte("<testsuite")))
}

// unique drops tests that stand twice, as in a summary at the end, and keeps
// the one that says more.
func unique(tests []FailedTest) []FailedTest {
	at := map[string]int{}
	var kept []FailedTest
	for _, t := range tests {
		key := t.Suite + "\x00" + t.Name
		i, ok := at[key]
		if !ok {
			at[key] = len(kept)
			kept = append(kept, t)
			continue
		}
		k := &kept[i]
		k.Error = cmp.Or(k.Error, t.Error)
		if k.File == "" || k.Line == 0 && t.Line != 0 {
			k.File, k.Line = cmp.Or(t.File, k.File), cmp.Or(t.Line, k.Line)
		}
	}
	return kept
}

// title is how a test is called in the log: the suite, where it has one that
// its name does not begin with, then the name.
func (t FailedTest) title() string {
	if t.Suite == "" || t.Suite == t.Name || strings.HasPrefix(t.Name, t.Suite) {
		return t.Name
	}
	return t.Suite + " " + t.Name
}

// place gives "file:line", "file", or "".
func (t FailedTest) place() string {
	if t.File == "" || t.Line == 0 {
		return t.File
	}
	return fmt.Sprintf("%s:%d", t.File, t.Line)
}

// foldName makes the ways to write a test's path alike.
func foldName(name string) string {
	name = strings.NewReplacer("`", "", " > ", " ", " › ", " ", "::", " ", "›", " ").Replace(name)
	return strings.Join(strings.Fields(name), " ")
}

// sortFailed puts tests in an order that does not depend on when they ran.
func sortFailed(tests []FailedTest) {
	slices.SortStableFunc(tests, func(a, b FailedTest) int {
		return cmp.Or(cmp.Compare(a.Suite, b.Suite), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
	})
}
