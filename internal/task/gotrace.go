package task

import (
	"cmp"
	"strings"
)

// goTrace collects what one Go test wrote, and picks from it the place and
// the line that say what went wrong. It keeps a few strings, whatever the
// length of the output.
type goTrace struct {
	first, likely goMessage // the first message, and the first that sounds like a failure
	panicked      goMessage
	race          goMessage
	waiting       string // "message": the text of the last message is on the next line; or a label of testify
	inPanic       bool
	inRace        bool
}

// goMessage is "file.go:12: text". A text is there even where the place is not.
type goMessage struct {
	file string
	line int
	text string
}

func (m goMessage) empty() bool { return m == goMessage{} }

var (
	goFrame      = lazily(`^\s+(/?[^\s:]+\.go|[A-Za-z]:[^\s:]+\.go):([0-9]{1,7})(?: \+0x[0-9a-f]+)?\s*$`)
	goFailWords  = lazily(`(?i)\b(?:fail(?:s|ed|ure)?|error|errors|err|got|want|wanted|expected|expect|unexpected|mismatch|differs?|diff|invalid|wrong|not|nil|missing|cannot|can't|panic|timeout|timed out|should|must)\b|!=|\(-want|\(-got`)
	testifyLabel = lazily(`^\s+(Error Trace|Error|Test|Messages):\s*(.*)$`)
)

// line takes one line of the test's output.
func (t *goTrace) line(text string) {
	if t.special(text) || t.continued(text) {
		return
	}
	if m, ok := goLine(text); ok {
		t.message(m)
	}
}

// goLine reads "    file.go:12: text", by hand since every line of a log comes
// through here.
func goLine(text string) (goMessage, bool) {
	text = strings.TrimLeft(text, " \t")
	at := strings.Index(text, ".go:")
	if at < 1 || strings.ContainsAny(text[:at], " \t:\"'`()") {
		return goMessage{}, false
	}
	file, rest := text[:at+3], text[at+4:]
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	if digits == 0 || digits > 7 || digits == len(rest) || rest[digits] != ':' {
		return goMessage{}, false
	}
	return goMessage{file, atoi(rest[:digits]), strings.TrimSpace(rest[digits+1:])}, true
}

// special deals with panics and races, whose place is in the stack below.
func (t *goTrace) special(text string) bool {
	switch {
	case strings.HasPrefix(text, "panic: ") && t.panicked.empty():
		t.inPanic, t.panicked.text = true, strings.TrimSpace(text)
		return true
	case strings.HasPrefix(text, "WARNING: DATA RACE"):
		t.inRace = t.race.empty()
		if t.inRace {
			t.race.text = "WARNING: DATA RACE"
		}
		return true
	}
	if !t.inPanic && !t.inRace {
		return false
	}
	m := goFrame().FindStringSubmatch(text)
	if m == nil || inGoRoot(m[1]) {
		return m != nil
	}
	if t.inPanic && t.panicked.file == "" {
		t.panicked.file, t.panicked.line, t.inPanic = m[1], atoi(m[2]), false
	}
	if t.inRace && t.race.file == "" {
		t.race.file, t.race.line, t.inRace = m[1], atoi(m[2]), false
	}
	return true
}

// inGoRoot tells the library's own frames from those of the program.
func inGoRoot(file string) bool {
	return strings.Contains(file, "/src/runtime/") || strings.Contains(file, "/src/testing/") || strings.Contains(file, "/go/src/") || file == "_testmain.go"
}

// continued gives a message the text that stands on the lines below it.
func (t *goTrace) continued(text string) bool {
	if t.waiting == "" {
		return false
	}
	if m := testifyLabel().FindStringSubmatch(text); m != nil {
		t.waiting = m[1]
		if m[1] == "Error" {
			t.extend(m[2])
		}
		return true
	}
	trimmed := strings.TrimSpace(text)
	_, isNext := goLine(text)
	switch {
	case isNext, trimmed == "":
		t.waiting = ""
		return trimmed == ""
	case t.waiting == "message":
		t.extend(trimmed)
		t.waiting = ""
	case t.waiting == "Error" && len(t.likely.text) < maxError:
		t.extend(trimmed)
	}
	return true
}

// extend adds to the text of the message that waits for it.
func (t *goTrace) extend(text string) {
	text = strings.TrimSpace(text)
	if t.likely.text != "" && text != "" {
		text = t.likely.text + " " + text
	}
	t.likely.text = clip(cmp.Or(text, t.likely.text), maxError)
}

func (t *goTrace) message(m goMessage) {
	t.waiting = ""
	if strings.HasSuffix(m.text, "race detected during execution of test") && strings.HasSuffix(m.file, "testing.go") {
		if t.race.empty() {
			t.race.text = m.text
		}
		return
	}
	if t.first.empty() {
		t.first = m
	}
	if !t.likely.empty() {
		return
	}
	if m.text == "" {
		t.likely, t.waiting = m, "message"
	} else if goFailWords().MatchString(m.text) {
		t.likely = m
	}
}

// best is what to show: a panic ends a test, so it says most.
func (t *goTrace) best() goMessage {
	for _, m := range []goMessage{t.panicked, t.likely, t.first, t.race} {
		if !m.empty() {
			return m
		}
	}
	return goMessage{}
}
