package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

func errorHandling() Signal {
	return Signal{
		ID:      "error-handling",
		Summary: "the handling of an error was removed, or an error is swallowed now",
		Why:     "the next failure goes on with half of the work done, and nobody is told",
		Example: "+	} catch (e) {}",
		Fix:     "where an error may really be ignored, name it and say why; then a reviewer can agree",
		Needs:   []Need{NeedsDiff},
		Content: &content{reads: running, rules: errorRules},
	}
}

func errorRules() []rule {
	return []rule{
		gone("err", "the test of an error was removed", `^(?:\}\s*(?:else\s+)?)?if\s+(?:.*;\s*)?\w*[eE]rr\w*\s*!=\s*nil|^if let Err\(|^guard let .* try`, "err error errors"),
		gone("catch rescue except", "a handler of errors was removed", `^[})\s]*catch\b|\.catch\(|^rescue\b|^except\b`, "catch rescue except"),
		gone("finally ensure", "what always runs at the end was removed", `^[})\s]*finally\b|^ensure$|\.finally\(`, "finally ensure defer using with"),
		gone("defer close unlock rollback cancel", "what runs at the end was removed", `^defer\b.*(?:close|unlock|rollback|cancel|stop|recover|release)\w*\(`, "defer close rollback cancel cleanup"),
		gone("throw raise rethrow panic", "an error is no longer passed on", `^(?:throw|raise)\s*\w*;?$|^rethrow\b|^panic\(err\)$`, "throw raise rethrow panic reject return"),
		gone("rollback", "a rollback was removed", `(?i)\brollback\w*\s*[(;!]`, "rollback atomic"),
		gone("retry retries retryable backoff timeout timeouts deadline", "a retry or a time limit was removed",
			`(?i)(?:\bretr(?:y|ies)\w*|backoff\w*|timeout\w*|withdeadline|withtimeout)\b.*[(:=]`, "retry retries retryable backoff timeout timeouts deadline"),
		swallowed("catch rescue except", "an error is swallowed", `catch\s*(?:\([^)]*\))?\s*\{\s*\}|\.catch\(\s*(?:\(\s*\w*\s*\)|\w+|function\s*\(\w*\))\s*(?:=>)?\s*(?:\{\s*\}|null|undefined|void 0)\s*\)|\brescue\s+(?:nil|false|\[\])\b|^except\b.*:\s*(?:pass|\.\.\.)|contextlib\.suppress|catch\s+_\s*\{\s*\}`),
		swallowed("err error errors", "an error is not looked at", `^(?:\w+,\s*)?_\s*:?=\s*\w*[eE]rr\w*$`).where(discards),
		swallowed("resume", "errors are not looked at", `(?i)^on\s+error\s+resume\s+next`),
		swallowed("unwrap or default ok suppress", "an error becomes a default", `\.unwrap_or_default\(\)|\.ok\(\);|let _ =\s.*\?*\(|try\?\s`),
		swallowed("true", "a failing command goes on", `\|\|\s*(?:true|:)\s*$`).where(shellLike),
		{words: []string{"pass"}, on: change.Add, match: passes},
	}
}

// discards is the cheap test for a value that nobody keeps.
func discards(l line) bool { return strings.Contains(l.code, "_ ") }

// passes finds a handler whose only line is pass.
func passes(l line, b block) string {
	if l.code != "pass" || b.kept(l) {
		return ""
	}
	for i, o := range b.added {
		if o.NewLine == l.NewLine && i > 0 && strings.HasPrefix(b.added[i-1].code, "except") {
			return "an error is swallowed"
		}
		if i >= maxBeside {
			break
		}
	}
	return ""
}

// gone is a rule of a removed line whose words do not stand on the other side
// of the block.
func gone(words, text, expr, instead string) rule {
	list, others := strings.Fields(words), strings.Fields(instead)
	seen := matching(text, expr)
	return rule{words: list, on: change.Delete, match: func(l line, b block) string {
		if l.comment() || imports(l) || b.kept(l) || anyHas(b.beside(l), others) || wentWhole(l, b) {
			return ""
		}
		return seen(l, b)
	}}
}

func anyHas(lines []line, words []string) bool {
	for _, l := range lines {
		if !l.comment() && l.has(words...) {
			return true
		}
	}
	return false
}

// swallowed is a rule of an added line of code.
func swallowed(words, text, expr string) rule {
	r := shown(words, text, expr)
	r.on = change.Add
	return r
}
