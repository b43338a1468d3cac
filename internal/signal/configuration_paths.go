package signal

import (
	"slices"
	"strings"
)

func isConfiguration(p place) bool {
	switch {
	case p.hasExt(settingsExts()...), isBuildName(p.name), capitalName(p):
		return true
	case p.begins(".env") && p.name != ".envrc", p.ends(".gradle.kts", ".app.src", ".neon", ".xml.dist", ".neon.dist"), dependencyList(p), dotFile(p):
		return true
	case p.begins(".") && p.endsStem("rc") && p.hasExt(".js", ".cjs", ".mjs", ".ts"):
		return true
	case p.under("debian") && p.named("control", "compat", "copyright", "changelog", "watch", "install"):
		return true
	}
	return toolSettings(p)
}

// capitalName tells files whose name is a common word in small letters.
func capitalName(p place) bool {
	return slices.Contains([]string{"BUILD", "WORKSPACE", "DEPS", "DESCRIPTION", "NAMESPACE"}, p.spelled)
}

// dependencyList tells the lists that pip reads.
func dependencyList(p place) bool {
	if !p.hasExt(".txt", ".in") {
		return false
	}
	return p.begins("requirements", "constraints", "dev-requirements", "test-requirements") || p.under("requirements") ||
		p.endsStem("-requirements", "_requirements", ".requirements")
}

// settingsExts are extensions of settings, of build files that are mostly
// lists, and of package manifests.
func settingsExts() []string {
	return []string{
		".yml", ".yaml", ".toml", ".ini", ".cfg", ".conf", ".config", ".properties", ".json", ".jsonc", ".json5", ".plist", ".editorconfig", ".hcl", ".pkl",
		".csproj", ".fsproj", ".vbproj", ".vcxproj", ".esproj", ".shproj", ".wixproj", ".sln", ".slnx", ".props", ".targets", ".ruleset", ".runsettings",
		".nuspec", ".gemspec", ".gemfile", ".podspec", ".rockspec", ".nimble", ".cabal", ".opam", ".gradle", ".sbt", ".bazelrc", ".bazel", ".nix", ".mk",
		".cmake", ".gn", ".gni", ".pbxproj", ".xcconfig", ".xcscheme", ".xcworkspacedata", ".entitlements", ".iml", ".code-workspace", ".code-snippets",
		".desktop", ".zon", ".psd1", ".spec", ".bb", ".bbappend", ".ac", ".am", ".pro", ".pri", ".reek", ".eslintrc", ".sublime-project", ".csscomb",
		".jshintrc", ".modulemap", ".pc", ".kdl",
	}
}

// isBuildName tells files that build tools and package managers read by name.
// It is a switch, since a list would be made anew for each path.
func isBuildName(name string) bool {
	switch name {
	case "go.mod", "go.work", "pom.xml", "build.xml", "ivy.xml", "gemfile", "rakefile", "pipfile", "manifest.in", "setup.cfg", "tox.ini", "appraisals",
		"cpanfile", "makefile", "gnumakefile", "justfile", "taskfile", "vagrantfile", "brewfile", "podfile", "cartfile", "mintfile", "mix.exs", "rebar.config",
		"dune", "dune-project", "dune-workspace", "cabal.project", "cmakelists.txt", "cmakepresets.json", "meson.build", "meson_options.txt", "meson.options",
		"build.bazel", "module.bazel", "workspace.bazel", "package.swift", "build.sbt", "build.sc", "build.mill", "build.zig", "project.clj", "deps.edn",
		"bb.edn", "shadow-cljs.edn", "web.config", "nuget.config", "packages.config", "paket.dependencies", "paket.references", "log4j.xml", "log4j2.xml",
		"logback.xml", "logback-spring.xml", "checkstyle.xml", "pmd.xml", "phpunit.xml", "phpcs.xml", "psalm.xml", "phpstan.neon", "phpmd.xml",
		"androidmanifest.xml", "lint.xml", "persistence.xml", "settings.xml", "conanfile.txt", "kconfig", "makefile.am", "makefile.in", "cargo.toml",
		"rust-toolchain", "fastfile", "appfile", "matchfile", "gymfile", "scanfile", "deliverfile", "pluginfile", "dangerfile", "guardfile", "capfile",
		"berksfile", "puppetfile", "steepfile", "thorfile", "caddyfile", "gruntfile.js", "gulpfile.js", "gulpfile.ts", "gulpfile.babel.js", "dangerfile.js",
		"dangerfile.ts", "next-env.d.ts", "robots.txt", "humans.txt", "elm-package.json", "cname", "go.env", ".nojekyll", "wrapper.properties", "py.typed",
		"sonar-project.properties", "uncrustify.cfg", "cspell.txt", "hie.yaml", "project.pbxproj", "keymap.toml", "version.properties":
		return true
	}
	return false
}

// dotFile tells settings like .nvmrc and .gitignore, which have a leading dot
// and no extension, from what a shell runs.
func dotFile(p place) bool {
	if !p.begins(".") || p.ext != "" && !p.hasExt(".dist", ".local", ".example", ".sample") {
		return false
	}
	return p.name != "." && !p.named(".profile", ".bash_profile", ".bash_login", ".bash_aliases", ".bash_logout", ".zprofile", ".zshenv", ".zlogin",
		".envrc", ".xinitrc") &&
		!p.ends("shrc")
}

// toolSettings tells settings that are written in a language, such as
// vite.config.ts. In a folder of code only the names of tools count, because
// routes.config.ts holds code.
func toolSettings(p place) bool {
	if !p.hasExt(".js", ".cjs", ".mjs", ".ts", ".cts", ".mts") {
		return false
	}
	if strings.Contains(p.name, ".config.") || p.endsStem(".conf") || p.named("renovate-config.js") {
		tool, _, _ := strings.Cut(p.name, ".")
		return !p.under("src", "app", "lib", "server", "config") || slices.Contains(tools(), tool)
	}
	return p.in(".storybook", ".vscode", ".vitepress", "docs/.vitepress") && p.named("main.ts", "main.js", "manager.ts", "manager.js", "config.ts",
		"config.mts", "config.js") ||
		p.begins("sidebars.")
}

func tools() []string {
	return []string{
		"webpack", "vite", "vitest", "jest", "babel", "rollup", "rolldown", "tsup", "tsdown", "esbuild", "postcss", "tailwind", "eslint", "prettier",
		"stylelint", "playwright", "cypress", "next", "nuxt", "svelte", "astro", "docusaurus", "karma", "protractor", "metro", "commitlint", "lint-staged",
		"drizzle", "knip", "wdio",
	}
}
