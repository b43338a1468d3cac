package signal

import "strings"

// shorterSelection finds a list of checks, or of places of tests, that lost
// some and got none.
func shorterSelection(was, is line) string {
	if !selection.in(is) || !sameKey(was.code, is.code) {
		return ""
	}
	before, after := itemsOf(was.code), itemsOf(is.code)
	if len(after) < len(before) && len(without(after, before)) == 0 {
		return "a list of checks became shorter"
	}
	return ""
}

var (
	selection  = probing(`(?i)^["']?(?:[\w.-]*[._-])?(?:select|enable|testpaths)["']?\s*[:=]`)
	collection = probing(`^["']?python_(?:files|classes|functions)["']?\s*[:=]`)
)

// otherCollection finds a runner that looks for tests by other names.
func otherCollection(was, is line) string {
	if collection.in(is) && sameKey(was.code, is.code) && len(without(itemsOf(was.code), itemsOf(is.code))) > 0 {
		return "a runner looks for other tests"
	}
	return ""
}

var namedRule = probing(`(?i)^["']?(@?[\w/-]+)["']?\s*:\s*\[?\s*["']?(error|warn|off|[012])\b`)

// ruleLowered finds a rule of a linter that stopped nothing any more.
func ruleLowered(was, is line) string {
	now, before := namedRule.of(is), namedRule.of(was)
	if now == nil || before == nil || now[1] != before[1] {
		return ""
	}
	switch failed := before[2] == "2" || strings.EqualFold(before[2], "error"); {
	case silent(now[2]) && !silent(before[2]):
		return "a rule of a linter is off"
	case failed && (now[2] == "1" || strings.EqualFold(now[2], "warn")):
		return "a rule of a linter only warns"
	}
	return ""
}

var faultRule = probing(`(?i)^["'](?:@?[\w-]+/)*(?:no-(?:floating|misused|unsafe|implied|new-func|eval|script|unsanitized|debugger|fallthrough|undef|dupe|unreachable|self-compare|cond-assign|async|restricted|explicit-any|throw|await|return-await|empty)[\w-]*|require-await|await-thenable|eqeqeq|valid-typeof|use-isnan|exhaustive-deps|rules-of-hooks|switch-exhaustiveness-check)["']\s*:\s*\[?\s*["']?off\b`)

// ruleOffByName finds a rule against faults, not against a look, that is off
// and was not named before.
func ruleOffByName(l line, b block) string {
	if l.comment() || !ofESLint(l) || !faultRule.in(l) || !insideSettings(b) && len(b.over.lines) > 0 {
		return ""
	}
	return "a rule of a linter is off"
}
