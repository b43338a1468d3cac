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
// not ASCII count one for each byte; the rest counts as in EstimateTokens.
func mostTokens(s string) int64 {
	var words, dense int64
	for at := 0; at < len(s); {
		end := at
		for end < len(s) && unbroken(s[end]) {
			end++
		}
		if end-at >= denseRun {
			dense += int64(end - at)
			at = end
			continue
		}
		for end = max(end, at+1); at < end; at++ {
			if s[at] >= utf8.RuneSelf || isDigit(s[at]) {
				dense++
			} else {
				words++
			}
		}
	}
	return wordTokens(words) + dense
}

// unbroken says that a byte stands in base64, base64url, hex or a long name.
func unbroken(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '+' || c == '/' || c == '=' || c == '_' || c == '-'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
