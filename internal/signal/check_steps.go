package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// lostChecks are checks that a pipeline no longer runs.
func lostChecks() []rule {
	return []rule{
		{words: strings.Fields(pipelineChecks), on: change.Delete, match: unlessKept(lostStep)},
		{words: []string{"needs"}, on: change.Delete, match: unlessKept(lostNeeds)},
		{files: []string{".yml", ".yaml"}, on: change.Delete, match: unlessKept(lostNeed)},
		{words: []string{"environment"}, on: change.Delete, match: unlessKept(lostEnvironment)},
		{words: []string{"push", "pull"}, on: change.Delete, match: unlessKept(lostTrigger)},
		{files: []string{".yml", ".yaml"}, on: change.Add, match: unlessKept(ignoresAll)},
	}
}

// pipelineChecks are the names of checks, and the families that pass for one
// another: a linter in place of another one is no check less.
const pipelineChecks = checkers + " " + testFamily + " " + lintFamily + " " + typeFamily + ` codecov coverage sast validate phpcs psalm actionlint zizmor
	scorecard dependency kubeconform conftest attestation`

const (
	testFamily = "test tests pytest jest vitest mocha rspec phpunit playwright cypress tox nox ctest gotestsum nextest e2e"
	lintFamily = "lint eslint ruff flake8 pylint clippy golangci staticcheck vet rubocop biome oxlint stylelint swiftlint ktlint detekt checkstyle shellcheck hadolint linter prettier format fmt black"
	typeFamily = "tsc mypy typecheck pyright types"
)

var (
	stepLine    = probing(`(?i)^(?:-\s+)?["']?(?:run|uses|script|bash|cmd|command|sh)["']?\s*:\s*[^|>\s]|^(?:sh|bat)\s+["']`)
	stepCommand = probing(`(?i)^(?:-\s+)?["']?(?:\w+=\S+\s+)*(?:sudo\s+)?(?:npm|pnpm|yarn|bunx?|make|just|task|go|cargo|mvn|\./mvnw|gradle|\./gradlew|dotnet|python3?|tox|nox|uvx?|poetry|pipx?|hatch|pdm|npx|bundle|rake|rails|mix|composer|swift|flutter|dart|php|bazel|deno|pytest|ruff|mypy|eslint|jest|vitest|trivy|grype|snyk|semgrep|gitleaks|bandit|golangci-lint|govulncheck|shellcheck|\./[\w./-]+)\s`)
	noCheck     = probing(`(?i)(?:upload|download|setup|cache|install|checkout|login|buildx?)[\w-]*(?:@|\s|$)|\bpip3? install|\b(?:npm|pnpm|yarn) (?:ci|install|add)\b|^(?:-\s+)?(?:mkdir|cd|echo|cp|rm)\b`)
)

// lostStep fires on a command or an action that checks, where the block has
// no other check of its family.
func lostStep(l line, b block) string {
	if l.class != Workflow || l.comment() || !stepLine.in(l) && !stepCommand.in(l) || noCheck.in(l) {
		return ""
	}
	names := guardWordsOf(l, strings.Fields(pipelineChecks))
	if slices.ContainsFunc(b.beside(l), func(o line) bool { return !o.comment() && sameCheck(names, o) }) {
		return ""
	}
	return "a pipeline no longer runs a check"
}

// sameCheck says that a line names one of the checks or one of their families.
func sameCheck(names []string, o line) bool {
	for _, name := range names {
		if o.has(familyOf(name)...) {
			return true
		}
	}
	return false
}

func familyOf(name string) []string {
	for _, family := range []string{testFamily, lintFamily, typeFamily} {
		if list := strings.Fields(family); slices.Contains(list, name) {
			return list
		}
	}
	if slices.Contains([]string{"check", "verify", "validate"}, name) {
		return strings.Fields(pipelineChecks)
	}
	return []string{name}
}
