package task

import (
	"html"
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// tag is markup that a page does not show: what stands before and after it
// meets for the reader.
var tag = lazily(`</?[A-Za-z][^<>\n]{0,200}>`)

// readings gives a text as it was written and, where that differs, as its
// reader sees it: what is hidden on the page must not part a word that a rule
// looks for.
func readings(text string) []string {
	if read := asRead(text); read != text {
		return []string{text, read}
	}
	return []string{text}
}

// asRead gives the letters that a reader sees: without hidden characters,
// comments, tags and emphasis, with entities as what they stand for, and with
// letters that look like Latin ones as those.
func asRead(text string) string {
	for range 2 { // an entity may be hidden, or stand for what hides
		text, _ = sanitize.StripHidden(strings.ToValidUTF8(text, "\uFFFD"))
		text = html.UnescapeString(strings.ReplaceAll(tag().ReplaceAllString(text, ""), "*", ""))
	}
	text, _ = sanitize.StripInvisible(text)
	return strings.Map(latin, text)
}

// latin gives the letter of ASCII that a character looks like: full width and
// mathematical forms (Unicode, blocks FF00 and 1D400), and the Cyrillic and
// Greek letters that nobody tells apart (UTS #39, confusables).
func latin(r rune) rune {
	const lookAlike, plain = "аеорсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅοναικρτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdqwhABEKMHOPCTYXIJSovaikptuABEZHIKMNOPTYX"
	switch {
	case r < 0x80:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	case r >= 0x1D400 && r < 0x1D6A4:
		return letterAt(r - 0x1D400) // thirteen alphabets of 52 letters
	case r >= 0x1D7CE && r < 0x1D800:
		return '0' + (r-0x1D7CE)%10
	case r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x3000:
		return ' '
	}
	at := 0
	for _, l := range lookAlike {
		if l == r {
			return rune(plain[at])
		}
		at++
	}
	return r
}

func letterAt(n rune) rune {
	if n %= 52; n < 26 {
		return 'A' + n
	}
	return 'a' + n%26
}

// foundIn gives the first match of a rule in what a text says or shows, "" for
// none.
func foundIn(rule func(string) string, text string) string {
	for _, t := range readings(text) {
		if m := rule(t); m != "" {
			return m
		}
	}
	return ""
}

// bare takes out what a reader does not see and a rule would stumble over.
func bare(text string) string {
	text, _ = sanitize.StripInvisible(strings.ToValidUTF8(text, "\uFFFD"))
	return text
}
