package dispatch

import "unicode/utf8"

// EstimateTokens is an upper estimate of the tokens of a text in words: two for
// every five ASCII bytes, one for every other byte. Code measures at three to
// four bytes a token; current tokenizers give about 30 % more than earlier ones
// (platform.claude.com, migration guide). Base64 and digits are denser: what
// must not be passed is held with mostTokens.
func EstimateTokens(s string) int64 {
	var ascii, other int64
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			ascii++
		} else {
			other++
		}
	}
	return wordTokens(ascii) + other
}

func wordTokens(bytes int64) int64 { return (2*bytes + 4) / 5 }

// denseRun is how long a word may be. What is longer may be base64, hex or a
// digest, which measure at 1.7 bytes a token.
const denseRun = 20

// mostTokens is what a text is held to before it is paid for. No tokenizer has
// a token shorter than a byte, so digits, long runs without a break and what is
// not ASCII count one for each byte; the rest counts as in EstimateTokens, or
// by its words and signs where that is more. Nonsense that is made of common
// pairs of letters ("chaste litor") still measures ten to forty per cent over it.
func mostTokens(s string) int64 {
	t := tally{}
	for at := 0; at < len(s); {
		end := at
		for end < len(s) && unbroken(s[end]) {
			end++
		}
		switch {
		case end-at >= denseRun:
			t.dense += int64(end - at)
		case end > at:
			t.run(s[at:end])
		default:
			end = at + 1
			t.sign(s, at)
		}
		at = end
	}
	return max(wordTokens(t.loose), (t.fifths+4)/5) + t.dense
}

// tally counts the bytes that are a token each, the others, and in fifths of a
// token what these come to by words and signs.
type tally struct{ dense, loose, fifths int64 }

// run takes letters, digits and what joins them. A capital begins a word.
func (t *tally) run(text string) {
	for at := 0; at < len(text); {
		end := at + 1
		switch c := text[at]; {
		case isDigit(c):
			t.dense++
		case !isLetter(c):
			t.loose++
			t.fifths += 5
		default:
			for end < len(text) && isLetter(text[end]) && (isUpper(text[end]) == isUpper(text[end-1]) || isUpper(text[end-1]) && end == at+1) {
				end++
			}
			t.word(text[at:end])
		}
		at = end
	}
}

// word counts two for every five letters, as words have it, and at least one
// token. Letters that no language puts side by side have no token together.
func (t *tally) word(w string) {
	t.loose += int64(len(w))
	for i := 1; i < len(w); i++ {
		if !together(w[i-1]|0x20, w[i]|0x20) {
			t.fifths += 5 * int64(len(w))
			return
		}
	}
	t.fifths += max(5, 2*int64(len(w)))
}

// sign takes a byte between words. A space goes with the word behind it, and a
// run of the same blanks is one token.
func (t *tally) sign(s string, at int) {
	c := s[at]
	if c >= utf8.RuneSelf {
		t.dense++
		return
	}
	t.loose++
	if isBlank(c) && at+1 < len(s) {
		next, alone := s[at+1], at == 0 || s[at-1] != c
		if next == c || c == ' ' && alone && !isBlank(next) {
			return
		}
	}
	t.fifths += 5
}

// lettersAfter has for each letter those that stand behind it in words: the 300
// pairs that make up 98.6 % of those in this repository's code and prose, as
// bits from "a" on.
var lettersAfter = [26]uint32{
	0x3febd6e, 0x1164b11, 0x11e5d95, 0x1165959, 0x1fff97f, 0x01a5931, 0x0166991, 0x11e4111, 0x2aefc7f,
	0x0044010, 0x0042131, 0x11cc939, 0x01cd91b, 0x13ced7d, 0x07efd7f, 0x11ec991, 0x0100000, 0x17e7d7f,
	0x15ecdb5, 0x1dec9bd, 0x00eb97f, 0x0000111, 0x0066191, 0x0088111, 0x00cb001, 0x0000010,
}

func together(first, second byte) bool { return lettersAfter[first-'a']>>(second-'a')&1 == 1 }

// unbroken says that a byte stands in base64, base64url, hex or a long name.
func unbroken(c byte) bool {
	return isDigit(c) || isLetter(c) || c == '+' || c == '/' || c == '=' || c == '_' || c == '-'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
