package task

import (
	"strings"
)

// ExcerptLog gives a log for a prompt, of at most that many bytes, but for a few
// words around what is cut. A log that is longer loses its beginning; so that
// no failing test is lost with it, those that the rules find stand first, one
// a line. Verify asks for all of them. Of a log that is not text nothing is
// shown but that it is none.
func ExcerptLog(log []byte, most int) string {
	if !isJUnit(log) && !isText(log) {
		return "[the log is not text]\n"
	}
	if len(log) <= most {
		return string(log)
	}
	found, err := ParseFailures(log)
	if err != nil {
		found = Failures{}
	}
	var b strings.Builder
	if len(found.Failed) > 0 {
		b.WriteString("Failing tests that a first reading of the whole log found:\n")
	}
	for _, t := range found.Failed[:min(len(found.Failed), maxNamed)] {
		line := clip(strings.TrimSpace(t.title()+" | "+t.place()+" | "+t.Error), 2*maxError) + "\n"
		if b.Len()+len(line) > most/2 {
			break
		}
		b.WriteString(line)
	}
	end := log[len(log)-max(0, most-b.Len()):]
	return b.String() + "[cut here]\n" + strings.ToValidUTF8(string(end), "")
}
