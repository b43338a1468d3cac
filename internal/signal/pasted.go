package signal

import (
	"regexp"
	"strings"
	"sync"
)

// span is a part of a text, from its first byte to behind its last.
type span struct{ start, end int }

// pasted gives the parts of a text that its author shows and does not say, in
// order: whole lines of fenced and indented code, quotations, logs, traces and
// diffs, and what stands in quotation marks on the other lines. It serves
// trusted words alone: in the words of anybody a fence that is added could
// hide what stood there before.
func pasted(text string) (blocks, quotes []span) {
	p := paste{blank: true}
	at := 0
	for line := range strings.Lines(text) {
		end := at + len(line)
		if p.shows(strings.TrimRight(line, "\r\n")) {
			blocks = append(blocks, span{at, end})
		} else {
			quotes = append(quotes, quotationsIn(text, at, end)...)
		}
		at = end
	}
	return blocks, quotes
}

// paste is what the lines before say of the next one.
type paste struct {
	fence    string // the open fence
	diff     bool   // inside a hunk of a diff
	indented bool   // inside indented code
	machine  bool   // the line before was of a log or a trace
	blank    bool   // the line before was blank
}

func (p *paste) shows(line string) bool {
	if p.fenced(line) {
		return true
	}
	body := strings.TrimSpace(line)
	code := body != "" && (strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t"))
	p.indented = code && (p.indented || p.blank)
	p.machine = machineLine(body) || p.machine && body != "" && strings.ContainsAny(line[:1], " \t")
	p.diff = diffHeader(body) || p.diff && body != "" && strings.ContainsAny(line[:1], "+- \\")
	p.blank = body == ""
	return p.indented || p.diff || strings.HasPrefix(body, ">") || p.machine
}

// fenced follows fences as in CommonMark: one that is not closed reaches to
// the end.
func (p *paste) fenced(line string) bool {
	body := strings.TrimLeft(line, " ")
	run := fenceOf(body)
	switch {
	case p.fence == "" && run == "":
		return false
	case p.fence == "":
		p.fence = run
	case run != "" && run[0] == p.fence[0] && len(run) >= len(p.fence) && strings.TrimSpace(body[len(run):]) == "":
		p.fence = ""
	}
	return true
}

func fenceOf(body string) string {
	if !strings.HasPrefix(body, "```") && !strings.HasPrefix(body, "~~~") {
		return ""
	}
	run := body[:len(body)-len(strings.TrimLeft(body, body[:1]))]
	if run[0] == '`' && strings.Contains(body[len(run):], "`") {
		return ""
	}
	return run
}

func diffHeader(body string) bool {
	return strings.HasPrefix(body, "@@ -") || strings.HasPrefix(body, "diff --git ") || strings.HasPrefix(body, "+++ ") || strings.HasPrefix(body, "--- ")
}

// machineText is how lines begin that a program wrote: a time, a level, a
// frame of a trace, the report of a test, a prompt.
var machineText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d` +
		`|\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|TRACE|FATAL|CRITICAL|NOTICE)\b[\]:|]|\[(?:error|warn|warning|info|debug|fatal)\]` +
		`|at [\w.$<>/@-]+ ?\(|File "[^"]*", line \d|Traceback \(|goroutine \d+ \[|Caused by: |Exception in thread |created by \S+\.\S` +
		`|=== RUN|--- (?:FAIL|PASS|SKIP)|FAIL\t|ok  \t|\$ \S|>>> |npm ERR!|error\[E\d+\]|\S+:\d+:\d+: )`)
})

func machineLine(body string) bool {
	return machineText().MatchString(body[:min(len(body), maxMachine)])
}

// maxMachine is how much of a line is asked for what wrote it.
const maxMachine = 200

// maxQuoted bounds what stands between two quotation marks.
const maxQuoted = 300

// quotationsIn gives what one line quotes: in backquotes or quotation marks a word
// is a name or a message, and not what its author says of the work.
func quotationsIn(text string, start, end int) []span {
	var quoted []span
	open := -1
	for i := start; i < end; i++ {
		switch c := text[i]; {
		case c != '`' && c != '"':
		case open < 0:
			open = i
		case c == text[open] && i-open <= maxQuoted:
			quoted = append(quoted, span{open, i + 1})
			open = -1
		case i-open > maxQuoted:
			open = i
		}
	}
	return quoted
}

// outside gives the tokens that stand in none of the spans.
func outside(tokens []token, spans []span) []token {
	if len(spans) == 0 {
		return tokens
	}
	kept := make([]token, 0, len(tokens))
	cut := false
	for _, t := range tokens {
		for len(spans) > 0 && spans[0].end <= t.start {
			spans = spans[1:]
		}
		if len(spans) > 0 && spans[0].start < t.end {
			cut = true
			continue
		}
		t.tight = t.tight && !cut
		cut = false
		kept = append(kept, t)
	}
	return kept
}
