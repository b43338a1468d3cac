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
	return rule{words: strings.Fields(words), on: change.Add, match: func(l line, b block) string {
		if len(b.removed) == 0 || l.comment() || b.kept(l) {
			return ""
		}
		for _, o := range b.beside(l) {
			if o.comment() || b.kept(o) {
				continue
			}
			if text := compare(o, l); text != "" {
				return text
			}
		}
		return ""
	}}
}

// connectives are words that do not name anything: they turn a condition.
func connectives() []string { return []string{"and", "or", "not", "unless", "if"} }

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
	return slices.Equal(nouns(a), nouns(b))
}

func nouns(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(connectives(), w) })
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
