package task

import (
	"strings"
)

// rspec reads the report of RSpec: numbered blocks below "Failures:", the
// totals, and the list at the end, which has the places.
type rspec struct {
	seen    bool
	section bool // below "Failures:"
	tests   []FailedTest
	listed  []FailedTest
	counts  Counts
}

func newRSpec() *rspec { return &rspec{} }

func (r *rspec) name() string { return "RSpec" }

var (
	rspecBlock  = lazily(`^\s{2,}[0-9]{1,6}\) (\S.*)$`)
	rspecPlace  = lazily(`^\s+# (\S+?_spec\.rb):([0-9]{1,7})(?::in .*)?$`)
	rspecListed = lazily(`^rspec (?:'([^']+)'|(\S+)) # (.+)$`)
	rspecTotals = lazily(`^([0-9]{1,9}) examples?, ([0-9]{1,9}) failures?(?:, ([0-9]{1,9}) pending)?(?:, ([0-9]{1,9}) errors? occurred outside of examples)?$`)
	rspecNoise  = lazily(`^(?:Failure/Error:|# |\(compared using|Diff:|[A-Z]\w*(?:::\w+)*:$)`)
)

func (r *rspec) line(text string) {
	switch {
	case text == "Failures:":
		r.section = true
	case text == "Failed examples:", strings.HasPrefix(text, "Finished in "), strings.HasPrefix(text, "Pending:"):
		r.section = false
	case strings.HasPrefix(text, "rspec "):
		r.list(text)
	case text != "" && text[0] >= '0' && text[0] <= '9':
		r.totals(text)
	case r.section:
		r.inBlock(text)
	}
}

func (r *rspec) list(text string) {
	m := rspecListed().FindStringSubmatch(text)
	if m == nil || len(r.listed) >= maxFailed {
		return
	}
	r.seen = true
	file, line, _ := strings.Cut(m[1]+m[2], ":")
	r.listed = append(r.listed, FailedTest{Name: m[3], File: file, Line: atoi(line)})
}

// totals counts what passed as the rest: RSpec does not say it.
func (r *rspec) totals(text string) {
	m := rspecTotals().FindStringSubmatch(text)
	if m == nil {
		return
	}
	r.seen, r.section = true, false
	failed, pending := atoi(m[2]), atoi(m[3])
	r.counts = Counts{Passed: known(max(0, atoi(m[1])-failed-pending)), Failed: known(failed + atoi(m[4])), Skipped: known(pending)}
}

func (r *rspec) inBlock(text string) {
	if m := rspecBlock().FindStringSubmatch(text); m != nil {
		if len(r.tests) < maxFailed {
			r.tests = append(r.tests, FailedTest{Name: m[1]})
		}
		return
	}
	if len(r.tests) == 0 {
		return
	}
	t := &r.tests[len(r.tests)-1]
	trimmed := strings.TrimSpace(text)
	if m := rspecPlace().FindStringSubmatch(text); m != nil {
		if t.File == "" {
			t.File, t.Line = m[1], atoi(m[2])
		}
		return
	}
	if t.Error == "" && trimmed != "" && !rspecNoise().MatchString(trimmed) {
		t.Error = trimmed
	}
}

// result takes the blocks, and from the list those that have none. An example
// of the list whose block was read is the same one.
func (r *rspec) result() (Failures, bool) {
	tests := r.tests
	read := map[string]int{}
	for _, t := range tests {
		read[t.Name]++
	}
	for _, l := range r.listed {
		if read[l.Name]--; read[l.Name] < 0 {
			tests = append(tests, l)
		}
	}
	if !r.seen {
		return Failures{}, false
	}
	f := Failures{Failed: tests, Counts: r.counts}
	f.Counts.atLeast(len(f.Failed))
	return f, true
}
