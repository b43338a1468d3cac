package task

import (
	"strings"
	"unicode"
)

// emptyWord says that a word of four letters and more says nothing about a
// change: it does not count for, nor against, a sentence.
func emptyWord(word string) bool {
	switch word {
	case "that", "this", "these", "those", "with", "from", "into", "when", "where", "which", "while", "than",
		"then", "there", "their", "they", "have", "been", "were", "will", "would", "should", "could", "must",
		"also", "only", "more", "most", "some", "such", "each", "every", "instead", "before", "after",
		"between", "without", "within", "other", "longer", "already", "same", "does", "because", "about",
		"them", "both", "change", "changes", "changed", "update", "updates", "updated", "improve", "improves",
		"improved", "make", "makes", "made", "uses", "used", "using", "various", "several", "better", "code",
		"file", "files", "line", "lines", "cannot", "nothing", "anything", "everything", "gone", "breaking", "breaks",
		"incompatible", "needs", "need", "what", "over", "here", "just", "rather", "again", "still", "even", "once", "very",
		"give", "gives", "given", "take", "takes", "taken", "back", "come", "comes", "goes", "become", "becomes", "show", "shows",
		"shown", "like", "onto", "upon", "whose", "whom", "your", "ours", "itself", "themselves", "whether", "until", "since",
		"diff", "commit", "commits", "patch", "release", "previous", "previously", "formerly", "existing":
		return true
	}
	return false
}

// splitIdent gives the lower-case words of an identifier: "parseHTTPRow_2"
// has parse, http and row.
func splitIdent(ident string) []string {
	runes := []rune(ident)
	var words []string
	start := 0
	cut := func(end int) {
		if end > start {
			words = append(words, strings.ToLower(string(runes[start:end])))
		}
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			cut(i)
			start = i + 1
		case i > start && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			cut(i)
			start = i
		}
	}
	cut(len(runes))
	return words
}

// stem folds the usual English endings, so that "retries", "retried" and
// "retry" are one word. It is rough, and errs towards one word.
func stem(word string) string {
	for _, ending := range []string{"ation", "ement", "ments", "ings", "ions", "ally", "ing", "ion", "ies", "ied", "ers", "ely", "ed", "es", "er", "ly", "al", "s", "y", "e"} {
		if base, ok := strings.CutSuffix(word, ending); ok && len(base) >= 3 {
			word = base
			break
		}
	}
	if n := len(word); n > 3 && word[n-1] == word[n-2] {
		word = word[:n-1]
	}
	return word
}

// sameWords compares two lines but for case, spacing and a final stop.
func sameWords(a, b string) bool {
	fold := func(s string) string {
		return strings.TrimSuffix(strings.Join(strings.Fields(strings.ToLower(s)), " "), ".")
	}
	return fold(a) == fold(b)
}

// codeSpans gives what stands between pairs of backticks.
func codeSpans(text string) []string {
	parts := strings.Split(strings.ReplaceAll(text, "``", "`"), "`")
	var spans []string
	for i := 1; i+1 < len(parts); i += 2 {
		if span := strings.TrimSpace(parts[i]); span != "" {
			spans = append(spans, span)
		}
	}
	return spans
}

// reviewWord says that a word belongs to the talk about any change. A remark
// for a reviewer that has no other words claims nothing of this one.
func reviewWord(word string) bool {
	switch word {
	case "test", "tests", "tested", "testing", "covered", "covers", "coverage", "public", "private", "method", "methods", "function",
		"functions", "default", "defaults", "caller", "callers", "signature", "title", "description", "mention", "mentions", "reviewer",
		"added", "adds", "cover", "comment", "comments", "documentation", "missing", "behaviour", "behavior", "option", "options":
		return true
	}
	return false
}
