package signal

// isWorkflow tells the files that CI systems obey. An action of one's own runs
// with the same rights as the workflow that calls it.
func isWorkflow(p place) bool {
	if p.ext != ".md" && p.in(
		".github/workflows", ".github/actions", ".gitea/workflows", ".gitea/actions", ".forgejo/workflows", ".forgejo/actions", ".gitlab", ".circleci",
		".buildkite", ".woodpecker", ".semaphore", ".teamcity", ".azure-pipelines", ".azuredevops", ".tekton", ".builds", ".harness", ".zuul.d", ".concourse",
	) {
		return true
	}
	if p.named("action.yml", "action.yaml", ".travis.yml", ".drone.yml", ".drone.yaml", ".drone.star", ".drone.jsonnet", "appveyor.yml", ".appveyor.yml",
		"bitbucket-pipelines.yml", "cloudbuild.yaml", "cloudbuild.yml", ".woodpecker.yml", ".woodpecker.yaml", "buildspec.yml", "buildspec.yaml",
		"jenkinsfile", "earthfile", ".cirrus.yml", ".cirrus.star", "wercker.yml", "circle.yml", ".scrutinizer.yml", ".build.yml", "buildkite.yml",
		".zuul.yaml", ".prow.yaml", "screwdriver.yaml", "bitrise.yml", "codemagic.yaml", "codeship-steps.yml", "codeship-services.yml", "atlantis.yaml",
		"semaphore.yml",
		"azure-pipelines.yml") {
		return true
	}
	return p.begins(".gitlab-ci", "azure-pipelines", "jenkinsfile.", "cloudbuild.", "buildspec-", "buildspec.") && !p.hasExt(".md", ".go", ".py", ".js", ".ts") ||
		p.ends(".jenkinsfile", ".gitlab-ci.yml")
}

// isLockFile tells files in which a package manager wrote exact versions.
func isLockFile(p place) bool {
	return p.named("go.sum", "go.work.sum", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb",
		"deno.lock", "cargo.lock", "gemfile.lock", "gems.locked", "poetry.lock", "pdm.lock", "uv.lock", "pylock.toml", "pipfile.lock", "conda-lock.yml",
		"composer.lock", "symfony.lock", "gradle.lockfile", "packages.lock.json", "paket.lock", "podfile.lock", "package.resolved", "cartfile.resolved",
		"pubspec.lock", "mix.lock", "flake.lock", "conan.lock", ".terraform.lock.hcl", "chart.lock", "helmfile.lock", "requirements.lock", "pixi.lock",
		"rebar.lock", "cabal.project.freeze", "stack.yaml.lock", "renv.lock", "shard.lock", "buf.lock", "module.bazel.lock", "maven_install.json",
		"berksfile.lock", "brewfile.lock.json", "devbox.lock", "mise.lock", "spago.lock", "dub.selections.json", "nimble.lock", "luarocks.lock",
		"vcpkg-lock.json", "lazy-lock.json", "cpanfile.snapshot", "atlas.sum", "npins.lock") ||
		p.ends(".gemfile.lock", ".opam.locked", ".gradle.lockfile", "-buildscript-gradle.lockfile")
}
