package signal

import (
	"slices"
	"strings"
)

func listWords() []string {
	return []string{
		"role", "roles", "permission", "permissions", "scope", "scopes", "admins", "allow", "allowed", "allowlist", "whitelist", "origins", "authorities", "groups", "verbs",
		"principals", "owners", "admin", "actions", "authority",
	}
}

// longerList finds a list in quotes that holds all that it held, and more.
func longerList(l line, b block) string {
	if l.comment() || l.class == Test || l.has("deny", "denied", "block", "blocked", "forbid", "forbidden", "exclude", "excluded", "required", "requires", "deprecated", "enum", "type") {
		return ""
	}
	items := quoted(l.code)
	if len(items) < 2 || !listSubject.in(l) {
		return ""
	}
	for _, was := range b.beside(l) {
		before := quoted(was.code)
		if len(before) > 0 && len(before) < len(items) && sameHead(was.code, l.code) && contained(before, items) {
			return "a list of what is allowed grew"
		}
	}
	return ""
}

var listSubject = probing(`(?i)(?:roles?|permissions?|scopes?|admins|allow(?:ed)?\w*|whitelist|origins|authorit(?:y|ies)|groups|verbs|principals|owners|actions)["']?\s*(?::=|[:=(]|\?)`)

func quoted(code string) []string {
	var items []string
	for _, mark := range []string{`"`, `'`} {
		parts := strings.SplitN(code, mark, 64)
		for i := 1; i < len(parts)-1; i += 2 {
			items = append(items, parts[i])
		}
		if len(items) > 0 {
			break
		}
	}
	return items
}

func sameHead(a, b string) bool {
	a, _, _ = strings.Cut(a, "(")
	b, _, _ = strings.Cut(b, "(")
	a, _, _ = strings.Cut(a, "[")
	b, _, _ = strings.Cut(b, "[")
	return strings.EqualFold(strings.ReplaceAll(a, "hasAny", "has"), strings.ReplaceAll(b, "hasAny", "has"))
}

func contained(few, many []string) bool {
	return !slices.ContainsFunc(few, func(item string) bool { return !slices.Contains(many, item) })
}
