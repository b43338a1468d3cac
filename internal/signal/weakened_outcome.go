package signal

import (
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// weakenedOutcomes are tests that still assert, and no longer what they were
// written for.
func weakenedOutcomes() []rule {
	return []rule{
		{words: refusals(), on: change.Delete, match: refusalLost},
		{words: assertionVerbs(), on: change.Add, match: unlessKept(alwaysHolds)},
	}
}

// refusals are outcomes that keep somebody or something out.
func refusals() []string {
	return []string{"401", "403", "422", "429", "forbidden", "unauthorized", "unauthorised", "unauthenticated", "denied", "refused", "rejected", "rejects", "invalid", "throws", "raises", "error"}
}

func successes() []string {
	return []string{"200", "201", "202", "204", "ok", "success", "successful", "allowed", "accepted", "created", "true"}
}

// refusalLost finds an assertion of a refusal that became one of a success.
func refusalLost(l line, b block) string {
	if !assertsIn(l) || b.kept(l) {
		return ""
	}
	if slices.ContainsFunc(b.beside(l), func(o line) bool { return assertsIn(o) && o.has(successes()...) && !o.has(refusals()...) }) {
		return "a refusal is no longer expected"
	}
	return ""
}

var comparesTwo = sync.OnceValue(func() []probe {
	return []probe{
		probing(`\bexpect\(([^()]+)\)\.to(?:Be|Equal|StrictEqual|Eql?)\w*\(([^()]+)\)`),
		probing(`(?i)\bassert(?:_?equals?|_eq!|\.equals?|\.strictequal|\.deepequal)\(\s*(?:t,\s*)?([^,()]+),\s*([^,()]+?)\s*[),]`),
		probing(`^assert!?\s*\(?\s*([\w.]+)\s*===?\s*([\w.]+?)\s*\)?;?$`),
	}
})

// alwaysHolds finds an assertion that compares a thing with itself.
func alwaysHolds(l line, _ block) string {
	for _, p := range comparesTwo() {
		if sides := p.of(l); len(sides) == 3 && strings.TrimSpace(sides[1]) == strings.TrimSpace(sides[2]) {
			return "an assertion compares a thing with itself"
		}
	}
	return ""
}

// lostByName says that a test moved to a name by which its runner does not
// find it.
func lostByName(f change.File) string {
	if f.OldPath == "" || f.OldPath == f.Path || !testName(splitPath(f.OldPath)) || testName(splitPath(f.Path)) {
		return ""
	}
	return "a test has a name by which no runner finds it"
}
