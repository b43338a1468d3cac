package task

import (
	"strings"
)

// idleForm gives an assertion that cannot fail by its form: a tuple, an
// expectation without a matcher, a condition that never holds, an assertion
// that nobody waits for.
func idleForm(l testLanguage, added string) string {
	lines := l.masked(splitLines(added))
	for i, code := range lines {
		code = strings.TrimSpace(code)
		next := ""
		if i+1 < len(lines) {
			next = strings.TrimSpace(lines[i+1])
		}
		switch {
		case alwaysTrue().MatchString(code), l.sources[0] == ".py" && assertedTuple(code),
			l.sources[0] != ".py" && bareExpect(code, next), neverHolds(code), l.sources[0] == ".js" && notAwaited(code):
			return code
		}
	}
	return ""
}

var (
	alwaysTrue = lazily(`(?i)\bor\s+(?:True|[1-9]\d*|not\s+(?:None|False|0))\b|\|\|\s*(?:true|[1-9]\d*|!0|!false)\b|\b(?:True|1)\s+or\b|(?:\blen\(.*\)|\.(?:length|size\(\)|size|count\(\)|Count|len\(\)))\s*>=\s*0\b|\.length\)\.toBeGreaterThanOrEqual\(0\)|\bif\s*\(?\s*(?:false|0|!true)\s*\)?\s*[{:]`)
	assertCall = lazily(`^assert\s*\(`)
	expectCall = lazily(`^(?:await\s+)?expect\s*(?:\.soft)?\(`)
	notPassed  = lazily(`^(?:if|while)\b.*[^=]==?|^if\b`)
	sameTwice  = lazily(`([\w.\[\]()]+)\s*[!=]==?\s*([\w.\[\]()]+)\s*[-+]\s*[1-9]\d*(?:\s|\)|$)`)
	twoBounds  = lazily(`([\w.]+)\s*<=?\s*([\w.-]+)\s*(?:&&|and)\s*([\w.]+)\s*>=?\s*([\w.-]+)`)
	otherBound = lazily(`([\w.]+)\s*>=?\s*([\w.-]+)\s*(?:&&|and)\s*([\w.]+)\s*<=?\s*([\w.-]+)`)
	thenExpect = lazily(`\.(?:then|catch|finally)\s*\(.*\b(?:expect|assert)\b|\b(?:setTimeout|setImmediate|queueMicrotask|nextTick)\s*\(.*\b(?:expect|assert)\b|^expect\s*\(.*\)\.(?:resolves|rejects)\b`)
	waitsFor   = lazily(`^(?:await|return|it|test|specify)\b|=>\s*expect\s*\([^=]*\)\.(?:resolves|rejects)`)
)

// assertedTuple says that a Python assertion is about a tuple, which is true.
func assertedTuple(code string) bool {
	at := assertCall().FindStringIndex(code)
	if at == nil {
		return false
	}
	end := closes(code, at[1]-1)
	return end >= 0 && strings.Trim(code[end+1:], " ;") == "" && hasComma(code[at[1]:end])
}

// bareExpect says that an expectation has no matcher.
func bareExpect(code, next string) bool {
	at := expectCall().FindStringIndex(code)
	if at == nil {
		return false
	}
	end := closes(code, at[1]-1)
	return end >= 0 && strings.Trim(code[end+1:], " ;") == "" && !strings.HasPrefix(next, ".")
}

// closes gives where the bracket that opens at a place is closed.
func closes(code string, at int) int {
	depth := 0
	for i := at; i < len(code); i++ {
		switch code[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func hasComma(code string) bool {
	depth := 0
	for _, c := range code {
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ',':
			if depth == 0 {
				return true
			}
		}
	}
	return false
}

// neverHolds says that the condition before a failure cannot be true.
func neverHolds(code string) bool {
	if !notPassed().MatchString(code) {
		return false
	}
	if m := sameTwice().FindStringSubmatch(code); m != nil && m[1] == m[2] {
		return true
	}
	for _, m := range twoBounds().FindAllStringSubmatch(code, -1) {
		if m[1] == m[3] && m[2] == m[4] {
			return true
		}
	}
	for _, m := range otherBound().FindAllStringSubmatch(code, -1) {
		if m[1] == m[3] && m[2] == m[4] {
			return true
		}
	}
	return false
}

// notAwaited says that the test ends before the assertion is made.
func notAwaited(code string) bool {
	return thenExpect().MatchString(code) && !waitsFor().MatchString(code)
}
