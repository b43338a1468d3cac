package signal

import (
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// loosenedGuards compare an added line with what stood there before.
func loosenedGuards() []rule {
	return []rule{
		became("if elif elsif unless while return when require assert and or not guard else const let var where filter", loosenedCondition),
		became("true false deny allow denied allowed reject accept block permit disabled enabled required optional off on none", loosenedSwitch),
		became(roles, otherRole),
		became("max limit attempts rate length iterations rounds bits cost bcrypt expires expiry ttl age quota threshold min", otherBound),
	}
}

// became is a rule of an added line and one that it replaces.
func became(words string, compare func(was, is line) string) rule {
	return turned(words, func(line) bool { return true }, compare)
}

// turned is became for lines that pass a test, which is asked once and not for
// every line that such a one may replace.
func turned(words string, fits func(is line) bool, compare func(was, is line) string) rule {
	return rule{words: strings.Fields(words), on: change.Add, match: func(l line, b block) string {
		if len(b.removed) == 0 || l.comment() || !fits(l) {
			return ""
		}
		beside := b.beside(l)
		for i := range beside {
			// To compare is cheaper than to ask whether a line was kept.
			text := compare(beside[i], l)
			if text == "" || beside[i].comment() || b.kept(beside[i]) {
				continue
			}
			if b.kept(l) {
				return ""
			}
			return text
		}
		return ""
	}}
}

// connective tells words that do not name anything: they turn a condition.
func connective(word string) bool {
	switch word {
	case "and", "or", "not", "unless", "if":
		return true
	}
	return false
}

// loosenedCondition finds the same names with another connective, a negation
// or another comparison between them.
func loosenedCondition(was, is line) string {
	if !sameNames(was.words, is.words) {
		return ""
	}
	before, after := operators(was), operators(is)
	switch {
	case !aboutAccess(is) || is.has("expect", "assertthat"):
		return ""
	case count(before, "and") > count(after, "and") && count(after, "or") > count(before, "or"):
		return "both conditions became either"
	case count(before, "not")%2 != count(after, "not")%2:
		return "a condition of access was turned around"
	case count(before, "cmp") == count(after, "cmp") && !slices.Equal(before, after) && is.hasOf(stakes()):
		return "a bound was moved"
	}
	return ""
}

// stakes are what a bound holds back: rights, money, attempts, and what is
// sent in. A bound of anything else is arithmetic.
var stakes = setOfWords(guardNouns, "level rank attempts attempt quota balance amount price credit credits withdrawal transfer rate requests upload uploads payload body expiry expires token password user")

var boundWords = setOfWords("max min limit quota level rank role attempts age expires expiry balance amount owner threshold count size length now")

// aboutAccess says that a line asks who may do what, or how much.
func aboutAccess(l line) bool { return l.hasOf(guardWords()) || l.hasOf(boundWords()) }

var guardWords = setOfWords(guardNouns, "user token valid active enabled access allow deny secret password public private check")

// sameNames compares two lines without their connectives.
func sameNames(a, b []string) bool {
	if len(a) > 60 || len(b) > 60 {
		return false
	}
	i, j := 0, 0
	for {
		i, j = pastConnectives(a, i), pastConnectives(b, j)
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
}

// pastConnectives gives the place of the next word that names something.
func pastConnectives(words []string, at int) int {
	for at < len(words) && connective(words[at]) {
		at++
	}
	return at
}

// operators gives the connectives, negations and comparisons of a line in
// order: and, or, not, cmp with the comparison itself.
func operators(l line) []string {
	text := spaced().Replace(l.code)
	var found []string
	for _, part := range strings.Fields(text) {
		switch part {
		case "&&", "and":
			found = append(found, "and")
		case "||", "or":
			found = append(found, "or")
		case "!", "not", "unless":
			found = append(found, "not")
		case "!=":
			found = append(found, "not", "cmp")
		case "==":
			found = append(found, "cmp")
		case "<", ">", "<=", ">=":
			found = append(found, "cmp", part)
		}
	}
	return found
}

// spaced sets operators apart; arrows are none.
var spaced = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("===", " == ", "!==", " != ", "!=", " != ", "==", " == ", "=>", " ", "->", " ", "<-", " ", "<=", " <= ", ">=", " >= ", "<<", " ", ">>", " ",
		"&&", " && ", "||", " || ", "<", " < ", ">", " > ", "!", " ! ", "(", " ", ")", " ")
})

func count(list []string, what string) int {
	n := 0
	for _, s := range list {
		if s == what {
			n++
		}
	}
	return n
}
