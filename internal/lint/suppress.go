package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tierwise/tierwise/internal/diag"
)

// Suppressed is a finding that a comment takes back until a day, for a reason.
type Suppressed struct {
	Finding
	Until  string // YYYY-MM-DD, the last day
	Reason string
}

// Rules of suppressions. They are reported by the linter itself, and nothing
// suppresses them.
const (
	idBadSuppression     = "suppression-malformed"
	idExpiredSuppression = "suppression-expired"
	idFarSuppression     = "suppression-too-far"
	idUnusedSuppression  = "suppression-unused"
)

// maxSuppressed is how far ahead of today a suppression may end, in days: a
// debt with a day that nobody here will see is one without a day.
const maxSuppressed = 366

// suppression is one comment "# tierwise: ignore rule-id until 2027-01-31: why".
// It reaches the line on which it stands, or, on a line of its own, the next
// line that is not a comment, and all of a text in quotes or of a block, such
// as a script under run:, that begins there. Inside of a text there are no
// comments: what looks like one is written into a script or to a model.
type suppression struct {
	pos           diag.Position
	end           int
	id            string
	until, reason string
	from, to      int // the lines that it reaches
	used          bool
}

var (
	suppressing    = lazily(`(?:^|\s)(#\s*tierwise:\s*ignore\b.*)$`)
	suppressionHas = lazily(`^#\s*tierwise:\s*ignore\s+([a-z][a-z0-9-]*)\s+until\s+(\d{4}-\d{2}-\d{2})\s*:\s*(\S.*)$`)
)

// lazily compiles an expression when it is first needed: most runs of the
// program lint nothing.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// suppress takes back the findings that comments name, and reports comments
// that are malformed, expired or of no use. Examined are the rules that looked
// at the file: of another rule nobody knows whether the comment is of use.
func suppress(s Source, findings []Finding, blind []NotExamined, examined []string, w World) Report {
	r := Report{NotExamined: blind, Files: []string{s.Name}}
	list, bad := suppressions(s, w.Today)
	r.Findings = append(r.Findings, bad...)
	for _, f := range findings {
		if at := covering(list, f, w.Today); at >= 0 {
			list[at].used = true
			r.Suppressed = append(r.Suppressed, Suppressed{Finding: f, Until: list[at].until, Reason: list[at].reason})
			continue
		}
		r.Findings = append(r.Findings, f)
	}
	r.Findings = append(r.Findings, leftOver(list, examined, w.Today)...)
	return r.sorted()
}

// refused reports what could not be read. No comment takes that back: the file
// would still not be read where it counts.
func refused(s Source, findings []Finding, w World) Report {
	r := suppress(s, nil, nil, nil, w)
	r.Findings = append(r.Findings, findings...)
	return r.sorted()
}

// covering gives the comment that takes a finding back, -1 where none does.
func covering(list []suppression, f Finding, today string) int {
	for i, c := range list {
		if c.id == f.ID && c.from <= f.Line && f.Line <= c.to && today <= c.until {
			return i
		}
	}
	return -1
}

func suppressions(s Source, today string) (list []suppression, bad []Finding) {
	if !strings.Contains(s.Text, "tierwise:") {
		return nil, nil
	}
	t, ok := textsOf(s)
	if !ok {
		return nil, nil // what reads the file refuses it, and no comment takes that back
	}
	for n := 1; n <= s.Lines(); n++ {
		start := t.comment(s, n)
		if start < 0 {
			continue
		}
		at := suppressing().FindStringSubmatchIndex(s.Line(n)[start:])
		if at == nil {
			continue
		}
		c := suppression{pos: s.At(n, start+at[2]+1), end: start + at[3] + 1, from: reach(s, n, start)}
		c.to = t.last(c.from)
		if wrong, ok := c.read(s.Line(n)[start+at[2]:], today); !ok {
			bad = append(bad, wrong)
			continue
		}
		list = append(list, c)
	}
	return list, bad
}

// read takes what a comment says. One that says too little, or too much,
// suppresses nothing.
func (c *suppression) read(comment, today string) (wrong Finding, ok bool) {
	match := suppressionHas().FindStringSubmatch(strings.TrimRight(comment, " \t"))
	switch {
	case match == nil || !isDay(match[2]):
		return c.finding(idBadSuppression, diag.Error, "this comment suppresses nothing: write # tierwise: ignore rule-id until YYYY-MM-DD: why"), false
	case !isRule(match[1]):
		return c.finding(idBadSuppression, diag.Error, fmt.Sprintf("no rule that a comment may suppress is called %.60q: the id stands in brackets behind each finding", match[1])), false
	}
	if last := furthest(today); last != "" && match[2] > last {
		return c.finding(idFarSuppression, diag.Error, fmt.Sprintf("this comment suppresses nothing: %s is more than a year ahead; name a day up to %s, and look again then", match[2], last)), false
	}
	c.id, c.until, c.reason = match[1], match[2], match[3]
	return Finding{}, true
}

// furthest is the last day that a suppression may name, "" where today is not
// known.
func furthest(today string) string {
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return ""
	}
	return day.AddDate(0, 0, maxSuppressed).Format(time.DateOnly)
}

func isRule(id string) bool {
	_, ok := Find(id)
	return ok
}

// reach gives the line that a comment on line n is about.
func reach(s Source, n, col int) int {
	if strings.TrimSpace(s.Line(n)[:col]) != "" {
		return n
	}
	for next := n + 1; next <= s.Lines(); next++ {
		if text := strings.TrimSpace(s.Line(next)); text != "" && !strings.HasPrefix(text, "#") {
			return next
		}
	}
	return n
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func leftOver(list []suppression, examined []string, today string) []Finding {
	var findings []Finding
	for _, c := range list {
		switch {
		case c.until < today:
			findings = append(findings, c.finding(idExpiredSuppression, diag.Error, fmt.Sprintf("this suppression of %s ended on %s: mend what it hides, or give it a new day and say why", c.id, c.until)))
		case !c.used && slices.Contains(examined, c.id):
			findings = append(findings, c.finding(idUnusedSuppression, diag.Warning, fmt.Sprintf("this suppression of %s hides nothing here: take it out, or put it on the line that is reported or the line above", c.id)))
		}
	}
	return findings
}

func (c suppression) finding(id string, severity diag.Severity, message string) Finding {
	return Finding{Finding: diag.Finding{Position: c.pos, Severity: severity, ID: id, Message: message}, End: c.end}
}
