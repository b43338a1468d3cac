package task

import (
	"strings"
)

// mocha reads the report of mocha: the totals, and below them a numbered block
// for each test that failed, whose first lines are the groups and the name.
type mocha struct {
	counts Counts
	open   bool // below "N failing"
	naming bool // the name of the last block is not complete
	tests  []FailedTest
}

func newMocha() *mocha { return &mocha{} }

func (m *mocha) name() string { return "mocha" }

var (
	mochaTotal = lazily(`^\s+([0-9]{1,9}) (passing|failing|pending)(?: \([^)]*\))?$`)
	mochaBlock = lazily(`^\s{2,}[0-9]{1,6}\) (\S.*)$`)
	mochaFrame = lazily(`^\s+at (?:.*?\()?([^\s()]+\.[cm]?[jt]sx?):([0-9]{1,7}):[0-9]{1,7}\)?$`)
)

func (m *mocha) line(text string) {
	if text == "" {
		return
	}
	if t := mochaTotal().FindStringSubmatch(text); t != nil {
		m.total(t[2], atoi(t[1]))
		return
	}
	if !m.open || text[0] != ' ' {
		return
	}
	if b := mochaBlock().FindStringSubmatch(text); b != nil {
		m.begin(b[1])
		return
	}
	if len(m.tests) > 0 {
		m.inBlock(text)
	}
}

func (m *mocha) total(word string, n int) {
	switch word {
	case "passing":
		m.counts.Passed, m.open = known(n), false
	case "failing":
		m.counts.Failed, m.open = known(n), true
	default:
		m.counts.Skipped = known(n)
	}
}

func (m *mocha) begin(name string) {
	if len(m.tests) >= maxFailed {
		m.open = false
		return
	}
	name, done := strings.CutSuffix(name, ":")
	m.naming = !done
	m.tests = append(m.tests, FailedTest{Name: name})
}

func (m *mocha) inBlock(text string) {
	t := &m.tests[len(m.tests)-1]
	trimmed := strings.TrimSpace(text)
	if m.naming {
		part, done := strings.CutSuffix(trimmed, ":")
		t.Name += " " + part
		m.naming = !done
		return
	}
	if f := mochaFrame().FindStringSubmatch(text); f != nil {
		if t.File == "" {
			t.File, t.Line = f[1], atoi(f[2])
		}
		return
	}
	if t.Error == "" {
		t.Error = trimmed
	}
}

// result is of this form only where both totals are: "3 passing" alone may
// stand in any log.
func (m *mocha) result() (Failures, bool) {
	if !m.counts.Passed.Known {
		return Failures{}, false
	}
	f := Failures{Failed: m.tests, Counts: m.counts}
	f.Counts.atLeast(len(f.Failed))
	return f, true
}
