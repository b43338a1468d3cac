package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// maxBypass is how far from an end of its block an added way around a check
// stands at most.
const maxBypass = 4

// bypasses are ways around a check that a change adds.
func bypasses() []rule {
	return []rule{
		{words: strings.Fields("return next"), on: change.Add, match: earlyReturn},
		{words: strings.Fields("true false"), on: change.Add, match: otherAnswer},
		added("true false", "a condition that always holds", `(?i)(?:\b(?:if|elif|unless|return|&&)\b.*(?:\|\||\bor\b)\s*\(?true\b|\bif\s*\(?\s*true\s*(?:\|\||\bor\b)|\bif\s*\(?\s*false\s*(?:&&|\band\b)|&&\s*false\b|\band\s+False\b)`).where(func(l line) bool { return l.hasOf(guardWords()) }),
		added("row policy security check using disable drop bypassrls", "a rule of a database is gone",
			`(?i)disable\s+row\s+level\s+security|drop\s+policy|no\s+force\s+row\s+level|\bbypassrls\b|using\s*\(\s*true\s*\)|with\s+check\s*\(\s*true\s*\)|security\s+definer`),
		added("grant all public", "a right for everybody", `(?i)^grant\s.*\bto\s+(?:public|anon|anonymous|everyone)\b|^grant\s+all\b`),
		added("decode jwt verify signature unverified", "a token is read without its signature", `(?i)verify_signature["']?\s*[:=]\s*false|ParseUnverified|jwt_?decode\(|\balgorithms?["']?\s*[:=]\s*\[?\s*["']none["']|decode\(.*verify\s*=\s*false`),
	}
}

// added is a rule of an expression over an added line that is no comment.
func added(words, text, expr string) rule {
	r := shown(words, text, expr)
	r.on = change.Add
	return r
}

// earlyReturn finds a short piece that does nothing but let pass, added in a
// function or a file that checks access.
func earlyReturn(l line, b block) string {
	if len(b.removed) > 0 || !nearEdge(l, b) || b.kept(l) || !letsPass(l) {
		return ""
	}
	if !guardsAbove(b) {
		return ""
	}
	return "a way past the check"
}

// nearEdge says that the line stands among the first or the last of its block.
func nearEdge(l line, b block) bool {
	return l.at < maxBypass || len(b.added)-l.at <= maxBypass
}

// otherAnswer finds a check whose answer was turned around.
func otherAnswer(l line, b block) string {
	if len(l.words) > 3 || !l.has("return") && len(l.words) != 1 || len(b.removed) == 0 || !guardsAbove(b) && !decides(b) {
		return ""
	}
	for _, o := range b.beside(l) {
		before, after, _, ok := changedWord(o, l)
		if ok && (before == "true" && after == "false" || before == "false" && after == "true") {
			return "the answer of a check was turned around"
		}
	}
	return ""
}

// letsPass says that the line ends a check with yes.
func letsPass(l line) bool {
	text := strings.TrimRight(l.code, ";) }")
	for _, end := range []string{"return true", "return True", "return nil", "return next(", "return next", "return await next(", "return Ok((", "return", "return None", "next(", "return null", "return $next($request"} {
		if strings.TrimSuffix(text, "(") == strings.TrimSuffix(end, "(") || strings.HasSuffix(text, "{ "+end) || strings.HasSuffix(text, ") "+end) {
			return true
		}
	}
	return strings.HasSuffix(text, "return true")
}

// guardsAbove says that the block stands in something that checks access: by
// the name of its function, or by the lines before it.
func guardsAbove(b block) bool {
	return b.seen.guarded.once(func() bool { return b.over.any(checksByName().Fits) })
}

var checksByName = expression(`(?i)\b(?:func|def|function|fn|fun|bool|boolean|public|private|protected|const|async|static|=>|sub|handle)\b.*\b\w*(?:` +
	guardCall + `|authori[sz]e\w*|authenticat\w+|\w*middleware|\w*guard|permission\w*|verify\w*|skip\w*check\w*|can_?\w*access|canActivate|is_?allowed|check_?access|policy)\b`)
