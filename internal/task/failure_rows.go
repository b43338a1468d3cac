package task

import (
	"fmt"
	"regexp"
	"strings"
)

// minQuoted is how many characters a first error quotes at least, unless it is
// the whole of what the log says of the test.
const minQuoted = 8

// checkRow holds a row against what the log says of that very test: an error
// or a place of another one is no error or place of this.
func checkRow(found Failures, aliases []alias, place string, row failureRow) []Problem {
	if strings.ContainsAny(row.FirstError, "\n\r") {
		return nil // its form is refused
	}
	own := make([]bool, len(aliases))
	name := foldName(row.Name)
	for i, a := range aliases {
		own[i] = a.called(name)
	}
	var problems []Problem
	says := func(t FailedTest) bool { return sameError(row.FirstError, t.Error) }
	if strangersOnly(found.Failed, own, says, func(t FailedTest) bool { return t.Error == "" }) {
		problems = append(problems, problem("inventing", "%s has the first error of another test: %.60q", place, row.FirstError))
	}
	if length := len(strings.Join(quoteParts(row.FirstError), "")); length < minQuoted && !redacted().MatchString(row.FirstError) && !wholeError(found.Failed, own, row.FirstError) {
		problems = append(problems, problem("inventing", "%s quotes too little of the log to be its error: %.60q", place, row.FirstError))
	}
	if row.Location == nil {
		return problems
	}
	at := func(t FailedTest) bool { return t.Line > 0 && samePlace(*row.Location, t) }
	if strangersOnly(found.Failed, own, at, func(t FailedTest) bool { return t.Line == 0 }) {
		problems = append(problems, problem("inventing", "%s has the location of another test: %.60q", place, *row.Location))
	}
	return problems
}

// strangersOnly says that a property holds for other tests, and for none of
// those that a row means, nor may it hold unseen for one of them.
func strangersOnly(tests []FailedTest, own []bool, holds, unseen func(FailedTest) bool) bool {
	others, mine := false, false
	for i, t := range tests {
		switch {
		case own[i] && (unseen(t) || holds(t)):
			return false
		case own[i]:
			mine = true
		case holds(t):
			others = true
		}
	}
	return others && mine
}

// sameError says whether one of two errors, but for their spacing, is in the
// other.
func sameError(a, b string) bool {
	a, b = spaced(a), spaced(b)
	return a != "" && b != "" && (strings.Contains(a, b) || holdsParts(b, quoteParts(a)) && len(quoteParts(a)) > 0)
}

// wholeError says that a quotation is all that the log says of a test, or that
// the log says nothing of it, or little: a package that does not build, a
// test whose time was up.
func wholeError(tests []FailedTest, own []bool, text string) bool {
	for i, t := range tests {
		if own[i] && (t.Error == "" || t.Name == t.Suite || strings.HasPrefix(t.Error, "test timed out") || spaced(t.Error) == spaced(text)) {
			return true
		}
	}
	return len(tests) == 0
}

// samePlace says whether "file:line" is the place of a test, by the end of
// its path.
func samePlace(place string, t FailedTest) bool {
	file, rest, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(place), "./"), ":")
	line, _, _ := strings.Cut(rest, ":")
	return file != "" && line == fmt.Sprint(t.Line) && (strings.HasSuffix(t.File, file) || strings.HasSuffix(file, t.File))
}

// hasWhole says whether a place stands on a line of the log, and does not go on
// there as another number.
func (t logText) hasWhole(place string) bool {
	parts := quoteParts(place)
	if len(parts) == 0 {
		return false
	}
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	whole, err := regexp.Compile(`(?:^|[^\w-])` + strings.Join(parts, `.*`) + `(?:[^\w]|$)`)
	if err != nil {
		return false
	}
	file := quoteParts(place)[0]
	for _, line := range t.lines {
		if strings.Contains(line, file) && whole.MatchString(line) {
			return true
		}
	}
	return false
}

// countOf is a number of tests in a sentence on the whole run.
var countOf = lazily(`(?i)\b([0-9]{1,7})(?:\s+(?:of|out of)\s+(?:the\s+)?[0-9]+)?\s+(?:\w+\s+)?(?:tests?|failures?)\b`)

// checkCounts holds the numbers of tests in an overview to those of the log,
// and its claims on the machine to the log's words.
func checkCounts(found Failures, log logText, overview string) []Problem {
	var problems []Problem
	most := max(len(found.Failed), found.Counts.Failed.N) + found.Counts.Passed.N + found.Counts.Skipped.N
	for _, m := range countOf().FindAllStringSubmatch(overview, -1) {
		if n := atoi(m[1]); len(found.Failed) > 0 && n > most && !log.hasWhole(m[1]) {
			problems = append(problems, problem("inventing", "the overview counts %d tests, which the log does not", n))
		}
	}
	if len(found.Failed) == 0 {
		return problems // the run failed for another reason, in the words of its own
	}
	for _, word := range meaning(address().ReplaceAllString(overview, "")) {
		if (claimWord(word) || word == stem("memory") || word == "network") && !log.hasWord(word) {
			problems = append(problems, problem("inventing", "the overview speaks of what does not stand in the log: %.40q", word))
		}
	}
	return problems
}

func (t logText) hasWord(word string) bool {
	for _, line := range t.lines {
		if strings.Contains(strings.ToLower(line), word) {
			return true
		}
	}
	return false
}

// endsNumber says whether words that end in a number stand in a line, and the
// number does not go on.
func endsNumber(line, words string) bool {
	for {
		_, after, ok := strings.Cut(line, words)
		if !ok {
			return false
		}
		if after == "" || after[0] < '0' || after[0] > '9' {
			return true
		}
		line = after
	}
}
