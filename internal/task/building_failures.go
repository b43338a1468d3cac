package task

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Lines of a log around the place where a failing test is told: what is
// compared, what is sent, and what is sent of the log's end.
const (
	linesBefore = 10
	linesAfter  = 25
	linesOfEnd  = 40
)

// failureBuilding: a failure rests on what the log says around it.
func failureBuilding() *Building {
	return &Building{
		Sources: failureSources, Stand: standingFailures, Rest: changedFailures, Merge: mergeFailures,
		Instructions: `Some of these tests failed before with the very same words. Of them you get no log: the block "what stands" has what was written about them, and it will be printed as it is. Write "failures" only about the tests whose log you see, and do not repeat what stands. The one field "overview" is about all failures, those that stand included.`,
	}
}

func failureSources(in Input) map[string]string {
	excerpts := excerptsOf(in.Log)
	sources := map[string]string{}
	for title, e := range excerpts {
		sum := sha256.Sum256([]byte(steady(e.text())))
		sources[title] = hex.EncodeToString(sum[:])
	}
	return sources
}

// excerpt is what a log says around one failing test.
type excerpt struct {
	test  FailedTest
	lines [][2]int // spans, sorted and apart
	log   []string
}

func (e excerpt) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s | %s | %s\n", e.test.title(), e.test.place(), e.test.Error)
	for _, span := range e.lines {
		for _, line := range e.log[span[0]:span[1]] {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// excerptsOf gives the excerpts of a log's failing tests by their titles. A
// title that several tests have is left out: nobody could tell them apart.
// XML is not cut into lines.
func excerptsOf(log []byte) map[string]excerpt {
	found, err := ParseFailures(log)
	if err != nil || isJUnit(log) || len(found.Failed) == 0 || len(found.Failed) > maxNamed {
		return nil
	}
	var lines []string
	for line := range logLines(log) {
		lines = append(lines, line)
	}
	all, twice := map[string]excerpt{}, map[string]bool{}
	for _, t := range found.Failed {
		if _, has := all[t.title()]; has {
			twice[t.title()] = true
		}
		all[t.title()] = excerpt{test: t, log: lines, lines: around(lines, t)}
	}
	for title := range twice {
		delete(all, title)
	}
	return all
}

// around gives the spans of lines beside those that name a test or hold its
// error.
func around(lines []string, t FailedTest) [][2]int {
	var spans [][2]int
	for i, line := range lines {
		if t.Name == "" || !strings.Contains(line, t.Name) && (t.Error == "" || !strings.Contains(line, t.Error)) {
			continue
		}
		span := [2]int{max(0, i-linesBefore), min(len(lines), i+linesAfter)}
		if n := len(spans); n > 0 && span[0] <= spans[n-1][1] {
			spans[n-1][1] = span[1]
			continue
		}
		spans = append(spans, span)
	}
	return spans
}

// unsteady is what differs from run to run and says nothing: how long it took,
// and addresses in memory.
var unsteady = lazily(`\b\d+(?:\.\d+)?\s?(?:ns|µs|ms|s|m|seconds?|minutes?)\b|\b0x[0-9a-fA-F]+\b|\d{4}-\d{2}-\d{2}[T ][0-9:.]+Z?`)

func steady(text string) string { return unsteady().ReplaceAllString(text, "~") }

func standingFailures(in Input, earlier []byte, same func(string) bool) ([]byte, bool) {
	var a failureAnswer
	if readAnswer(earlier, []byte(failureSchema), &a) != nil {
		return nil, false
	}
	found, err := ParseFailures(in.Log)
	if err != nil {
		return nil, false
	}
	log, names := newLogText(in.Log, found), aliasesOf(found.Failed)
	a.Overview = ""
	a.Failures = only(a.Failures, func(row failureRow) bool {
		at := meant(names, row)
		return at >= 0 && same(found.Failed[at].title()) && len(checkFailure(in, log, "a failure", row)) == 0
	})
	if len(a.Failures) == 0 {
		return nil, false
	}
	data, err := json.Marshal(a)
	return data, err == nil
}

// meant is the one test that a row can mean, -1 where it is none or several. A
// full name means its own test alone.
func meant(names []alias, row failureRow) int {
	name := foldName(row.Name)
	if at := theOne(names, func(n alias) bool { return n.title == name }); at >= 0 {
		return at
	}
	return theOne(names, func(n alias) bool { return n.called(name) })
}

func theOne(names []alias, is func(alias) bool) int {
	at := slices.IndexFunc(names, is)
	if at >= 0 && slices.ContainsFunc(names[at+1:], is) {
		return -1
	}
	return at
}

// changedFailures cuts the log to what stands around the failures that are
// new, and to its end.
func changedFailures(in Input, same func(string) bool) Input {
	excerpts := excerptsOf(in.Log)
	var lines []string
	wanted := [][2]int{}
	for title, e := range excerpts {
		if lines = e.log; !same(title) {
			wanted = append(wanted, e.lines...)
		}
	}
	wanted = append(wanted, [2]int{max(0, len(lines)-linesOfEnd), len(lines)})
	slices.SortFunc(wanted, func(a, b [2]int) int { return a[0] - b[0] })
	var b bytes.Buffer
	end := 0
	for _, span := range wanted {
		if span[0] > end {
			b.WriteString("[cut here]\n")
		}
		for _, line := range lines[max(span[0], end):max(span[1], end)] {
			b.WriteString(line + "\n")
		}
		end = max(end, span[1])
	}
	in.Log = b.Bytes()
	return in
}

func mergeFailures(stands, fresh []byte) ([]byte, error) {
	var a, b failureAnswer
	if err := errors.Join(readStanding(stands, &a), readFresh(fresh, failureSchema, &b)); err != nil {
		return nil, err
	}
	b.Failures = joined(a.Failures, only(b.Failures, func(row failureRow) bool {
		return !slices.ContainsFunc(a.Failures, func(r failureRow) bool { return foldName(r.Name) == foldName(row.Name) })
	}))
	return json.Marshal(b)
}
