package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// swallowedGuards are checks that are still made and stop nobody: their
// failure is caught and not passed on.
func swallowedGuards() []rule {
	return []rule{
		{words: strings.Fields("return throw raise abort rethrow panic reject fail exit halt deny"), on: change.Delete, match: failureSwallowed},
		added("rescue catch or true", "the failure of a check is swallowed", `(?i)\b`+guardCall+`[!?]?\s*\(?.*(?:\brescue\s+(?:nil|false|true)\b|\.catch\(\s*\(\s*\w*\s*\)\s*=>|\|\|\s*true\s*$)|\bauthorize!.*\brescue\s+(?:nil|true)`),
		added("verify check validate require ensure authorize authorise authenticate enforce assert", "the failure of a check is swallowed", `^(?:_\s*(?:,\s*_\s*)?:?=|let\s+_\s*=)\s*(?:await\s+)?(?:[\w.]+\.)?(?i:`+guardCall+`|(?:jwt|token|signature)\.verify)\s*\(`),
		{words: strings.Fields("pass except catch rescue"), on: change.Add, match: guardCaught},
	}
}

var (
	stops     = probing(`(?i)^(?:\}\s*)?(?:return\b|throw\b|raise\b|rethrow\b|abort\b|panic\(|reject\(|halt\b|exit\b|fail\b|deny\b|die\(|head\b|res\.|reply\.|next\()`)
	onFailure = expression(`(?i)^(?:[})\s]*(?:catch\b|except\b|rescue\b)|if\b.*\berr\w*\s*!=\s*nil|if\s+let\s+Err\()`)
	tried     = expression(`(?i)\b(?:` + guardCall + `|(?:jwt|token|signature|hmac)\w*\.verify)[!?]?\s*\(|\bauthorize!|\b(?:Invalid|Bad)?Signature\w*\b|\bPermissionDenied\b|\b(?:Forbidden|Unauthorized|AccessDenied|AuthenticationFailed|InvalidToken)\w*\b`)
)

// failureSwallowed finds what stopped after a check failed, and was taken
// away where the check stayed.
func failureSwallowed(l line, b block) string {
	if l.comment() || !stops.in(l) || b.kept(l) || slices.ContainsFunc(b.added, stops.in) {
		return ""
	}
	if l.at > 0 && !amongOpened(b.removed[:l.at]) {
		return ""
	}
	failed := false
	for _, o := range slices.Backward(b.over.lines) {
		code := strings.TrimSpace(o.Text)
		if o.Op != change.Context || len(code) > longLine {
			continue
		}
		if onFailure().MatchString(code) {
			failed = true
		} else if !failed {
			return ""
		}
		if tried().MatchString(code) {
			return "the failure of a check is swallowed"
		}
	}
	return ""
}

// amongOpened says that the lines before open nothing by themselves: what
// follows them hangs on what stands above the block.
func amongOpened(lines []line) bool {
	return !slices.ContainsFunc(lines[max(0, len(lines)-maxBeside):], func(l line) bool { return opensMore(l.code) })
}

var catchesAll = probing(`^except(?:\s+(?:Exception|BaseException))?(?:\s+as\s+\w+)?:\s*(?:pass|\.\.\.)?$|^[})\s]*catch\s*(?:\([^)]*\))?\s*\{\s*\}?$|^rescue\b`)

// guardCaught finds a check that the same block put under a handler that does
// nothing.
func guardCaught(l line, b block) string {
	if len(b.removed) == 0 || !catchesAll.in(l) || b.kept(l) {
		return ""
	}
	rest := after(l, b.added)
	if len(rest) > 2 && slices.ContainsFunc(rest[:2], stops.in) || len(rest) > 0 && stops.in(rest[0]) {
		return ""
	}
	for _, o := range b.added[max(0, l.at-maxBypass):l.at] {
		if tried().MatchString(o.code) && b.named(o) {
			return "the failure of a check is swallowed"
		}
	}
	return ""
}
