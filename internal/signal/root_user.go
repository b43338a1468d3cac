package signal

import (
	"slices"
	"strings"
)

// rootAtLast excuses a stage that goes back to a user without rights.
func rootAtLast(l line, b block) string {
	if !dockerfile(l) || !rootUser.in(l) {
		return ""
	}
	if slices.ContainsFunc(after(l, b.added), plainUser) {
		return ""
	}
	return "it runs as root"
}

var (
	rootUser = probing(`(?i)^USER\s+["']?(?:root|0)(?::\w+)?\b`)
	anyUser  = probing(`(?i)^USER\s+\S`)
)

func plainUser(l line) bool { return anyUser.in(l) && !rootUser.in(l) }

func userRemoved(l line, b block) string {
	if !dockerfile(l) || !plainUser(l) || slices.ContainsFunc(b.beside(l), plainUser) {
		return ""
	}
	return "the user without rights is removed"
}

func dockerfile(l line) bool {
	p := splitPath(l.path)
	return strings.HasPrefix(p.name, "dockerfile") || strings.HasPrefix(p.name, "containerfile") || p.ext == ".dockerfile"
}
