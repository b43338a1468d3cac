package task

import (
	"path"
	"strings"
)

// cargoAbort is a test binary that a signal ended, or that ended itself: it
// prints no totals and lists no test that failed.
type cargoAbort struct {
	begun      string // the test whose line has no outcome: with one thread it stands there before the test runs
	panicked   string // the thread that panicked outside of a block
	overflowed FailedTest
}

var (
	cargoBegun    = lazily(`^test (\S+(?: - \S+ \(line [0-9]+\))?)(?: - should panic)? \.\.\.(?:\s|$)`)
	cargoThread   = lazily(`thread '([^']+)'(?: \([0-9]+\))? (panicked at |has overflowed its stack)`)
	cargoUnlikely = lazily("^(?:error: )?process didn't exit successfully: `([^\\s`]+[/\\\\]deps[/\\\\][^\\s`]+)[^`]*` \\((signal: .*|exit (?:code|status): .*)\\)$")
)

// note keeps what may name the test that ended the binary.
func (a *cargoAbort) note(text string) {
	if strings.HasPrefix(text, "running ") {
		*a = cargoAbort{}
		return
	}
	if m := cargoBegun().FindStringSubmatch(text); m != nil {
		a.begun = m[1]
		if done := cargoTest().FindStringSubmatch(text); done != nil {
			a.begun = ""
			if done[1] == a.panicked {
				a.panicked = ""
			}
		}
	}
	m := cargoThread().FindStringSubmatch(text)
	switch {
	case m == nil, m[1] == "main", strings.HasPrefix(m[1], "<"):
	case m[2] == "panicked at ":
		a.panicked = m[1]
	case a.overflowed.Name == "":
		a.overflowed = FailedTest{Name: m[1], Error: strings.TrimSpace(text)}
	}
}

// ended reads how cargo tells that a test binary did not end as one does: 101
// is what it gives where tests failed. The failure is the test's where the log
// says which, else the binary's.
func (a *cargoAbort) ended(text string) (FailedTest, bool) {
	text = strings.TrimSpace(text)
	m := cargoUnlikely().FindStringSubmatch(text)
	if m == nil || strings.HasSuffix(m[2], ": 101") {
		return FailedTest{}, false
	}
	defer func() { *a = cargoAbort{} }()
	switch {
	case a.overflowed.Name != "":
		return a.overflowed, true
	case a.begun != "":
		return FailedTest{Name: a.begun, Error: text}, true
	case a.panicked != "":
		return FailedTest{Name: a.panicked, Error: text}, true
	}
	return FailedTest{Name: path.Base(strings.ReplaceAll(m[1], `\`, "/")), Error: text}, true
}
