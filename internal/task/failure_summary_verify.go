package task

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxNamed bounds how many failing tests an answer must name and a page
// shows; the instructions give the same number.
const maxNamed = 100

// Bounds of the sentences of a failure summary, in characters, and of the
// names that one quotes: each is looked for in the whole log.
const (
	maxOverview = 1000
	maxCause    = 600
	maxSpans    = 20
)

type failureAnswer struct {
	Overview string       `json:"overview"`
	Failures []failureRow `json:"failures"`
}

type failureRow struct {
	Name       string  `json:"name"`
	Location   *string `json:"location"`
	FirstError string  `json:"first_error"`
	Cause      *string `json:"cause"`
}

// verifyFailures releases an answer that names every failing test that the
// rules find in the log, and none that they do not. Where the rules know no
// form in the log, names and errors must at least stand in it.
func verifyFailures(in Input, answer []byte) (Output, []Problem) {
	var a failureAnswer
	if problems := readAnswer(answer, []byte(failureSchema), &a); problems != nil {
		return Output{}, problems
	}
	found, err := ParseFailures(in.Log)
	if err != nil {
		found = Failures{}
	}
	if len(a.Failures) > 2*maxNamed {
		return Output{}, brokenForm("there are %d failures, more than %d", len(a.Failures), 2*maxNamed)
	}
	log := newLogText(in.Log, found)
	problems := checkProse(in, log, "the overview", a.Overview, maxOverview)
	problems = append(problems, checkCounts(found, log, a.Overview)...)
	problems = append(problems, checkOutcome(found, log, "the overview", a.Overview)...)
	named := make([]bool, len(found.Failed))
	aliases := aliasesOf(found.Failed)
	seen := map[string]bool{}
	for i, row := range a.Failures {
		place := fmt.Sprintf("failure %d", i+1)
		if key := foldName(row.Name) + "\x00" + row.FirstError; seen[key] {
			problems = append(problems, problem("broken-form", "%s stands twice", place))
		} else {
			seen[key] = true
		}
		problems = append(problems, checkFailure(in, log, place, row)...)
		problems = append(problems, checkRow(found, aliases, place, row)...)
		problems = append(problems, checkOutcome(found, log, place+"'s cause", trimmed(row.Cause))...)
		if !markNamed(aliases, named, row) && (len(found.Failed) > 0 || !log.has(row.Name)) {
			problems = append(problems, problem("inventing", "%s is a test that the log does not show as failed: %.60q", place, row.Name))
		}
	}
	problems = append(problems, leftOut(found, named)...)
	if len(problems) > 0 {
		return Output{}, problems
	}
	return Output{Markdown: renderFailureAnswer(a, found, named)}, nil
}

// alias is what a failing test may be called, folded once for all questions.
type alias struct{ own, title, file string }

func aliasesOf(tests []FailedTest) []alias {
	all := make([]alias, len(tests))
	for i, t := range tests {
		all[i] = alias{foldName(t.Name), foldName(t.title()), t.File}
	}
	return all
}

// called says whether a folded name means this test: its own name, with or
// without what stands before it.
func (a alias) called(name string) bool {
	if redacted().MatchString(name) && !redacted().MatchString(a.own) {
		return masks(name, a.own) || masks(name, a.title)
	}
	if name == a.own || name == a.title {
		return name != ""
	}
	for _, sep := range []string{" ", ".", "/", ":"} {
		if strings.HasSuffix(name, sep+a.own) || name != "" && strings.HasSuffix(a.own, sep+name) {
			return true
		}
	}
	return false
}

// masks says whether a name is another one but for the marks in it, each of
// which stands for something. A name of marks alone could mean any test: it
// means those that hold a secret.
func masks(masked, name string) bool {
	parts := redacted().Split(masked, -1)
	if strings.Join(parts, "") == "" {
		return secretForm().MatchString(name)
	}
	rest, ok := strings.CutPrefix(name, parts[0])
	for _, part := range parts[1 : len(parts)-1] {
		if rest == "" {
			return false
		}
		at := strings.Index(rest[1:], part)
		if !ok || at < 0 {
			return false
		}
		rest = rest[1+at+len(part):]
	}
	last := parts[len(parts)-1]
	return ok && len(rest) > len(last) && strings.HasSuffix(rest, last)
}

// markNamed notes which failing test a row means. Tests of one name in
// several suites are told apart by the full name or the place; failing that,
// they are taken in order.
func markNamed(tests []alias, named []bool, row failureRow) bool {
	name := foldName(row.Name)
	known, free := false, -1
	for i, t := range tests {
		if !t.called(name) {
			continue
		}
		known = true
		exact := name == t.title || row.Location != nil && t.file != "" && strings.Contains(*row.Location, t.file)
		if !named[i] && (exact || free < 0) {
			free = i
			if exact {
				break
			}
		}
	}
	if free >= 0 {
		named[free] = true
	}
	return known
}

// leftOut asks for the failing tests that no row means. A name that holds what
// looks like a secret was sent with a mark in its place: nobody can name that
// test, so it is not asked for.
func leftOut(found Failures, named []bool) []Problem {
	asked, told, beside := 0, 0, 0
	var first string
	for i, t := range found.Failed {
		switch secret := secretForm().MatchString(t.title()); {
		case secret && named[i]:
			beside++
		case secret:
		case named[i]:
			asked, told = asked+1, told+1
		default:
			asked++
			first = cmp.Or(first, t.Name)
		}
	}
	missing := min(asked, maxNamed-beside) - told
	if missing <= 0 {
		return nil
	}
	return []Problem{problem("leaving-out", "%s of the log not named, among them %.80q", plural(missing, "failing test"), first)}
}

func checkFailure(in Input, log logText, place string, row failureRow) []Problem {
	if problems := append(oneLiner(place+"'s name", row.Name, maxError), oneLiner(place+"'s first error", row.FirstError, 2*maxError)...); problems != nil {
		return problems
	}
	var problems []Problem
	if !log.has(row.FirstError) {
		problems = append(problems, problem("inventing", "%s has a first error that does not stand in the log: %.60q", place, row.FirstError))
	}
	if row.Location != nil && !log.hasPlace(*row.Location) {
		problems = append(problems, problem("inventing", "%s has a location that does not stand in the log: %.60q", place, *row.Location))
	}
	problems = append(problems, outward(in, place, row.Name+"\n"+row.FirstError)...)
	if row.Cause != nil {
		problems = append(problems, checkProse(in, log, place+"'s cause", *row.Cause, maxCause)...)
	}
	return problems
}

// checkProse holds a sentence's quoted names against the log.
func checkProse(in Input, log logText, place, text string, most int) []Problem {
	if len([]rune(text)) > most {
		return brokenForm("%s has more than %d characters", place, most)
	}
	problems := outward(in, place, text)
	spans := codeSpans(bare(text))
	if len(spans) > maxSpans {
		return append(problems, brokenForm("%s quotes more than %d names", place, maxSpans)...)
	}
	for _, code := range spans {
		if !log.has(code) {
			problems = append(problems, problem("inventing", "%s names what does not stand in the log: %.40q", place, code))
		}
	}
	return problems
}

// logText answers whether words stand in a log, whatever their spacing.
type logText struct {
	lines []string
	read  map[string]bool // the errors as our own reading words them
}

func newLogText(log []byte, found Failures) logText {
	t := logText{read: map[string]bool{}}
	for _, f := range found.Failed {
		t.read[strings.Join(strings.Fields(f.Error), " ")] = true
	}
	for line := range logLines(log) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			t.lines = append(t.lines, unescapeXML(line))
		}
	}
	return t
}

func unescapeXML(line string) string {
	if !strings.Contains(line, "&") {
		return line
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&apos;", "'", "&#39;", "'", "&#10;", " ", "&#xA;", " ", "&#x0A;", " ", "&amp;", "&").Replace(line)
}

// gap is where a quotation leaves something out: an ellipsis, or the mark
// that stands for a secret in what the model was sent.
var (
	gap      = lazily(`(?i)…|\.\.\.|\[?redacted[^\]\s]*\]?`)
	redacted = lazily(`\[redacted[^\]\s]*\]`)
)

// minPart is how many characters the parts of a quotation with gaps have on the
// average, at least: single letters in order stand in any long line.
const minPart = 4

// has says whether a quotation stands on one line of the log, its parts in
// order where it leaves something out.
func (t logText) has(quotation string) bool {
	quotation = stripColours(quotation)
	whole, parts := spaced(quotation), quoteParts(quotation)
	switch {
	case whole == "":
		return false
	case t.read[whole]:
		return true
	case len(parts) == 0:
		return false
	case slices.ContainsFunc(t.lines, func(line string) bool { return strings.Contains(line, whole) }):
		return true
	case len(parts) > 1 && len(strings.Join(parts, "")) < minPart*len(parts):
		return false
	}
	return slices.ContainsFunc(t.lines, func(line string) bool { return holdsParts(line, parts) })
}

// hasPlace says whether "file:line" stands in the log, in this form or as the
// parts that Python and XML write.
func (t logText) hasPlace(place string) bool {
	place = strings.TrimSpace(place)
	if place == "" {
		return false
	}
	if t.hasWhole(place) {
		return true
	}
	file, line, ok := strings.Cut(place, ":")
	line, _, _ = strings.Cut(line, ":")
	return ok && slices.ContainsFunc(t.lines, func(l string) bool {
		return strings.Contains(l, file) && (endsNumber(l, ":"+line) || endsNumber(l, "line "+line) || strings.Contains(l, `line="`+line+`"`))
	})
}
