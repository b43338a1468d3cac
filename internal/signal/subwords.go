package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/needle"
)

// wordsOf cuts a text into the parts of its names, in lower case, and adds
// them to words: "isAdmin(HTTP_token2)" gives is, admin, http, token2. A whole
// part is compared, so "auth" is not found in "author".
func wordsOf(text string, words []string) []string {
	start := -1
	for i := range len(text) {
		c := text[i]
		switch {
		case !wordByte(c):
			words = addWord(text, start, i, words)
			start = -1
		case start < 0:
			start = i
		case splits(text, i):
			words = addWord(text, start, i, words)
			start = i
		}
	}
	return addWord(text, start, len(text), words)
}

func addWord(text string, from, to int, words []string) []string {
	if from < 0 {
		return words
	}
	return append(words, strings.ToLower(text[from:to]))
}

// splits says that a new part begins at i: an upper-case letter after a
// lower-case one or a digit, or the last of several upper-case letters before
// a lower-case one, as in "HTTPServer".
func splits(text string, i int) bool {
	if !upper(text[i]) {
		return false
	}
	return !upper(text[i-1]) || i+1 < len(text) && text[i+1] >= 'a' && text[i+1] <= 'z'
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }

// wordByte holds letters, digits and all that is not ASCII.
func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || upper(c) || c >= '0' && c <= '9' || c >= 0x80
}

// readLine makes a line. Its words are a part of the words that it gives back.
func readLine(l change.Line, path string, class Class, words []string) (line, []string) {
	from := len(words)
	words = wordsOf(l.Text, words)
	code := strings.TrimSpace(l.Text)
	return line{
		Line: l, path: path, class: class, ext: splitPath(path).ext, code: code, folded: needle.Fold(code),
		words: words[from:len(words):len(words)],
	}, words
}
