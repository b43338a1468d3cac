package signal

import (
	"slices"
	"strings"
)

// isChangeNote tells notes for a release that come with every kind of change,
// and say nothing of its domain.
func isChangeNote(path string) bool {
	p := splitPath(path)
	return p.under(".changeset", ".changes", "changelog.d", "newsfragments", ".chloggen", "changelogs", "unreleased")
}

// guessKind is finer than a class where authors are: code of a website of
// documentation is called docs, and a script that builds is called a build.
func guessKind(c Class, path string) string {
	p := splitPath(path)
	switch c {
	case Documentation:
		return "docs"
	case Test, Snapshot:
		return "tests"
	case Workflow:
		return "workflow"
	case LockFile:
		return "lock"
	case Configuration, PolicyFile, Deployment:
		return settingsKind(p)
	case Owners:
		return "settings"
	case AgentInstructions:
		return "docs" // what most authors call them; the set of domains says otherwise
	case Asset:
		return "asset"
	}
	return codeKind(p)
}

func settingsKind(p place) string {
	switch {
	case inSite(p):
		return "site settings"
	case isManifestName(p):
		return "manifest"
	case strings.Contains(p.name, "dockerfile"), strings.Contains(p.name, "compose"):
		return "container"
	}
	return "settings"
}

func isManifestName(p place) bool {
	return p.hasExt(".gemspec", ".csproj", ".podspec") || slices.Contains([]string{
		"package.json", "go.mod", "cargo.toml", "pom.xml", "pyproject.toml", "build.gradle", "build.gradle.kts", "composer.json", "gemfile", "mix.exs",
		"pubspec.yaml", "requirements.txt", "setup.py", "build.sbt",
	}, p.name)
}

func codeKind(p place) string {
	switch {
	case inSite(p):
		return "site"
	case p.under("example", "examples", "sample", "samples", "demo", "demos"):
		return "example"
	case p.under("script", "scripts", "hack", "tools", "build", "ci", ".ci", "infra", "deploy", "docker", ".github", ".yarn"),
		p.hasExt(".sh", ".bat", ".ps1", ".rake"), p.stem == "gradlew":
		return "script"
	}
	return "code"
}

// inSite tells a folder in which documentation is made.
func inSite(p place) bool {
	return p.under("docs", "doc", "documentation", "website", "www", "site", "landing")
}
