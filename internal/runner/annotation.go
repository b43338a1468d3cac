package runner

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/sethvargo/go-githubactions"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// Limits of the runner: what is over them is cut or dropped in silence
// (actions/runner, ExecutionContext.cs, _maxIssueMessageLength and
// _maxCountPerIssueType). A title is at most 255 characters (REST API, checks).
const (
	maxMessage     = 4096 // UTF-16 units
	maxTitle       = 255
	maxAnnotations = 10 // of each level in a step
)

type level string

// Annotation is a remark on the run or on a line of a file. File is relative to
// the repository; Line, EndLine, Col and EndCol are 1-based, 0 where there is
// none. Columns count within one line.
type Annotation struct {
	Title   string
	Message string
	File    string
	Line    int
	EndLine int
	Col     int
	EndCol  int
}

// Notice annotates the run with a notice. As with Warning and Error, everything
// is redacted, and escaped by the SDK. Messages are cut to 4,096 characters. Of
// each level the runner shows ten in a step: later ones are not sent, and
// Dropped counts them.
func (r *Runner) Notice(a Annotation) { r.annotate("notice", a) }

// Warning annotates the run with a warning; see Notice.
func (r *Runner) Warning(a Annotation) { r.annotate("warning", a) }

// Error annotates the run with an error; see Notice. It does not fail the step.
func (r *Runner) Error(a Annotation) { r.annotate("error", a) }

// Dropped is how many annotations were not sent.
func (r *Runner) Dropped() int {
	r.sent.mu.Lock()
	defer r.sent.mu.Unlock()
	return r.sent.dropped
}

func (r *Runner) annotate(l level, a Annotation) {
	if !r.admit(l) {
		return
	}
	r.issue(&githubactions.Command{
		Name:       string(l),
		Message:    r.words(a.Message, maxMessage),
		Properties: r.properties(a),
	})
}

func (r *Runner) admit(l level) bool {
	r.sent.mu.Lock()
	defer r.sent.mu.Unlock()
	if r.sent.count[l] >= maxAnnotations {
		r.sent.dropped++
		return false
	}
	r.sent.count[l]++
	return true
}

// properties leaves out what the runner would not take: a line without a file,
// an end without a line or before it.
func (r *Runner) properties(a Annotation) githubactions.CommandProperties {
	p := githubactions.CommandProperties{}
	if a.Title != "" {
		p["title"] = r.words(a.Title, maxTitle)
	}
	if a.File == "" {
		return p
	}
	p["file"] = r.redactor.Redact(strings.ToValidUTF8(a.File, "\uFFFD"))
	if a.Line > 0 {
		p["line"] = strconv.Itoa(a.Line)
		if a.EndLine > a.Line {
			p["endLine"] = strconv.Itoa(a.EndLine)
		}
		if a.Col > 0 && a.EndLine <= a.Line {
			p["col"] = strconv.Itoa(a.Col)
			if a.EndCol > a.Col {
				p["endColumn"] = strconv.Itoa(a.EndCol)
			}
		}
	}
	return p
}

// words redacts before it cuts: half a secret is still one. Line breaks stay:
// the SDK escapes them.
func (r *Runner) words(s string, most int) string {
	s, _ = sanitize.StripInvisible(strings.ToValidUTF8(s, "\uFFFD"))
	return cutUnits(r.redactor.Redact(s), most)
}

// cutUnits keeps the first most UTF-16 units, the last of which is then "…".
func cutUnits(s string, most int) string {
	units, fits := 0, 0
	for i, r := range s {
		if units <= most-1 {
			fits = i
		}
		units += utf16.RuneLen(r)
	}
	if units <= most {
		return s
	}
	return s[:fits] + "…"
}
