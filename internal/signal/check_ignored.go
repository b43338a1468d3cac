package signal

import (
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// ignoredMore are settings of checks that leave out more than before.
func ignoredMore() []rule {
	return []rule{
		became(ignoringWords, longerIgnore).where(setsChecks),
		{words: strings.Fields(ignoringWords), on: change.Add, match: newIgnore},
		{files: checkFiles(), on: change.Add, match: ignoredItem},
		{files: strings.Fields(".eslintignore .stylelintignore .pylintignore .golangciignore .rubocopignore .phpcsignore"), on: change.Add, match: unlessKept(ignoredPlace)},
		became("select enable extend rules testpaths", shorterSelection).where(setsChecks),
		became("python files classes functions", otherCollection).where(setsChecks),
		off("addopts", "some tests no longer run", `(?i)\baddopts\b.*\s-[mk]\s*=?\s*\\?["']?not\b`).where(setsChecks),
		became("off warn 0 1", ruleLowered).where(ofESLint),
		{words: []string{"off"}, on: change.Add, match: unlessKept(ruleOffByName)},
	}
}

// ignoringWords begin the settings that leave something out.
const ignoringWords = "ignore ignores ignored disable disabled exclude excludes exclusions omit skip skips"

var (
	ignoreKey = probing(`(?i)^["']?(?:[\w.-]*[._-])?(?:ignores?|disabled?|excludes?|exclusions|omit|skips?|ignore_?patterns|\w+ignore_?patterns)(?:[_-](?:errors|paths|rules|files|dirs|patterns|missing_imports))?["']?\s*[:=]`)
	// ofStyle are findings that say how code looks: blank space, quotes, length
	// of lines, names and documents.
	ofStyle = expression(`^(?:E[1-7]\d*|W[1-6]\d*|D\d*|Q\d*|I\d*|COM\d*|N\d*|C0\d+|ERA\d*|UP\d*|ISC\d*|TD\d*|FIX\d*|EM\d*|(?:line-too-long|missing-[\w-]*docstring|invalid-name|fixme|too-many-[\w-]+|too-few-[\w-]+)|DL3008|SC2086)$`)
	// builtPlaces hold what nobody writes by hand.
	builtPlaces = expression(`(?i)(?:^|[/*.])(?:dist|build|out|node_modules|coverage|vendor|third_party|generated|gen|__generated__|\.next|\.nuxt|\.venv|venv|env|\.git|\.tox|\.cache|storybook-static|public|target|migrations|fixtures|testdata|docs?|examples?|__pycache__|site|_build)(?:[/*]|$)|\.min\.|\.d\.ts|[_.]pb2?\.|\.gen\.|generated|\.mdx?$|\.lock$`)
)

// checkFiles are files that say what a check looks at.
func checkFiles() []string {
	return strings.Fields(`ruff.toml .ruff.toml pyproject.toml setup.cfg tox.ini .flake8 pylintrc .pylintrc .coveragerc mypy.ini .mypy.ini pytest.ini .bandit bandit.yaml
		.golangci.yml .golangci.yaml eslint.config.js eslint.config.mjs eslint.config.cjs eslint.config.ts .eslintrc .eslintrc.json .eslintrc.js .eslintrc.cjs .eslintrc.yml
		.eslintrc.yaml biome.json biome.jsonc tslint.json tsconfig.json jest.config.js jest.config.ts jest.config.mjs jest.config.cjs jest.config.json vitest.config.ts
		vitest.config.js vitest.config.mts .nycrc .nycrc.json phpstan.neon phpstan.neon.dist psalm.xml .rubocop.yml .hadolint.yaml .yamllint .yamllint.yml .shellcheckrc codecov.yml`)
}

// checkNames are those names, to be looked up for every line.
var checkNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, name := range checkFiles() {
		names[name] = true
	}
	return names
})

func setsChecks(l line) bool {
	return checkNames()[strings.ToLower(l.path[strings.LastIndexByte(l.path, '/')+1:])]
}

func ofESLint(l line) bool {
	return strings.Contains(l.path[strings.LastIndexByte(l.path, '/')+1:], "eslint")
}

// harmlessIgnore says that what is left out is a matter of style, or of what
// machines wrote.
func harmlessIgnore(item string) bool {
	return item == "" || ofStyle().MatchString(item) || builtPlaces().MatchString(item) || strings.Trim(item, "0123456789.\\*/$^()|") == ""
}

// longerIgnore finds a list of what is left out that grew.
func longerIgnore(was, is line) string {
	if !ignoreKey.in(is) || !ignoreKey.in(was) || !sameKey(was.code, is.code) {
		return ""
	}
	more := without(itemsOf(is.code), itemsOf(was.code))
	if len(more) == 1 && strings.EqualFold(more[0], "true") && is.has("errors") {
		return "errors are ignored"
	}
	return leftOut(more)
}

func leftOut(more []string) string {
	if slices.ContainsFunc(more, func(item string) bool { return !harmlessIgnore(item) && !plainValue(item) }) {
		return "a check leaves out more than before"
	}
	return ""
}

// plainValue tells values that are no item of a list.
func plainValue(item string) bool {
	return slices.Contains([]string{"true", "false", "null", "none"}, strings.ToLower(item))
}

func sameKey(a, b string) bool {
	cut := func(code string) string { return strings.TrimRight(code[:strings.IndexAny(code+"=", ":=")], " ") }
	return cut(a) == cut(b)
}

// newIgnore finds a list of what is left out that stands there for the first
// time, in settings that were there before.
func newIgnore(l line, b block) string {
	if !setsChecks(l) || l.comment() || !ignoreKey.in(l) || b.kept(l) || len(b.removed) > 0 || !insideSettings(b) {
		return ""
	}
	return leftOut(itemsOf(l.code))
}

// insideSettings says that settings stand on both sides of what was added:
// neither they nor their section are new.
func insideSettings(b block) bool {
	last := len(b.over.lines) - 1
	return last >= 0 && b.over.lines[last].Op == change.Context
}

// ignoredItem finds an item that joined such a list.
func ignoredItem(l line, b block) string {
	if !listItem(l.code) || itemText(l.code) == "" || l.comment() || !setsChecks(l) {
		return ""
	}
	if b.named(l) || countItems(b.added) <= countItems(b.removed) {
		return ""
	}
	h := headOf(l, b)
	key := h.key()
	if h.own || key == "" {
		return ""
	}
	perFile := strings.HasSuffix(key, "per-file-ignores")
	if !perFile && !ignoreKey.in(textLine(key+":")) && !(key == "paths" && slices.ContainsFunc(b.over.lines, func(o change.Line) bool { return strings.Contains(o.Text, "exclu") })) {
		return ""
	}
	if perFile && testPlace(l.code) {
		return ""
	}
	if perFile {
		return leftOut(itemsOf(l.code))
	}
	return leftOut([]string{itemText(l.code)})
}

func countItems(lines []line) int {
	n := 0
	for _, l := range lines[:min(len(lines), maxBeside)] {
		if listItem(l.code) && l.code != "" {
			n++
		}
	}
	return n
}

// testPlace says that an entry is about tests, which assert and hold secrets
// that are none.
func testPlace(code string) bool {
	place, _, _ := strings.Cut(code, "=")
	return slices.ContainsFunc(wordsOf(place, nil), func(w string) bool { return strings.HasPrefix(w, "test") || w == "conftest" })
}

func ignoredPlace(l line, _ block) string {
	if strings.HasPrefix(l.code, "#") || strings.HasPrefix(l.code, "!") {
		return ""
	}
	return leftOut([]string{l.code})
}
