package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// guardNouns are what checks of access are about.
const guardNouns = `auth authn authz authenticate authenticated authentication authorize authorized authorization authorised unauthorized unauthenticated permission
	permissions permitted privilege privileges forbidden admin superuser staff owner owns owned ownership tenant role roles rbac acl csrf xsrf signature hmac policy
	login session verified banned suspended blocked revoked expired captcha otp mfa totp scope scopes gate can cannot member membership entitled entitlement
	granted accessible allowed denied principal currentuser trusted nonce origin throttle limiter ratelimit audience issuer`

var guardNounSet = setOfWords(guardNouns)

// guardTail ends the name of a check: what is checked.
const guardTail = `(?:auth\w*|permi\w+|privileges?|roles?|(?:super_?)?admin\w*|staff|owner\w*|tenant\w*|access\w*|acl|csrf\w*|signatures?|hmac|polic(?:y|ies)|log(?:ged_?)?_?in|scopes?|verified|` +
	`member\w*|captcha|otp|mfa|nonce|origin|entitle\w+|sessions?|tokens?|rate_?limit\w*|quota|expir\w+|banned|suspended|revoked|allowed|trusted|issuer|audience)`

// guardCall is the name of a check, such as requireAdmin or has_permission.
const guardCall = `(?:require|ensure|check|verify|assert|enforce|validate|authori[sz]e|authenticate|demand|protect|restrict|deny|is|has|can|must|with|needs|only)(?:_?[A-Za-z]*?_?)` + guardTail + `\w*`

// guardWordsOf gives the nouns of access on a line.
func guardWordsOf(l line, nouns []string) []string {
	var found []string
	for _, w := range l.words {
		if slices.Contains(nouns, w) && !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	return found
}

// stillThere says that one line on the other side of the block holds all these
// words, and is no comment: the check was rewritten there.
func stillThere(l line, b block, words []string) bool {
	own, other := b.sidesOf(l)
	if own.quoted < len(own.lines) {
		return false
	}
	free := min(other.wrapped+1, other.quoted)
	return slices.ContainsFunc(b.beside(l), func(o line) bool {
		return o.at < free && !o.comment() && !slices.ContainsFunc(words, func(w string) bool { return !o.has(w) })
	})
}

// lost is a match of a removed check, unless the check is still there, or all
// that it guarded went with it.
func lost(words []string, match func(line, block) string) func(line, block) string {
	return func(l line, b block) string {
		text := match(l, b)
		if text == "" || l.comment() || imports(l) || describes(l) || b.kept(l) {
			return ""
		}
		if stillThere(l, b, guardWordsOf(l, words)) || wentWhole(l, b) {
			return ""
		}
		return text
	}
}

// maxAbove bounds how far the beginning of a removed piece is looked for.
const maxAbove = 150

// wentWhole says that the line was removed together with the function, route
// or class around it, and that nothing stands there instead.
func wentWhole(l line, b block) bool {
	if l.Op != change.Delete || len(b.added) > 0 {
		return false
	}
	at := placeIn(b.removed, l)
	if at < 0 {
		return false
	}
	for i := at - 1; i >= max(0, at-maxAbove); i-- {
		if o := b.removed[i]; indent(o) < indent(l) && defines(o) {
			return true
		}
	}
	for i := at + 1; i < min(len(b.removed), at+6); i++ {
		if o := b.removed[i]; indent(o) <= indent(l) && defines(o) {
			return annotates(l)
		}
	}
	return false
}

func indent(l line) int { return len(l.Text) - len(strings.TrimLeft(l.Text, " \t")) }

// annotates says that a line belongs to the definition below it.
func annotates(l line) bool {
	return strings.HasPrefix(l.code, "@") || strings.HasPrefix(l.code, "[") || strings.HasPrefix(l.code, "#[")
}

// defines says that a function, class, route or block begins on the line.
func defines(l line) bool {
	if len(l.words) == 0 || l.has("if", "else", "elif", "for", "while", "switch", "try", "unless", "match", "with") {
		return false
	}
	return l.has("func", "def", "function", "fn", "fun", "class", "public", "private", "protected", "internal", "static", "describe", "it", "interface", "resource", "server", "location") ||
		strings.HasSuffix(l.code, "=> {") || strings.HasSuffix(l.code, " do") || strings.HasSuffix(l.code, ") {")
}

// placeIn finds a removed line: those of a block follow one another.
func placeIn(removed []line, l line) int {
	if at := l.OldLine - removed[0].OldLine; at >= 0 && at < len(removed) && removed[at].OldLine == l.OldLine {
		return at
	}
	return -1
}
