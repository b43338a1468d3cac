package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// touches says that this path of the file carries behaviour: a change of it
// can make a service act in another way. In doubt it does.
func (in Input) touches(f change.File, path string) bool {
	p := splitPath(path)
	if showsOnly(p) {
		return false
	}
	switch classOf(path, in.Marks) {
	case Documentation, Test, LockFile, Snapshot, Translation, AgentInstructions, Owners, Asset:
		return false
	case Configuration:
		return runs(f, p)
	}
	return true
}

// showsOnly tells what serves to show or to tend the whole repository, and no
// service alone: a documentation site, examples, and the tools under a folder
// with a dot at the root, workflows among them. These have signals of their own.
func showsOnly(p place) bool {
	if len(p.dirs) == 0 {
		return false
	}
	switch root := p.dirs[0]; root {
	case "docs", "doc", "documentation", "example", "demo", "demos", "sample":
		return true
	default:
		return strings.HasPrefix(root, ".") || p.under("examples", "samples")
	}
}

// runs tells configuration that a service is built from or runs with. What
// editors, linters, test runners and agents read is none; a manifest with new
// version numbers is the other half of its lock file, however many packages it
// stands in.
func runs(f change.File, p place) bool {
	switch {
	case p.named(".gitattributes"), forTools(p):
		return false
	case isManifest(p.path):
		return !onlyBumped(f)
	}
	return true
}

func forTools(p place) bool {
	for _, part := range []string{
		"ignore", "eslint", "prettier", "stylelint", "markdownlint", "commitlint", "rubocop", "golangci", "editorconfig", "renovate",
		"jest.config", "vitest.config", "karma.conf", "playwright.config", "cypress", "mocharc", "phpunit", "phpstan", "codecov",
	} {
		if strings.Contains(p.name, part) {
			return true
		}
	}
	return p.named(".mailmap", ".pylintrc", ".flake8", ".nvmrc", ".node-version", ".python-version", ".ruby-version", ".tool-versions", "pytest.ini", "tox.ini",
		"biome.json", "biome.jsonc", "ruff.toml", "dependabot.yml", "typos.toml", "lefthook.yml", ".pre-commit-config.yaml", ".mockery.yaml", "knip.jsonc")
}
