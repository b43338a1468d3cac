package signal

import "strings"

// isWorkflow tells the files that CI systems obey. An action of one's own runs
// with the same rights as the workflow that calls it.
func isWorkflow(p place) bool {
	for _, folder := range []string{
		".github/workflows", ".github/actions", ".gitea/workflows", ".forgejo/workflows", ".gitlab", ".circleci",
		".buildkite", ".woodpecker", ".semaphore", ".teamcity", ".azure-pipelines", ".tekton",
	} {
		if p.in(folder) && !p.hasExt(".md") {
			return true
		}
	}
	if p.named("action.yml", "action.yaml", ".travis.yml", ".drone.yml", ".drone.yaml", "appveyor.yml", ".appveyor.yml", "bitbucket-pipelines.yml",
		"cloudbuild.yaml", "cloudbuild.yml", ".woodpecker.yml", ".woodpecker.yaml", "buildspec.yml", "jenkinsfile", "earthfile") {
		return true
	}
	return strings.HasPrefix(p.name, ".gitlab-ci") || strings.HasPrefix(p.name, "azure-pipelines") || strings.HasSuffix(p.name, ".jenkinsfile")
}

// isLockFile tells files in which a package manager wrote exact versions.
func isLockFile(p place) bool {
	return p.named("go.sum", "go.work.sum", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb",
		"deno.lock", "cargo.lock", "gemfile.lock", "poetry.lock", "pdm.lock", "uv.lock", "pipfile.lock", "composer.lock", "gradle.lockfile",
		"packages.lock.json", "paket.lock", "podfile.lock", "package.resolved", "pubspec.lock", "mix.lock", "flake.lock", "conan.lock",
		".terraform.lock.hcl", "chart.lock", "requirements.lock", "pixi.lock", "rebar.lock", "cabal.project.freeze", "stack.yaml.lock")
}
