package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/needle"
)

// wordsOf cuts a text into the parts of its names, in lower case, and adds
// them to words: "isAdmin(HTTP_token2)" gives is, admin, http, token2. A whole
// part is compared, so "auth" is not found in "author".
func wordsOf(text string, words []string) []string { return wordsIn(text, needle.Fold(text), words) }

// wordsIn is wordsOf for a text that has been folded: of ASCII the words are
// cut out of what is in lower case already.
func wordsIn(text string, folded needle.Text, words []string) []string {
	lower, same := folded.Lower()
	if !same {
		lower = text
	}
	start := -1
	for i := range len(text) {
		c := text[i]
		switch {
		case !wordByte(c):
			words = addWord(lower, start, i, same, words)
			start = -1
		case start < 0:
			start = i
		case splits(text, i):
			words = addWord(lower, start, i, same, words)
			start = i
		}
	}
	return addWord(lower, start, len(text), same, words)
}

func addWord(text string, from, to int, lower bool, words []string) []string {
	switch {
	case from < 0:
		return words
	case lower:
		return append(words, text[from:to])
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

// readLine makes a line.
func readLine(l change.Line, at site) line {
	var read lineRead
	read.read(l, at, nil)
	return line{&read}
}

// read writes over what was read before. Its words are a part of the words
// that it gives back.
func (r *lineRead) read(l change.Line, at site, words []string) []string {
	from := len(words)
	folded := needle.Fold(l.Text)
	words = wordsIn(l.Text, folded, words)
	*r = lineRead{
		Line: l, site: at, code: strings.TrimSpace(l.Text), folded: folded.TrimSpace(),
		words: words[from:len(words):len(words)],
	}
	return words
}
