package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// removedBounds are checks of what is asked for: whose it is, what it is made
// of, and where it lies.
func removedBounds() []rule {
	return []rule{
		lostGuard("current user account tenant request req viewer", "a look-up by owner",
			`(?i)(?:\bcurrent_?(?:user|account|tenant|org\w*|team|member)|\breq(?:uest)?\.user|\bviewer)(?:\(\))?\.\w+\.(?:find\w*|where|get|filter|first|last|all|build|new|create)\b`),
		lostGuard("and where owner tenant user account org organization member author customer id", "a condition of a query by owner",
			`\b(?i:and|where)\s+[\w."]*(?i:owner|tenant|user|account|org(?:anization)?|member|author|customer)\w*"?\s*(?:=|(?i:in\b|is\b))`),
		lostGuard("validates uniqueness presence", "a rule of what may be stored", `^validates(?:_\w+_of)?\b.*(?:uniqueness|presence|inclusion|format|length|numericality)`),
		lostGuard("middleware", "the middleware of a route", `->middleware\(.*["'](?:can|auth|role|permission|verified|signed|throttle|password|ability|scopes?)\b`),
		lostGuard("if unless assert in contains includes", "a check of where a path leads", `^(?:if|unless|assert|guard)\b.*["']\.\.[/\\]?["']`),
		lostGuard("prefix starts start with relative local", "a check of where a path leads",
			`(?i)^(?:if|unless|assert|guard)\b.*(?:hasprefix|starts_?with|start_with\?|is_?relative_?to|islocal)\(?.*\b\w*(?:root|base|dir|folder|allowed|safe|prefix|origin|trusted)`),
		lostGuard("integrity", "a checksum of what a page loads", `\bintegrity\s*=`),
		lostGuard("require check not null", "a condition of a call", `^(?:require|check)(?:NotNull)?\(`).where(func(l line) bool { return l.ext == ".kt" || l.ext == ".kts" }),
		lostGuard(guardNouns, "a part of a condition", `(?:&&|\band\b)\s*!?[\w.$?]*(?:\.|_|\b)(?:is|has|can)_?(?i:`+guardTail+`)\b`),
	}
}

// addedBypasses are lines that let in whatever comes.
func addedBypasses() []rule {
	return []rule{
		added("permit unsafe", "every field may be set", `\.permit!|\.to_unsafe_h`),
		added("guarded unguard", "every field may be set", `\$guarded\s*=\s*(?:\[\s*\]|array\(\s*\))|::unguard\(`),
		added("true", "a condition that always holds", `(?:\|\||\bor\b)\s*\(?(?i:true)\)*\s*[;,:{]?$`).where(func(l line) bool { return l.hasOf(guardNounSet()) }),
		{words: []string{"true"}, on: change.Add, match: alwaysYes},
		{words: []string{"ts"}, on: change.Add, match: untypedGuard},
		became("rand random math", weakerRandom),
		became("min cost bcrypt", lowerCost),
		became("test match matches regexp regex re compile pattern fullmatch valid validate validates format scan", looserPattern),
		became("path file filename name dir join open read send url html command cmd query user input key id", unwrapped),
	}
}

// alwaysYes finds a decision that became yes in a function that decides.
func alwaysYes(l line, b block) string {
	if !slices.Contains([]string{"return true", "return true;", "return True", "true", "default: return true", "default: return true;"}, l.code) || !decides(b) {
		return ""
	}
	for _, o := range b.beside(l) {
		if o.code != l.code && (strings.HasPrefix(o.code, "return ") || strings.HasPrefix(o.code, "default: return ")) && !strings.HasPrefix(o.code, "return true") {
			return "a decision became yes"
		}
	}
	return ""
}

var deciding = expression(`(?:\b|_)(?:can|may|has|allows?|check|is)(?:_[a-z]+|[A-Z]\w*)*_?(?i:own\w*|allow\w*|access\w*|permi\w+|auth\w*|edit\w*|read\w*|write\w*|view\w*|delet\w+|manage\w*|admin\w*|staff|valid\w*|trust\w*|secure\w*|safe\w*|update\w*|member\w*|verif\w+)\w*\??\s*(?:\(|$)|\b(?:can|may|allowed?|permitted)\w*\s*\(|\bCan[A-Z]\w*\(|\bMay[A-Z]\w*\(|\bAllow\w*\(`)

// decides says that the function around the block answers who may do what.
func decides(b block) bool {
	return b.seen.deciding.once(func() bool {
		return b.over.any(func(text string) bool { return declares(text) && deciding().Fits(text) })
	})
}

// declares says that a function begins on the line.
func declares(text string) bool {
	return slices.ContainsFunc(wordsOf(text, nil), func(w string) bool {
		return slices.Contains([]string{"func", "def", "function", "fn", "fun", "bool", "boolean", "const"}, w)
	}) || strings.HasSuffix(text, ") {")
}

// untypedGuard finds a check of types that was switched off beside a check of
// access.
func untypedGuard(l line, b block) string {
	if !strings.Contains(l.code, "@ts-ignore") && !strings.Contains(l.code, "@ts-nocheck") && !strings.Contains(l.code, "@ts-expect-error") {
		return ""
	}
	for _, c := range b.under {
		if slices.ContainsFunc(wordsOf(c.Text[:min(len(c.Text), longLine)], nil), guardNounSet().holds) {
			return "the types of a check are not looked at"
		}
	}
	return ""
}
