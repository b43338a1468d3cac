package task

import (
	"strings"
)

// cargo reads the report of cargo test: a line for each test, below
// "failures:" a block with the output of each that failed, and the last words of
// a test binary that a signal ended.
type cargo struct {
	seen   bool
	open   string // the test whose block is read
	tests  []FailedTest
	counts Counts
	abort  cargoAbort
}

func newCargo() *cargo { return &cargo{} }

func (c *cargo) name() string { return "cargo test" }

var (
	cargoTest   = lazily(`^test (\S.*?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)\b`)
	cargoBlock  = lazily(`^---- (\S.*?) stdout ----$`)
	cargoPanic  = lazily(`^thread '.*?'(?: \([0-9]+\))? panicked at (?:'(.*)', )?(\S+?):([0-9]{1,7})(?::[0-9]{1,7})?:?$`)
	cargoTotals = lazily(`^test result: (?:ok|FAILED)\. ([0-9]{1,9}) passed; ([0-9]{1,9}) failed; ([0-9]{1,9}) ignored;`)
)

func (c *cargo) line(text string) {
	if c.open == "" {
		c.abort.note(text)
	}
	if t, ended := c.abort.ended(text); ended && len(c.tests) < maxFailed {
		c.seen, c.open = true, ""
		c.tests = append(c.tests, t)
		return
	}
	switch {
	case strings.HasPrefix(text, "test "):
		c.testLine(text)
	case strings.HasPrefix(text, "---- "):
		c.open = ""
		if m := cargoBlock().FindStringSubmatch(text); m != nil {
			c.open = m[1]
		}
	case strings.HasPrefix(text, "failures:"), strings.HasPrefix(text, "note: "):
		c.open = ""
	case c.open != "" && strings.TrimSpace(text) != "":
		c.message(text)
	}
}

func (c *cargo) testLine(text string) {
	if m := cargoTotals().FindStringSubmatch(text); m != nil {
		c.seen, c.open = true, ""
		c.counts.addTotals([][]string{{"", m[1], "passed"}, {"", m[2], "failed"}, {"", m[3], "ignored"}})
		return
	}
	m := cargoTest().FindStringSubmatch(text)
	if m == nil {
		return
	}
	c.seen = true
	if m[2] == "FAILED" && len(c.tests) < maxFailed {
		c.tests = append(c.tests, FailedTest{Name: m[1]})
	}
}

// message reads a block: where it panicked, and the line after it.
func (c *cargo) message(text string) {
	for i := len(c.tests) - 1; i >= 0; i-- {
		t := &c.tests[i]
		if t.Name != c.open {
			continue
		}
		if m := cargoPanic().FindStringSubmatch(text); m != nil && t.File == "" {
			t.File, t.Line, t.Error = m[2], atoi(m[3]), m[1]
		} else if t.File != "" && t.Error == "" {
			t.Error = strings.TrimSpace(text)
		}
		return
	}
}

func (c *cargo) result() (Failures, bool) {
	f := Failures{Failed: unique(c.tests), Counts: c.counts}
	for i := range f.Failed {
		if f.Failed[i].Error == "" {
			f.Failed[i].Error = "FAILED"
		}
	}
	f.Counts.atLeast(len(f.Failed))
	return f, c.seen
}
