package signal

import (
	"slices"
	"strings"
)

// strengthOfKind reads the words and operators of a comparison.
func strengthOfKind(kind string) strength {
	words := wordsOf(kind[:min(len(kind), 400)], nil)
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	if i := slices.Index(words, "assert"); i >= 0 && i+1 < len(words) && words[i+1] == "in" {
		return partial
	}
	negated := has("not", "no", "doesnt", "wont", "ne", "isnt") || strings.Contains(kind, "!=")
	switch {
	case has("truthy", "defined", "exist", "exists", "present", "anything", "falsy", "falsey"):
		return existence
	case negated && has("null", "nil", "none", "undefined", "empty", "blank", "raise", "raises", "throw", "throws", "throw_error"):
		return existence
	case has("contain", "contains", "containing", "include", "includes", "match", "matches", "matching", "greater", "less", "near", "close", "almost",
		"approx", "within", "gt", "gte", "lt", "lte", "ge", "le", "instance", "isinstance", "kind", "subset", "any"), strings.Contains(kind, " in "):
		return partial
	case strings.Contains(kind, "==") || strings.Contains(kind, ".equals(") || !negated && strings.Contains(kind, " is "):
		return exact
	case has("true", "false", "called", "anytime", "exception", "throwable") && !has("with"), negated, bareError(words), bareTruth(words):
		return partial
	case strings.ContainsAny(kind, "<>") && !strings.Contains(kind, "->") && !strings.Contains(kind, "=>"):
		return partial
	}
	return exact
}

// bareTruth is a value that need only hold: assert ok.
func bareTruth(words []string) bool {
	return len(words) > 1 && slices.Contains([]string{"assert", "require", "verify"}, words[0]) && !slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{
			"eq", "equal", "equals", "same", "raises", "raise", "throws", "identical", "strict", "deep", "be", "nil", "null", "none", "empty", "that", "error",
		}, w)
	})
}

// bareError is an error of which nothing is known but that it is one.
func bareError(words []string) bool {
	last := words[max(0, len(words)-1):]
	return slices.Contains(last, "error") || slices.Contains(last, "throw") || slices.Contains(last, "throws")
}
