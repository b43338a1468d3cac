package task

import (
	"slices"
	"strings"
)

var (
	// verdict is what only a reviewer or a run of tests can say of a change.
	verdict = lazily(`(?i)\b(?:safe|ready|fine|okay|ok|good) (?:to|for) (?:be )?(?:merg\w+|ship\w*|deploy\w*|approv\w+)|\bmerging (?:it |this )?is (?:fine|safe|ok)|\bcan (?:safely )?be merged\b` +
		`|\b(?:needs?|requires?|deserves?) no (?:further |more )?(?:review|checks?|attention)\b|\bno (?:further |more )?review (?:is )?(?:needed|required|necessary)|\bnothing to (?:check|review)\b` +
		`|\b(?:was|were|been|is|are|and) (?:\w+ )?(?:reviewed|approved|audited|vetted)\b|\b(?:reviewed|approved|audited|vetted|endorsed)(?: and \w+)? by\b|\ball (?:the |unit )?(?:tests|checks) (?:pass|passed|are green|succeed)\b|\btrustworthy\b|\blgtm\b`)
	// denial is a sentence that says that nothing breaks.
	denial = lazily(`(?i)\b(?:no|not|nothing|never|without|non)\b[^.;:\n]{0,20}?[ -]break(?:s|ing|age)?\b|\b(?:fully|is|are|stays?|remains?) backwards?[- ]compatible\b`)
	// allClear is what a scan cannot say beside what it found.
	allClear = lazily(`(?i)\bnothing (?:is open|stands against|to (?:fix|report))\b|\b(?:is|was|are|were|has|have) no (?:findings?|vulnerabilit\w+|weakness\w*|security issues?)\b|\bcan (?:safely )?be merged\b|\b(?:safe|fine|ready) to (?:be )?merge\w*`)
	// absence is a remark that tests or documentation are not there.
	absence = lazily(`(?i)\b(?:no|without|lacks?|missing|untested|undocumented)\b`)
	absent  = lazily(`(?i)\b(?:tests?|doc comments?|documentation|untested|undocumented)\b`)
)

// verdicts refuses what a change's own words cannot prove: a verdict that does
// not stand in the diff, and a denial beside a mark of a breaking change.
func (e *evidence) verdicts(id, place, text string, breaks bool) []Problem {
	var problems []Problem
	if m := foundIn(verdict().FindString, text); m != "" && !e.inDiff(m) {
		problems = append(problems, problem(id, "%s passes a verdict that the diff does not show: %.40q", place, m))
	}
	if m := foundIn(denial().FindString, text); breaks && m != "" {
		problems = append(problems, problem(id, "%s denies a breaking change that is marked: %.40q", place, m))
	}
	return problems
}

func (e *evidence) inDiff(words string) bool {
	for _, f := range e.in.Change.Files {
		for l := range f.Lines() {
			if strings.Contains(strings.ToLower(l.Text), strings.ToLower(words)) {
				return true
			}
		}
	}
	return false
}

// breaks says whether the change marks something as breaking.
func (e *evidence) breaks() bool {
	for i, stands := range cancel(e.commits) {
		if stands && e.commits[i].Breaking {
			return true
		}
	}
	return titleBreaks(e.in)
}

// unfounded gives the first word of a text that claims a property and stands
// nowhere in known, "" where all do.
func unfounded(text string, known map[string]bool) string {
	for _, word := range meaning(text) {
		if claimWord(word) && !known[word] {
			return word
		}
	}
	return ""
}

// claimWord says that a stem names a property or a part of a system: whoever
// writes it claims that it is there.
func claimWord(word string) bool {
	for _, w := range strings.Fields(`encryption encrypted encrypts threads concurrent concurrency disk headers
		database licence license vulnerability authentication authorization compression denial exploit`) {
		if stem(w) == word {
			return true
		}
	}
	return slices.Contains([]string{"http", "https", "sql", "gpu", "tls", "ssl"}, word)
}

// lacking says that a remark tells of missing tests or documentation, and at
// most one word of something that the change does not show.
func (e *evidence) lacking(text string) bool {
	if !absence().MatchString(text) || !absent().MatchString(text) {
		return false
	}
	strange := 0
	for _, w := range identWord().FindAllString(text, -1) {
		for _, part := range splitIdent(w) {
			if len(part) >= 4 && !emptyWord(part) && !reviewWord(part) && !e.words[stem(part)] {
				strange++
			}
		}
	}
	return strange <= 1
}

// spelledTime is a length of time in words: "five minutes".
var spelledTime = lazily(`(?i)\b(three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty)\s+(?:milliseconds|seconds|minutes|hours|days|weeks|months)\b`)

// wrongSpan gives a number in words that the change has neither so nor in
// digits, "" where it has all.
func (e *evidence) wrongSpan(text string) string {
	values := map[string]string{
		"three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
		"twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60",
	}
	for _, m := range spelledTime().FindAllStringSubmatch(text, -1) {
		word := strings.ToLower(m[1])
		if !e.numbers[values[word]] && !e.idents[word] && !e.idents[upperFirst(word)] {
			return m[0]
		}
	}
	return ""
}
