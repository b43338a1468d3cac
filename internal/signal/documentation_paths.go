package signal

import (
	"slices"
	"strings"
)

func proseExts() []string {
	return []string{".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".textile", ".org", ".rdoc", ".pod"}
}

// isDocumentation tells prose. A file that could run is not prose, even under
// docs/.
func isDocumentation(p place) bool {
	if p.hasExt(proseExts()...) {
		return true
	}
	if proseName(p) {
		return true
	}
	return p.under("docs", "doc", "documentation") &&
		p.hasExt(".txt", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".svg", ".pdf", ".puml", ".drawio", ".mmd", ".bib", ".tex")
}

func proseName(p place) bool {
	if p.ext != "" && p.ext != ".txt" {
		return false
	}
	return slices.Contains([]string{
		"readme", "changelog", "changes", "history", "news", "license", "licence", "copying", "notice", "authors", "contributors",
		"contributing", "maintainers", "security", "support", "code_of_conduct", "todo", "install", "upgrading", "credits", "thanks", "llms",
	}, strings.TrimSuffix(p.name, ".txt"))
}
