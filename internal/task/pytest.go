package task

import (
	"cmp"
	"strings"
)

// pytest reads the report of pytest: the blocks of the failures, the short
// summary, and the last line with its totals.
type pytest struct {
	seen    bool
	section string // FAILURES, ERRORS, "short test summary info", …
	block   *pytestBlock
	blocks  []*pytestBlock
	short   []FailedTest
	counts  Counts
	crash   pytestCrash
}

// pytestBlock is what stands below one "____ test_name ____".
type pytestBlock struct {
	title string
	file  string
	line  int
	err   string
	taken bool
}

func newPytest() *pytest { return &pytest{} }

func (p *pytest) name() string { return "pytest" }

var (
	pytestSection = lazily(`^={3,} (.+?) ={3,}$`)
	pytestTitle   = lazily(`^_{3,} (.+?) _{3,}$`)
	pytestPlace   = lazily(`^((?:[A-Za-z]:)?[^\s:][^:]{0,400}\.py[x]?):([0-9]{1,7}):(?: (.*))?$`)
	pytestShort   = lazily(`^(FAILED|ERROR) (\S+?\.pyx?(?:::.+?)?)(?: - (.*))?$`)
	pytestTotals  = lazily(`^(?:={3,} )?((?:[0-9]+ (?:failed|passed|skipped|errors?|xfailed|xpassed|deselected|warnings?|rerun|subtests passed)(?:, )?)+) in [0-9.:hms() ]+(?: ={3,})?$`)
	pytestTotal   = lazily(`([0-9]{1,9}) (failed|passed|skipped|error)`)
)

func (p *pytest) line(text string) {
	if text == "" {
		return
	}
	switch text[0] {
	case '=':
		p.rule(text)
	case '_':
		p.title(text)
	case 'E':
		p.errorLine(text)
	case 'F':
		p.shortLine(text)
	case 'I':
		if !p.crash.read(text) {
			p.other(text)
		}
	default:
		p.other(text)
	}
}

func (p *pytest) rule(text string) {
	if !strings.HasSuffix(text, "=") || p.totals(text) {
		return
	}
	m := pytestSection().FindStringSubmatch(text)
	if m == nil {
		return
	}
	p.section, p.block = m[1], nil
	switch m[1] {
	case "FAILURES", "ERRORS", "short test summary info", "test session starts":
		p.seen = true
	}
}

func (p *pytest) totals(text string) bool {
	m := pytestTotals().FindStringSubmatch(text)
	if m == nil {
		return false
	}
	p.seen = true
	p.counts.addTotals(pytestTotal().FindAllStringSubmatch(m[1], -1))
	return true
}

func (p *pytest) title(text string) {
	m := pytestTitle().FindStringSubmatch(text)
	if m == nil || p.section != "FAILURES" && p.section != "ERRORS" || len(p.blocks) >= maxFailed {
		return
	}
	// Lines of "_ _ _" part the frames of one block.
	if strings.Trim(m[1], "_ ") == "" {
		return
	}
	title := strings.TrimPrefix(m[1], "ERROR collecting ")
	for _, phase := range []string{"ERROR at setup of ", "ERROR at teardown of "} {
		title = strings.TrimPrefix(title, phase)
	}
	p.block = &pytestBlock{title: title}
	p.blocks = append(p.blocks, p.block)
}

// errorLine reads "E   message", and "ERROR path" of the summary.
func (p *pytest) errorLine(text string) {
	if rest, ok := strings.CutPrefix(text, "E  "); ok {
		if rest = strings.TrimSpace(rest); p.block != nil && p.block.err == "" && rest != "" {
			p.block.err = rest
			if file, line := placeIn(rest); file != "" && p.block.file == "" && strings.HasSuffix(file, ".py") {
				p.block.file, p.block.line = file, line
			}
		}
		return
	}
	p.shortLine(text)
}

func (p *pytest) shortLine(text string) {
	m := pytestShort().FindStringSubmatch(text)
	if m == nil || len(p.short) >= maxFailed || p.section != "short test summary info" && !strings.Contains(m[2], "::") {
		return
	}
	p.seen = true
	file, _, _ := strings.Cut(m[2], "::")
	p.short = append(p.short, FailedTest{Name: m[2], File: file, Error: strings.TrimSpace(m[3])})
}

// other reads the places below a traceback. The last one in the test's own
// file is where the test stands.
func (p *pytest) other(text string) {
	if p.block == nil {
		if text[0] >= '0' && text[0] <= '9' {
			p.totals(text)
		}
		return
	}
	m := pytestPlace().FindStringSubmatch(text)
	if m == nil {
		return
	}
	if p.block.file == "" || !testPath().MatchString(p.block.file) || testPath().MatchString(m[1]) {
		p.block.file, p.block.line = m[1], atoi(m[2])
	}
	if p.block.err == "" && m[3] != "" && !strings.HasPrefix(m[3], "in ") {
		p.block.err = m[3]
	}
}

// result joins the summary, which has the full names, with the blocks, which
// have the places.
func (p *pytest) result() (Failures, bool) {
	byTitle := map[string][]*pytestBlock{}
	for _, b := range p.blocks {
		byTitle[b.title] = append(byTitle[b.title], b)
	}
	var tests []FailedTest
	for _, t := range p.short {
		if b := blockOf(t, byTitle); b != nil {
			b.taken = true
			t.Error = cmp.Or(b.err, t.Error)
			if b.file != "" {
				t.File, t.Line = b.file, b.line
			}
		}
		tests = append(tests, t)
	}
	for _, b := range p.blocks {
		if !b.taken {
			tests = append(tests, FailedTest{Name: b.title, File: b.file, Line: b.line, Error: b.err})
		}
	}
	if p.crash.seen {
		tests = append(tests, p.crash.test())
	}
	f := Failures{Failed: unique(tests), Counts: p.counts}
	f.Counts.atLeast(len(f.Failed))
	return f, p.seen || p.crash.seen
}

// blockOf finds the block of a summary line: a test's is titled without its
// file, with dots; a file's with its path. Files may share a name, so the one
// whose place is in the file goes first.
func blockOf(t FailedTest, byTitle map[string][]*pytestBlock) *pytestBlock {
	_, inside, isTest := strings.Cut(t.Name, "::")
	title := t.Name
	if isTest {
		title = strings.ReplaceAll(inside, "::", ".")
	}
	var free *pytestBlock
	for _, b := range byTitle[title] {
		switch {
		case b.taken:
		case strings.HasSuffix(b.file, t.File), !isTest:
			return b
		case free == nil:
			free = b
		}
	}
	return free
}
