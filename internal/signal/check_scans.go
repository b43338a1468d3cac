package signal

import "strings"

// disabledScans silence what looks at code.
func disabledScans() []rule {
	return []rule{
		off("nosec gosec nolint noqa nosonar sonar codeql lgtm semgrep nosemgrep bandit checkov tfsec trivy brakeman snyk gitleaks pragma allowlist detect secret", "a finding of a scanner is silenced",
			`(?i)#\s*nosec\b|//\s*#nosec|nolint:[\w,]*gosec|noqa:?\s*S\d|\bNOSONAR\b|codeql\[|lgtm\s*\[|nosemgrep|checkov:skip|tfsec:ignore|trivy:ignore|brakeman:ignore|gitleaks:allow|pragma:\s*allowlist|@SuppressWarnings\(.*(?:squid|java:S|security)|@SuppressFBWarnings|#pragma warning disable (?:CA|SCS|S)\d`),
		off("eslint disable security no", "a finding of a scanner is silenced", `(?i)eslint-disable[\w-]*[^*]*\b(?:security/|no-eval|no-unsanitized|no-implied-eval|no-danger|react/no-danger)`),
		off("scanning scan scanner protection antivirus defender secret dependabot codeql sast", "a scan is switched off", `(?i)\b(?:secret_?scanning|push_?protection|code_?scanning|vulnerability_?alerts|branch_?protection|antivirus|dependency_?scan\w*|image_?scan\w*|scan_?on_?push|sast|realtime_?monitoring)[\w.]*["']?\s*[:=]\s*["']?(?:false|off|disabled|none)|DisableRealtimeMonitoring\s+\$true|(?:enforce_admins|required_status_checks|required_pull_request_reviews|dismiss_stale_reviews|require_code_owner_reviews|required_signatures)["']?\s*[:=]\s*["']?(?:false|null|none)`).uncommented(),
		off("allow ignore skip severity exit code audit level", "findings no longer count", `(?i)--exit-(?:zero|code[ =]0)\b|\bexit-code:\s*["']?0|--audit-level[= ](?:none|critical)|--ignore-unfixed|\bfail[-_]?(?:on|_ci_if)_?(?:error|severity|threshold|findings?|critical|high|issues?)?["']?\s*[:=]\s*["']?(?:false|none|never)|soft_?fail["']?\s*[:=]\s*true|--passWithNoTests|failOn(?:Error|Violation)["']?\s*[:=]\s*false|ignoreFailures\s*=\s*true|testFailureIgnore>true`).uncommented(),
	}
}

// disabledGates are steps of a pipeline whose failure no longer counts.
func disabledGates() []rule {
	return []rule{
		off("continue error allow failure", "a failing step goes on", `(?i)^-?\s*continue-on-error:\s*["']?true|^-?\s*allow_failure:\s*["']?true|continueOnError:\s*true`).where(pipelined),
		off("if when never", "a step never runs", `(?i)^-?\s*if:\s*["']?(?:false|\$\{\{\s*false\s*\}\})["']?\s*$|^-?\s*when:\s*never`).where(pipelined),
		off(checkers+" true exit", "the failure of a check is swallowed", `(?:\|\|\s*(?:true|:|echo\b|exit\s+0)|;\s*(?:true|exit\s+0)\s*$)`).where(runsCheck),
		off("fail ci exit zero pass passwithnotests no verify skip tests test dskiptests skiptests", "a check is skipped", `(?i)fail_ci_if_error:\s*["']?false|--exit-zero\b|--passWithNoTests\b|--no-verify\b|-DskipTests\b|-Dmaven\.test\.skip(?:=true)?\b|maven\.test\.skip>true|<skipTests>true|-x\s+test\b|SKIP_(?:TESTS|CHECKS|LINT)\w*["']?\s*[:=]\s*["']?(?:1|true)|HUSKY=0|\[skip ci\]|--skip-tests\b`).uncommented(),
		became("threshold coverage branches lines functions statements minimum under fail min", lowerThreshold),
		taken("set pipefail", "a script goes on after an error", `^set\s+-\w*e\w*|^set\s+-o\s+(?:pipefail|errexit)`),
	}
}

const checkers = `test tests lint pytest jest vitest mocha rspec phpunit phpstan eslint ruff mypy flake8 pylint tsc typecheck clippy gosec golangci staticcheck vet govulncheck audit trivy
	snyk semgrep codeql bandit gitleaks trufflehog sonar checkov tfsec verify check checkstyle spotbugs rubocop brakeman grype scan shellcheck hadolint`

func pipelined(l line) bool {
	return (l.ext == ".yml" || l.ext == ".yaml") && !l.comment() && !describes(l)
}

// runsCheck says that a line starts a check, and not only searches for one.
func runsCheck(l line) bool {
	return l.has(strings.Fields(checkers)...) && !l.comment() && shellLike(l) && !l.has("docker", "rm", "grep", "kill", "mkdir", "cat", "stop", "systemctl", "which", "command")
}

// shellLike says that commands stand in the file.
func shellLike(l line) bool {
	switch l.ext {
	case ".yml", ".yaml", ".sh", ".bash", ".zsh", ".mk", ".json", ".toml", ".dockerfile", ".md", ".mdc", ".gradle", "":
		return true
	}
	return false
}
