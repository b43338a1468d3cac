package signal

import (
	"slices"
	"strings"
)

// ownerLine reads a line of CODEOWNERS
// (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
func ownerLine(code string) (pattern string, owners []string) {
	code, _, _ = strings.Cut(code, "#")
	fields := strings.Fields(code)
	if len(fields) == 0 || strings.HasPrefix(fields[0], "[") || strings.HasPrefix(fields[0], "^[") {
		return "", nil
	}
	return fields[0], fields[1:]
}

// ownerRemoved excuses a line whose owners all stay on the same pattern.
func ownerRemoved(l line, b block) string {
	pattern, owners := ownerLine(l.code)
	if len(owners) == 0 {
		return ""
	}
	for _, now := range b.beside(l) {
		if p, o := ownerLine(now.code); p == pattern && !slices.ContainsFunc(owners, func(was string) bool { return !slices.Contains(o, was) }) {
			return ""
		}
	}
	return "an owner is removed"
}

func ownerless(l line, _ block) string {
	if pattern, owners := ownerLine(l.code); pattern != "" && len(owners) == 0 {
		return "a path without owners"
	}
	return ""
}
