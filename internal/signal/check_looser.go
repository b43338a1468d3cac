package signal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

var (
	askedBound   = probing(`(?i)\b(target|(?:cov-)?fail[-_]under|minimum\w*|min[-_]?coverage|errorLevel|level|max-?warnings)["']?\s*[:= ]+\s*["']?(\d{1,4})(?:\.\d+)?\b`)
	boundedFiles = probing(`(?i)codecov|coverage|jest|nyc|c8|pyproject|setup\.cfg|tox\.ini|sonar|phpstan|psalm|package\.json|makefile|justfile|eslint|\.github/|gitlab|jacoco|simplecov|spec_helper|build\.gradle|pom\.xml`)
)

// looserBound finds a check that asks for less coverage, or lets more
// warnings pass.
func looserBound(was, is line) string {
	now := askedBound.of(is)
	if now == nil {
		return ""
	}
	before := askedBound.of(was)
	if before == nil || !strings.EqualFold(now[1], before[1]) || !boundedFiles.in(textLine(is.path)) {
		return ""
	}
	x, _ := strconv.Atoi(before[2])
	y, _ := strconv.Atoi(now[2])
	switch key := strings.ToLower(now[1]); {
	case key == "level" && !strings.Contains(is.path, "phpstan"):
		return ""
	case key == "errorlevel", strings.HasPrefix(key, "max"):
		x, y = y, x
	}
	if y < x {
		return "a check asks for less than before"
	}
	return ""
}

// textLine makes any text searchable by an expression.
func textLine(text string) line {
	l := readLine(change.Line{Text: text}, site{class: Code})
	return l
}

var checkTarget = probing(`(?i)^["']?((?:pre-?commit|pre-?push|tests?|lint|check|ci|verify|validate|audit)[\w:-]*)["']?\s*:{1,2}\s*(.*)$`)

// fewerParts finds a target of checks that runs less of what it ran, or
// nothing that checks.
func fewerParts(was, is line) string {
	now := checkTarget.of(is)
	if now == nil {
		return ""
	}
	before := checkTarget.of(was)
	if before == nil || now[1] != before[1] || !buildTargets(is.path) {
		return ""
	}
	less, more := partsOf(now[2]), partsOf(before[2])
	lost := without(more, less)
	switch command := strings.Trim(now[2], `"', `); {
	case len(without(less, more)) == 0 && slices.ContainsFunc(lost, func(w string) bool { return !strings.HasPrefix(w, "-") && w != "&&" }):
		return "a target runs fewer checks"
	case strings.HasPrefix(command, "echo "), command == "exit 0", command == "true":
		return "a target checks nothing"
	}
	return ""
}

func buildTargets(path string) bool {
	p := splitPath(path)
	return p.named("makefile", "gnumakefile", "justfile", "package.json", "composer.json", "taskfile.yml", "deno.json") || p.hasExt(".mk")
}

// neverApplied finds a rule for agents that no longer holds everywhere.
func neverApplied(was, is line) string {
	if strings.HasPrefix(was.code, "alwaysApply: true") && strings.HasPrefix(is.code, "alwaysApply: false") {
		return "a rule for agents no longer always holds"
	}
	return ""
}

// maxTargetParts bounds how many parts of one target are compared.
const maxTargetParts = 40

func partsOf(command string) []string {
	parts := strings.FieldsFunc(command, func(r rune) bool { return strings.ContainsRune(`"', `, r) })
	return parts[:min(len(parts), maxTargetParts)]
}

// without gives the parts that the other list lacks.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(w string) bool { return slices.Contains(other, w) })
}
