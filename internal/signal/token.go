package signal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word of a text, in lower case and without a possessive "'s".
type token struct {
	word       string
	start, end int
	// tight says that nothing but space or one hyphen stands before it: a
	// phrase does not reach across a full stop, a comma or a slash.
	tight bool
	// first says that it begins a line, apart that space stands before it: a
	// part of a path or a name does not.
	first, apart bool
}

// tokensOf cuts a text into words, in one pass. Digits and underscores are
// parts of a word, so "auth_token" is one word and no word about a token.
func tokensOf(text string) []token {
	tokens := make([]token, 0, len(text)/6+1)
	end := 0
	for at := 0; at < len(text); {
		start, next := wordSpan(text, at)
		if start == next {
			break
		}
		before := text[end:start]
		tokens = append(tokens, token{plainWord(text[start:next]), start, next, end > 0 && joins(before), end == 0 || strings.Contains(before, "\n"), end == 0 || strings.ContainsAny(before, " \t\n")})
		at, end = next, next
	}
	return tokens
}

// wordSpan gives the next run of word characters at or after a place.
func wordSpan(text string, at int) (start, end int) {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if wordRune(r) {
			break
		}
		at += size
	}
	start = at
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !wordRune(r) && !apostrophe(text, at, size) {
			break
		}
		at += size
	}
	return start, at
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// apostrophe says that the rune at a place stands inside a word, as in
// "don't", or ends one of many, as in "users' orders".
func apostrophe(text string, at, size int) bool {
	if text[at:at+size] != "'" && text[at:at+size] != "\u2019" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[at+size:])
	return unicode.IsLetter(r) || r == ' ' && at > 0 && (text[at-1] == 's' || text[at-1] == 'S')
}

func plainWord(text string) string {
	word := strings.ToLower(text)
	if strings.Contains(word, "\u2019") {
		word = strings.ReplaceAll(word, "\u2019", "'")
	}
	return strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "'")
}

// joins says that what stands between two words keeps them in one phrase: a
// little space, at most one line break, at most one hyphen.
func joins(between string) bool {
	if len(between) == 1 {
		return between == " " || between == "-" || between == "\n"
	}
	rest := strings.Replace(between, "-", "", 1)
	return len(between) <= maxJoin && strings.Count(between, "\n") <= 1 && strings.TrimSpace(rest) == ""
}

// maxJoin bounds the space inside of a phrase, in bytes.
const maxJoin = 80
