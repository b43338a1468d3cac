package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/change"
)

// wildcardRules read lists of rights that are written one item a line: there
// the star stands alone, and its line says nothing of what it opens.
func wildcardRules() []rule {
	return []rule{
		{files: []string{".yml", ".yaml", ".tf", ".tfvars", ".json", ".hcl", ".py", ".rb", ".ts"}, on: change.Add, match: wildcardItem},
		{words: []string{"secrets", "escalate", "impersonate", "bind"}, on: change.Add, match: strongVerb},
	}
}

// wildcardItem finds a star among the items of a list of rights.
func wildcardItem(l line, b block) string {
	if len(l.code) > maxItem || !starItem(l.code) || b.named(l) {
		return ""
	}
	switch key := headOf(l, b).key(); key {
	case "verbs", "apigroups", "nonresourceurls":
		return "every verb or kind is allowed"
	case "action", "actions", "principal", "principals", "identifiers", "members", "aws", "permissions", "scopes", "roles":
		return "everything or everybody is allowed"
	case "resource", "resources":
		return anyResourceItem(l, b)
	case "origins", "origin", "allowed_origins", "allowedorigins", "allow_origins", "cors_allowed_origins", "alloworigins", "allow-origins", "allowed-origins":
		return "every origin may call"
	case "allowed_hosts", "allowedhosts", "trusted_hosts", "trustedhosts":
		return "every host is trusted"
	}
	return ""
}

// maxItem bounds an item: it is one name.
const maxItem = 80

// starItem says that the item is a star, or every action of one service.
func starItem(code string) bool {
	text := itemText(code)
	return text == "*" || len(text) > 2 && text[len(text)-2:] == ":*" && !slices.ContainsFunc([]byte(text[:len(text)-2]), func(c byte) bool { return c == ' ' || c == '/' || c == ':' })
}

// anyResourceItem asks that the list was there before, or is one of kinds: a
// new rule for every resource is common where its actions are few.
func anyResourceItem(l line, b block) string {
	if l.ext == ".yml" || l.ext == ".yaml" || !headOf(l, b).own {
		return "a rule became one for every resource"
	}
	return ""
}

// strongVerb finds an item by which a role of a cluster reads secrets, or
// makes itself another one.
func strongVerb(l line, b block) string {
	switch itemText(l.code) {
	case "secrets", "escalate", "impersonate", "bind":
	default:
		return ""
	}
	if key := headOf(l, b).key(); l.code[0] != '-' || key != "verbs" && key != "resources" || b.named(l) {
		return ""
	}
	return "a role of a cluster may do more"
}
