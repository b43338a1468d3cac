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
	idUnusedSuppression  = "suppression-unused"
)

// suppression is one comment "# tierwise: ignore rule-id until 2027-01-31: why".
// It reaches the line on which it stands, or, on a line of its own, the next
// line that is not a comment. In a block of text, such as a script under run:,
// it counts as elsewhere, for a finding there can be reached by no other line;
// but what is malformed there is no more than text.
type suppression struct {
	pos           diag.Position
	end           int
	id            string
	until, reason string
	reaches       int // the line
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
	list, bad := suppressions(s)
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
		if c.id == f.ID && c.reaches == f.Line && today <= c.until {
			return i
		}
	}
	return -1
}

func suppressions(s Source) (list []suppression, bad []Finding) {
	if !strings.Contains(s.Text, "tierwise:") {
		return nil, nil
	}
	text := blockLines(s)
	for n := 1; n <= s.Lines(); n++ {
		at := suppressing().FindStringSubmatchIndex(s.Line(n))
		if at == nil {
			continue
		}
		c := suppression{pos: s.At(n, at[2]+1), end: at[3] + 1, reaches: reach(s, n, at[2])}
		match := suppressionHas().FindStringSubmatch(strings.TrimRight(s.Line(n)[at[2]:], " \t"))
		switch {
		case match == nil || !isDay(match[2]):
			if !text[n] {
				bad = append(bad, c.finding(idBadSuppression, diag.Error, "this comment suppresses nothing: write # tierwise: ignore rule-id until YYYY-MM-DD: why"))
			}
		case !isRule(match[1]):
			bad = append(bad, c.finding(idBadSuppression, diag.Error, fmt.Sprintf("no rule that a comment may suppress is called %.60q: the id stands in brackets behind each finding", match[1])))
		default:
			c.id, c.until, c.reason = match[1], match[2], match[3]
			list = append(list, c)
		}
	}
	return list, bad
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
