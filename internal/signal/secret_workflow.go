package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// sentSecrets are secrets that a workflow prints or sends. To hand one to a
// step in a variable is what they are for.
func sentSecrets() []rule {
	return []rule{{words: []string{"secrets"}, on: change.Add, match: unlessKept(ofWorkflow(sentSecret))}}
}

var (
	secretName = probing(`(?i)\bsecrets(?:\.|\[["'])(\w+)|\btoJSON\(\s*secrets\s*\)`)
	sending    = probing(`(?i)\b(?:echo|printf?|curl|wget|tee|nc|netcat|base64|xxd|write-(?:host|output)|invoke-(?:webrequest|restmethod)|iwr|irm)\b|console\.log`)
	takenIn    = probing(`(?i)add-mask|--?\w*-?stdin\b|\bgpg\b.*--import|\blogin\b`)
)

func sentSecret(l line, b block) string {
	now := secretName.of(l)
	if now == nil || l.comment() || !sending.in(l) || takenIn.in(l) {
		return ""
	}
	if slices.ContainsFunc(b.beside(l), func(o line) bool { return strings.Contains(o.code, now[0]) && sending.in(o) }) {
		return ""
	}
	return "a secret is printed or sent"
}
