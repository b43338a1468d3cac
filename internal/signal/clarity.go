package signal

import (
	"slices"
	"strings"
	"unicode"

	"github.com/tierwise/tierwise/internal/task"
)

// fewWords is a brief that is too short to say what, where and why.
const fewWords = 2

// short says that a trusted brief has hardly a word. Of the words of anybody
// it says nothing: words that are added must not make them clearer.
func (r reading) short() bool {
	return r.kind == asked && r.trusted && len(r.said) <= fewWords && !unspaced(r.words)
}

// unspaced says that a text is in a script without spaces between words, where
// words cannot be counted.
func unspaced(words string) bool {
	return strings.ContainsFunc(words, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	})
}

// says looks for a mark outside of what is pasted.
func (r reading) says(mark string) bool {
	at := strings.Index(r.words, mark)
	return at >= 0 && (!r.trusted || !slices.ContainsFunc(r.blocks, func(s span) bool { return s.start <= at && at < s.end }))
}

var (
	// causelessTerms ask for a cure of what nobody describes.
	causelessTerms = phrases("fix|fixes|fixing|solve|resolve|repair|debug|address|handle the|this|that|these|those|my|our ..3 bug|bugs|issue|issues|problem|problems|error|errors"+
		"|failure|failures|crash|crashes", "make ..3 work again|properly",
		"fix|solve|resolve it|this|that|them|everything|things", "update|change everything|things")
	causeTerms = phrases("because|cause", "caused|triggered by", "due to", "happens|fails|crashes|breaks|occurs when|if|for|on", "should return|be|show|give|say|read|use|yield|print|have|render|accept|reject|fail",
		"instead of", "expected|expect", "must return|be|show", "steps to reproduce", "reproduce with|by")
)

// caused says that a trusted brief tells the cause of what is wrong, or what
// should be there instead.
func (r reading) caused() bool {
	return r.trusted && (causeTerms().in(r.said) || r.errorText != "" && len(r.files) > 0)
}

// ambiguity gives High where the words are vague, Medium where they are loose,
// and 0 where they say nothing about it. What anybody says is never excused by
// what follows: a later half-sentence could lower. A step asks for nothing: a
// "wip" on the way says little of what is wanted, and never leaves it all open.
func (r reading) ambiguity() task.Ambiguity {
	if r.kind == noted {
		return min(r.vagueness(), task.Medium)
	}
	return r.vagueness()
}

func (r reading) vagueness() task.Ambiguity {
	switch {
	case r.kind == told:
		return 0
	case vagueTerms().in(r.said), r.kind == asked && r.unclear():
		return task.High
	}
	return r.looseness()
}

// unclear says that what is asked for has no answer in the words.
func (r reading) unclear() bool {
	if r.short() || r.says("???") || questionTerms().in(r.said) || earlierTerms().in(r.said) {
		return true
	}
	return !r.caused() && (causelessTerms().in(r.said) || symptomTerms().in(r.said))
}

// looseness counts different loose words. One of them is Medium, two are High.
// Where a trusted text names a change that is there, one is no more than a
// manner of speaking: "improve the guide" beside the guide's diff.
func (r reading) looseness() task.Ambiguity {
	loose := map[string]bool{}
	for i, t := range r.said {
		if looseTerms().at(r.said, i) > 0 || r.kind == asked && slackTerms().at(r.said, i) > 0 {
			loose[root(t.word)] = true
		}
	}
	switch {
	case len(loose) == 0, len(loose) == 1 && r.kind == titled && r.trusted:
		return 0
	case len(loose) == 1:
		return task.Medium
	}
	return task.High
}

// root makes "improve" and "improvements" one word.
func root(word string) string { return word[:min(len(word), 5)] }

// clear says that a trusted brief asks for something, of something, and leaves
// nothing open. Words that are not understood are not clear.
func (r reading) clear() bool {
	return r.trusted && r.kind == asked && r.ambiguity() == 0 && slices.ContainsFunc(r.clauses, func(c clause) bool {
		return c.does != asks && c.does != sumsUp && (len(c.object) > 0 || len(r.files) > 0)
	})
}

// names says that a text beside a change is more than a stray word, and leaves
// nothing open: the change itself says the rest.
func (r reading) names() bool {
	return r.ambiguity() == 0 && (len(r.said) >= fewWords || unspaced(r.words))
}
