package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// arrives is a rule for an added line of any kind of file. The same line with
// other numbers in it is a bump, and a common registry is where packages come
// from anyway.
func arrives(text, expr string, words ...string) rule {
	p := probing(expr)
	return rule{words: words, on: change.Add, match: unlessKept(func(l line, b block) string {
		if l.comment() || !p.in(l) || commonSource(l) || sameButNumbers(l, b) {
			return ""
		}
		return text
	})}
}

// sameButNumbers says that the block has the line with other numbers.
func sameButNumbers(l line, b block) bool {
	shape := withoutNumbers(l.code)
	return slices.ContainsFunc(b.beside(l), func(was line) bool { return withoutNumbers(was.code) == shape })
}

var commonSourceExpr = probing(`https?://(?:[\w-]+\.)*(?:npmjs\.org|yarnpkg\.com|rubygems\.org|pypi\.org|maven\.apache\.org|maven\.org|nuget\.org|gradle\.org|golang\.org)(?:[/"']|$)`)

func commonSource(l line) bool { return commonSourceExpr.in(l) }

func registryRules() []rule {
	return []rule{
		{words: []string{"registry"}, on: change.Add, match: unlessKept(otherRegistry)},
		arrives("packages come from another registry", `(?i)\bnpmRegistryServer|--registry[= ]|\b(?:extra-)?index-url\b|PIP_(?:EXTRA_)?INDEX_URL|UV_(?:EXTRA_)?INDEX|`+
			`\[\[tool\.(?:uv\.index|poetry\.source)\]\]|^<mirror>|^replace-with\s*=|^\[source\.|--trusted-host|^trusted-host|strict-ssl\s*=\s*false|^<add key="[^"]+" value="https?://`,
			"registry", "index", "mirror", "replace", "source", "trusted", "strict", "add"),
		arrives("modules are not checked, or come from another proxy", `\b(?:GOPROXY|GONOSUMDB|GONOSUMCHECK|GOINSECURE|GONOPROXY|GOSUMDB)\b["']?\s*[:=]|GOFLAGS["']?\s*[:=]\s*["']?-(?:mod=mod|insecure)|\bGOFLAGS=.*-mod=mod|\b(?:GOPROXY|GONOSUMDB|GOSUMDB|GOINSECURE)\s+\S`,
			"goproxy", "gonosumdb", "gonosumcheck", "goinsecure", "gosumdb", "gonoproxy", "goflags"),
		arrives("a repository of packages is added", `\bmaven\s*(?:\(|\{)\s*(?:url|setUrl|["'])|\bmavenLocal\(\)|\bjcenter\(\)|^source\s+["']https?://|"type"\s*:\s*"(?:vcs|composer|package)"|resolvers\s*\+=`, "maven", "jcenter", "source", "type", "resolvers"),
		{words: []string{"resolved", "url", "registry", "source", "tarball", "remote"}, on: change.Add, match: unlessKept(otherHost)},
	}
}

var registryExpr = probing(`(?i)^(?:@[\w-]+:)?registry\s*=\s*\S|^["']?registry["']?\s*[:=]\s*["']?https?://`)

// otherRegistry reads settings of package managers: a program has registries
// of other kinds.
func otherRegistry(l line, _ block) string {
	if l.class == Workflow || l.class == Code || l.class == Test || !registryExpr.in(l) || commonSource(l) || l.comment() {
		return ""
	}
	return "packages come from another registry"
}

func installRules() []rule {
	return []rule{
		arrives("what is fetched runs unread", `(?i)\b(?:curl|wget)\b[^|;]*\|\s*(?:sudo\s+)?(?:\S*/)?(?:env\s+)?(?:ba|z|da|k)?sh\b|\b(?:curl|wget)\b[^|]*\|\s*(?:sudo\s+)?(?:python3?|node|perl|ruby|php)\b|(?:ba|z)?sh\s+(?:-c\s+["']?)?(?:<\(|["']?\$\()\s*(?:curl|wget)|`+
			`\beval\s+["']?\$\((?:curl|wget)|\b(?:iwr|irm|Invoke-WebRequest)\b.*\|\s*iex|iex\s*\(.*(?:DownloadString|irm|iwr)`,
			"curl", "wget", "iwr", "irm", "iex", "invoke"),
		{words: []string{"preinstall", "postinstall", "install", "prepare", "cmdclass", "preuninstall"}, on: change.Add, match: unlessKept(installScript)},
		arrives("a package comes from a repository or an address", `(?i)\bpip3?\s+install\s+.*(?:git\+|https?://)|\b(?:npm|pnpm|yarn)\s+(?:i|install|add)\s+.*(?:git\+|github:|https?://\S+\.(?:tgz|git))|\bgem\s+install\s+.*https?://|cargo\s+install\s+--git|go\s+install\s+\S+@(?:main|master|head)\b|gem\s+specific_install`,
			"pip", "pip3", "npm", "pnpm", "yarn", "gem", "cargo", "go"),
		removedSafety("installing is less strict", `--ignore-scripts|ignore-scripts\s*=\s*true|--frozen-lockfile|--immutable\b|\bnpm ci\b|--require-hashes|--locked\b|--frozen\b|enableScripts:\s*false|-mod=(?:readonly|vendor)|only-allow|minimumReleaseAge|--no-build-isolation`,
			"ignore", "frozen", "immutable", "ci", "require", "locked", "scripts", "mod", "only", "minimum"),
		removedSafety("scripts of packages run again", `--ignore-scripts|ignore[-_]scripts["']?\s*[=: ]\s*["']?true|enableScripts:\s*false|NPM_CONFIG_IGNORE_SCRIPTS`, "ignore", "scripts"),
		{words: []string{"built", "trusted", "allow"}, on: change.Add, match: unlessKept(scriptsAllowed)},
		{files: []string{"package.json", "pnpm-workspace.yaml"}, on: change.Add, match: scriptsAllowedItem},
		{words: []string{"hooks"}, on: change.Add, match: unlessKept(matching("hooks of git come from another place", `core\.hooksPath|^hooksPath\s*=`))},
	}
}

// removedSafety is a rule for a removed line whose like is not added.
func removedSafety(text, expr string, words ...string) rule {
	p := probing(expr)
	return rule{words: words, on: change.Delete, match: unlessKept(func(l line, b block) string {
		if len(l.code) > maxDeclared || l.comment() || !p.in(l) {
			return ""
		}
		if slices.ContainsFunc(b.beside(l), p.in) {
			return ""
		}
		return text
	})}
}

var scriptKey = probing(`^["'](?:pre|post)?(?:install|prepare|uninstall)["']\s*:\s*["']|^["']hasInstallScript["']\s*:\s*true|\bcmdclass\s*=`)

func installScript(l line, _ block) string {
	p := splitPath(l.path)
	if (p.name == "package.json" || p.name == "setup.py" || p.named("composer.json", "package-lock.json")) && scriptKey.in(l) {
		return "a script runs on install"
	}
	return ""
}

func sourceRules() []rule {
	return []rule{
		{files: []string{"package.json"}, on: change.Add, match: unlessKept(addressed)},
		{words: []string{"git"}, files: []string{"requirements.txt"}, on: change.Add, match: unlessKept(gitDependency)},
	}
}

var addressExpr = probing(`^"(@?[\w./-]+)":\s*"(?:git\+|git://|github:|gitlab:|bitbucket:|https?://[^"]+(?:\.tgz|\.git|\.tar\.gz|codeload)|[\w-]+/[\w.-]+#)`)

func addressed(l line, _ block) string {
	if found := addressExpr.of(l); found != nil && !settingName(found[1]) {
		return "a dependency comes from an address"
	}
	return ""
}

var gitExpr = probing(`\bgit\s*=\s*"(?:https?|ssh|git)|@ git\+|^(?:-e )?git\+|,\s*(?:git|github):\s*["']|^git:\s*https?|\bgit:\s*["']|^\w[\w.-]*\s*@\s*https?://`)

func gitDependency(l line, b block) string {
	p := splitPath(l.path)
	manifest := p.named("cargo.toml", "pyproject.toml", "gemfile", "pubspec.yaml", "mix.exs", "pipfile", "podfile", "setup.py", "setup.cfg") || strings.HasPrefix(p.name, "requirements") || p.ext == ".gemspec"
	if !manifest || l.comment() || !gitExpr.in(l) {
		return ""
	}
	if slices.ContainsFunc(b.beside(l), gitExpr.in) {
		return ""
	}
	return "a dependency comes from a repository"
}

var scriptsList = probing(`^["']?(?:onlyBuiltDependencies|trustedDependencies|allowScripts|dangerouslyAllowAllBuilds)["']?\s*:\s*(?:\[?\s*["'\w]|\{\s*["'])`)

// scriptsAllowed finds a list of packages whose scripts run on install.
func scriptsAllowed(l line, b block) string {
	if l.comment() || !scriptsList.in(l) || slices.ContainsFunc(b.beside(l), func(was line) bool { return scriptsList.in(was) && len(itemsOf(was.code)) >= len(itemsOf(l.code)) }) {
		return ""
	}
	return "a package may run a script on install"
}

func scriptsAllowedItem(l line, b block) string {
	if !listItem(l.code) || itemText(l.code) == "" || b.named(l) || strings.Contains(l.code, ":") && l.ext == ".json" {
		return ""
	}
	switch headOf(l, b).key() {
	case "onlybuiltdependencies", "trusteddependencies":
		return "a package may run a script on install"
	}
	return ""
}
