package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// disabledSettings are files that tell a check what to look at.
func disabledSettings() []rule {
	return []rule{
		turned("off 0", ruleLevel.whole, ruleSwitchedOff),
		off("off 0", "a rule about security is off", `(?i)^["'](?:[@\w-]+/)*[\w/-]*(?:security|eval|unsafe|unsanitized|danger|secret|xss|inject|new-func|script-url)[\w/-]*["']\s*:\s*\[?\s*["']?(?:off\b|0\b)`).uncommented(),
		{files: []string{".golangci.yml", ".golangci.yaml"}, on: change.Delete, match: unlessKept(shorterList(linterItem))},
		{files: []string{".pre-commit-config.yaml", ".semgrep.yml", ".semgrep.yaml", "lefthook.yml"}, on: change.Delete, match: unlessKept(shorterList(hookItem))},
		{files: []string{"dependabot.yml", "dependabot.yaml"}, on: change.Delete, match: unlessKept(shorterList(ecosystem))},
		{files: strings.Fields(".semgrepignore .trivyignore .gitleaksignore .nsprc .snyk .bandit .gitleaks.toml gitleaks.toml osv-scanner.toml audit-ci.json audit-ci.jsonc .secrets.baseline .trivyignore.yaml"), on: change.Add, match: unlessKept(ignoredFinding)},
		turned("target under minimum level warnings coverage", askedBound.whole, looserBound),
		turned("test tests lint check ci verify validate audit precommit", checkTarget.whole, fewerParts),
		off("pass audit accept automerge auto", "nobody has to look any more", `(?i)\bpassWithNoTests["']?\s*[:=]\s*true|^["']?audit(?:_?(?:logs?|logging|enabled|trail))?["']?\s*[:=]\s*["']?(?:false|off)\b|\bauto_?accept\w*["']?\s*[:=]\s*["']?true|^["']?(?:platform)?auto_?merge["']?\s*:\s*true|\bgh pr merge\b.*--auto`).uncommented(),
		became("always", neverApplied),
	}
}

var (
	ruleLevel  = probing(`(?i)^["']?((?:@?[\w-]+/)*(?:no|detect|require|valid)-[\w/-]+)["']?\s*:\s*\[?\s*["']?(error|warn|off|[012])\b`)
	linterItem = probing(`^-\s+["']?[a-z]\w+["']?$`)
	hookItem   = probing(`^-\s+(?:id:\s*|["']?p/)\S+`)
	ecosystem  = probing(`^(?:-\s+)?package-ecosystem:`)
	inverse    = probing(`(?i)disable|exclude|skip|ignore|path`)
)

// ruleSwitchedOff finds a rule that was an error or a warning before.
func ruleSwitchedOff(was, is line) string {
	now := ruleLevel.of(is)
	if now == nil {
		return ""
	}
	before := ruleLevel.of(was)
	if before == nil || now[1] != before[1] || !silent(now[2]) || silent(before[2]) {
		return ""
	}
	return "a rule of a linter is off"
}

func silent(level string) bool { return level == "0" || strings.EqualFold(level, "off") }

// shorterList finds an item that left a list and got no successor.
func shorterList(item probe) func(line, block) string {
	return func(l line, b block) string {
		if !item.in(l) || inverse.in(textLine(listHead(l, b))) {
			return ""
		}
		if countIn(b.added, item) >= countIn(b.removed, item) {
			return ""
		}
		return "a list of checks became shorter"
	}
}

func countIn(lines []line, item probe) int {
	n := 0
	for _, l := range lines[:min(len(lines), maxBeside)] {
		if item.in(l) {
			n++
		}
	}
	return n
}

// listHead gives the key of the list of a removed item.
func listHead(l line, b block) string {
	at := placeIn(b.removed, l)
	for i := at - 1; i >= max(0, at-maxBeside); i-- {
		if !strings.HasPrefix(b.removed[i].code, "-") {
			return b.removed[i].code
		}
	}
	return listAbove(b)
}

var findingEntry = probing(`(?i)allow_?list|\b(?:id|paths?|regexes|stopwords|commits|ignore\w*|skips?|exclude\w*|hashed_secret|whitelist)["']?\s*[:=]|SNYK-|GHSA-|CVE-\d|GO-\d{4}|^["']{1,3}[^"']+["']{1,3},?$`)

// ignoredFinding reads the files in which findings are listed that do not
// count. Where nothing but such entries stands, every line is one.
func ignoredFinding(l line, b block) string {
	p := splitPath(l.path)
	if l.code == "" || strings.HasPrefix(l.code, "#") || strings.HasPrefix(l.code, "//") {
		return ""
	}
	if !p.ends("ignore") && !findingEntry.in(l) {
		return ""
	}
	if slices.ContainsFunc(b.removed, func(o line) bool { return withoutNumbers(o.code) == withoutNumbers(l.code) }) {
		return ""
	}
	return "findings of a scanner are ignored"
}
