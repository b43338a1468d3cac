package task

import (
	"strings"
)

// unheard gives a line because of which an assertion may fail and the test
// still pass: what it throws is caught and nobody looks at it, it stands in a
// promise that nobody waits for, or behind the end of its block.
func (l testLanguage) unheard(added string) string {
	raw := splitLines(added)
	lines := l.masked(raw)
	for i, line := range lines {
		code := strings.TrimSpace(line)
		inside := deeper(lines, i)
		switch {
		case code == "":
		case swallows().MatchString(code) && !l.asserts().MatchString(inside) && !throws().MatchString(inside),
			catchesInside().MatchString(code) && l.asserts().MatchString(code+"\n"+inside),
			l.sources[0] == ".js" && promised().MatchString(code) && !waitsFor().MatchString(code) && l.asserts().MatchString(inside),
			notCalled().MatchString(code), l.endsBlock(lines, i):
			return strings.TrimSpace(raw[i])
		}
	}
	return ""
}

var (
	// A catch of one exception swallows no failed assertion; one of all of them
	// does, where it keeps nothing of what it caught.
	swallows      = lazily(`\bexcept\s*\(?\s*(?:\w+\s*,\s*)*(?:Exception|AssertionError|BaseException)\b|\bcatch\s*(?:\(\s*\w*\s*(?::\s*\w+\s*)?\)\s*)?\{|\bcatch\s*\(\s*(?:\.\.\.|(?:final\s+|const\s+)?(?:\w+\s*:\s*)?(?:[\w.\\:]*[.\\:])?(?:Error|Exception|Throwable|AssertionError|RuntimeException|exception)\b[^)]*)\)|^rescue(?:\s+(?:StandardError|Exception))?(?:\s*=>.*)?$`)
	catchesInside = lazily(`\bsuppress\s*\(.*(?:AssertionError|Exception|BaseException)|\brunCatching\s*\{|\bcatch_unwind\b|\brescue\s+(?:nil|false|true)\b|\btry\?`)
	throws        = lazily(`\b(?:throw|raise|reraise|panic|fail|flunk|done)\b|[^=!<>]=[^=>]`)
	promised      = lazily(`\.(?:then|catch|finally)\s*\(.*\{$|^(?:setTimeout|setImmediate|queueMicrotask|process\.nextTick)\s*\(.*\{$`)
	notCalled     = lazily(`^(?:await\s+)?expect\b.*\)\.(?:not\.)?to[A-Z]\w*;?$`)
	blockEnd      = lazily(`^(?:return|break|continue|throw|raise)\b`)
	nextBranch    = lazily(`^(?:[)\]}]|(?:case|default|else|elif|elsif|except|finally|when|rescue|ensure|end|catch)\b|\w+:$|@|#\[)`)
	startsAnew    = lazily(`^(?:func|def|class|async def|it|test)\b`)
)

// deeper gives the lines that stand further in than one, right below it.
func deeper(lines []string, i int) string {
	var b strings.Builder
	for _, line := range lines[i+1:] {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if indentOf(line) <= indentOf(lines[i]) {
			break
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// endsBlock says that a line leaves its block, and that more of it follows.
func (l testLanguage) endsBlock(lines []string, i int) bool {
	code := strings.TrimSpace(lines[i])
	if _, net := balance(code); !blockEnd().MatchString(code) || net != 0 || reachesDown().MatchString(code) {
		return false
	}
	for _, line := range lines[i+1:] {
		next := strings.TrimSpace(line)
		if next == "" {
			continue
		}
		return indentOf(line) == indentOf(lines[i]) && !nextBranch().MatchString(next) && !startsAnew().MatchString(next) && !reachesUp().MatchString(next)
	}
	return false
}
