package task

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// maxTail is how many lines are shown of a log that names no failing test.
const maxTail = 20

// localFailures reads the log by rules. Where they find no failing test, it
// says so and shows the last lines that look like errors; it never says that
// nothing failed.
func localFailures(in Input) (Output, error) {
	if len(strings.TrimSpace(string(in.Log))) == 0 {
		return Output{}, errors.New("read log: it is empty, so what failed is not known")
	}
	found, err := ParseFailures(in.Log)
	if len(in.Log) > MaxLog {
		return Output{}, err
	}
	if err == nil && len(found.Failed) > 0 {
		sortFailed(found.Failed)
		return Output{Markdown: found.headline() + "\n\n" + bullets(found.Failed)}, nil
	}
	if errors.Is(err, errNotText) {
		return Output{Markdown: nothingFound(found, err) + "\n"}, nil
	}
	return Output{Markdown: nothingFound(found, err) + "\n\n" + lastErrors(in.Log)}, nil
}

// nothingFound says in words why no test is listed.
func nothingFound(f Failures, err error) string {
	switch {
	case errors.Is(err, errNotText):
		return "The log is not text. Which tests failed is not known."
	case err != nil:
		return "The log could not be read: " + sanitize.Cell(err.Error(), maxError) + ". Which tests failed is not known."
	case f.Format == "":
		return "No known form of test output was found in the log (go test, pytest, jest, vitest, JUnit XML). Which tests failed is not known."
	case f.Counts.Failed.Known && f.Counts.Failed.N > 0:
		return fmt.Sprintf("The log counts %s (%s) and names none of them.", plural(f.Counts.Failed.N, "failing test"), f.Format)
	}
	return fmt.Sprintf("The log has output of %s and names no failing test. What made the run fail is something else, or is not in this log.", f.Format)
}

// errorLike is a line that somebody who scrolls up would stop at.
var errorLike = lazily(`(?i)\b(?:error|errors|fail|failed|failure|fatal|exception|panic|traceback|denied|refused|not found|no such file|cannot|could not|unable to|undefined|unresolved|killed|out of memory|timed? ?out|segmentation fault|core dumped|exit (?:code|status) [1-9][0-9]*|ERR!)`)

// quietLike is a line that only sounds like one.
var quietLike = lazily(`(?i)\b(?:0 (?:errors?|failures?|failed)|no errors?|errors?: 0|failures?: 0|without errors?)\b`)

// lastErrors shows the end of a log: the lines that look like errors, or the
// last lines where none does.
func lastErrors(log []byte) string {
	var errs, tail ring
	for line := range logLines(log) {
		line = strings.TrimRight(line, " \t")
		if strings.TrimSpace(line) == "" {
			continue
		}
		tail.add(line)
		if errorLike().MatchString(line) && !quietLike().MatchString(line) {
			errs.add(line)
		}
	}
	words, lines := "The last lines that look like errors:", errs.lines()
	if len(lines) == 0 {
		words, lines = "No line looks like an error. The last lines:", tail.lines()
	}
	for i, line := range lines {
		lines[i] = sanitize.LogLine(clip(withoutSecrets(line), maxError))
	}
	return words + "\n\n" + fenced(strings.Join(lines, "\n"))
}

// ring keeps the last maxTail lines.
type ring struct {
	kept [maxTail]string
	n    int
}

func (r *ring) add(line string) {
	r.kept[r.n%maxTail] = line
	r.n++
}

func (r *ring) lines() []string {
	var lines []string
	for i := max(0, r.n-maxTail); i < r.n; i++ {
		lines = append(lines, r.kept[i%maxTail])
	}
	return lines
}
