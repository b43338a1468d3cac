package signal

import (
	"slices"
	"strings"
)

// steersMachines tells prose that machines obey: instructions for agents and
// the list of owners. They look like documentation and are none.
func steersMachines(p place) bool {
	if p.named("claude.md", "claude.local.md", "agents.md", "agent.md", "gemini.md", "copilot-instructions.md", "skill.md", "codeowners",
		".cursorrules", ".windsurfrules", ".clinerules", ".mcp.json", ".aider.conf.yml", ".gitattributes") {
		return true
	}
	for _, suffix := range []string{".instructions.md", ".prompt.md", ".chatmode.md", ".agent.md", ".mdc"} {
		if strings.HasSuffix(p.name, suffix) {
			return true
		}
	}
	if p.under(".claude", ".cursor", ".codex", ".gemini", ".windsurf", ".clinerules", ".roo", ".continue", ".aider", ".opencode") {
		return true
	}
	return p.in(".github/prompts") || p.in(".github/instructions") || p.in(".github/agents") || p.in(".github/chatmodes")
}

func isConfiguration(p place) bool {
	switch {
	case p.hasExt(".yml", ".yaml", ".toml", ".ini", ".cfg", ".conf", ".properties", ".json", ".jsonc", ".json5", ".plist", ".editorconfig",
		".csproj", ".fsproj", ".vbproj", ".sln", ".slnx", ".props", ".targets", ".gemspec", ".cabal", ".gradle", ".bazelrc", ".nix", ".mk", ".cmake", ".service"):
		return true
	case slices.Contains(buildNames(), p.name), strings.HasSuffix(p.name, ".gradle.kts"):
		return true
	case strings.HasPrefix(p.name, "dockerfile") || p.ext == ".dockerfile" || strings.HasPrefix(p.name, ".env"):
		return true
	case strings.HasPrefix(p.name, "requirements") && p.ext == ".txt", strings.HasPrefix(p.name, "constraints") && p.ext == ".txt":
		return true
	case strings.HasPrefix(p.name, ".") && strings.HasSuffix(p.name, "rc"), strings.HasPrefix(p.name, ".") && strings.HasSuffix(p.name, "ignore"):
		return true
	}
	return toolSettings(p)
}

// buildNames are files that build tools and package managers read by name.
func buildNames() []string {
	return []string{
		"go.mod", "go.work", "pom.xml", "build.xml", "ivy.xml", "gemfile", "rakefile", "pipfile", "manifest.in", "setup.cfg", "tox.ini",
		"makefile", "gnumakefile", "justfile", "taskfile", "procfile", "vagrantfile", "brewfile", "podfile", "cartfile", "mix.exs", "rebar.config",
		"cmakelists.txt", "meson.build", "meson_options.txt", "build.bazel", "module.bazel", "workspace", "workspace.bazel", "build", "containerfile",
		"package.swift", "build.sbt", "project.clj", "deps.edn", "web.config", "nuget.config", "logback.xml", "checkstyle.xml",
		".gitmodules", ".npmrc", ".nvmrc", ".node-version", ".python-version", ".ruby-version", ".tool-versions", ".mailmap", ".git-blame-ignore-revs",
		".pylintrc", ".flake8", ".htaccess", "robots.txt", ".babelrc", ".browserslistrc",
	}
}

// toolSettings tells settings that are written in a language, such as
// vite.config.ts or .eslintrc.cjs.
func toolSettings(p place) bool {
	if !p.hasExt(".js", ".cjs", ".mjs", ".ts", ".cts", ".mts") {
		return false
	}
	return strings.HasSuffix(p.stem, ".config") || strings.HasPrefix(p.name, ".") && strings.HasSuffix(p.stem, "rc")
}
