package signal

import (
	"slices"
	"strings"
)

func proseExts() []string {
	return []string{
		".md", ".mdx", ".markdown", ".mdown", ".mkd", ".rst", ".adoc", ".asciidoc", ".textile", ".org", ".rdoc", ".pod", ".mediawiki", ".wiki", ".creole",
		".texi", ".texinfo", ".rd", ".mdoc", ".typ",
	}
}

// isDocumentation tells prose. A file that could run is not prose, even under
// docs/.
func isDocumentation(p place) bool {
	switch {
	case p.hasExt(proseExts()...), proseName(p), manualPage(p), changelogEntry(p):
		return true
	}
	return p.under("docs", "doc", "documentation", "javadoc") &&
		p.hasExt(".txt", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".svg", ".pdf", ".puml", ".plantuml", ".drawio", ".excalidraw", ".mmd",
			".mermaid", ".d2", ".bib", ".tex", ".mp4", ".webm") && !dependencyList(p) && p.name != "cmakelists.txt"
}

// proseName tells names in which repositories keep prose without an extension.
func proseName(p place) bool {
	if p.ext != "" && p.ext != ".txt" && !p.named("copying.lesser", "citation.cff", "citation.bib") {
		return false
	}
	bare := strings.TrimSuffix(p.name, ".txt")
	if name, kind, found := strings.Cut(strings.ReplaceAll(bare, "_", "-"), "-"); found && proseKind(name, kind) {
		return true
	}
	return slices.Contains([]string{
		"readme", "changelog", "changes", "history", "news", "license", "licence", "unlicense", "copying", "copyright", "notice", "patents", "authors",
		"contributors", "contributing", "maintainers", "security", "support", "code_of_conduct", "todo", "install", "upgrading", "credits", "thanks", "llms",
		"llms-full", "releasenotes", "release_notes", "faq", "hacking", "acknowledgements", "citation.cff", "citation.bib", "copying.lesser", "governance",
		"roadmap",
	}, bare)
}

// proseKind tells LICENSE-MIT and README-zh from a program that makes one.
func proseKind(name, kind string) bool {
	switch name {
	case "license", "licence", "copying":
		kind, _, _ = strings.Cut(kind, "-")
		return slices.Contains([]string{
			"mit", "apache", "apache2", "apache2.0", "bsd", "gpl", "gplv2", "gplv3", "lgpl", "agpl", "mpl", "isc", "cc0", "cc", "ofl", "boost", "bsl", "zlib",
			"third", "3rdparty", "thirdparty", "commercial", "docs", "ee", "enterprise", "unlicense", "lesser",
		}, kind)
	case "readme":
		language, _, _ := strings.Cut(kind, "-")
		return len(language) == 2
	}
	return false
}

// manualPage tells git-log.1 from libc.so.6: the stem is a name, without a
// dot and without a digit at its end.
func manualPage(p place) bool {
	if len(p.ext) != 2 || p.ext[1] < '1' || p.ext[1] > '8' || p.stem == "" {
		return p.hasExt(".man", ".roff", ".troff", ".scd", ".ronn") && p.under("man", "doc", "docs", "manpages")
	}
	last := p.stem[len(p.stem)-1]
	return !strings.Contains(p.stem, ".") && last >= 'a' && last <= 'z'
}

// changelogEntry tells the fragments from which a changelog is put together.
func changelogEntry(p place) bool {
	if !p.hasExt(".txt", ".yml", ".yaml", ".json", ".feature", ".bugfix", ".misc", ".doc", ".docs", ".removal", ".added", ".changed", ".fixed", ".deprecated",
		".breaking", ".enhancement", ".change") {
		return false
	}
	return p.under("newsfragments", "changelog.d", "changelog_unreleased", ".changes", "news.d", "changes.d", "releasenotes", ".changelog", "changelog-fragments") ||
		p.under("changelogs") && p.under("unreleased", "fragments")
}
