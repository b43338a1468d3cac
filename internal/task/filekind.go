package task

import (
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// fileKind says what a file is for, by its path, as a noun. It words what people read
// and routes nothing: the facts that route are measured by the signals.
type fileKind string

const (
	kindCode      fileKind = "code file"
	kindTest      fileKind = "test file"
	kindDocs      fileKind = "documentation file"
	kindConfig    fileKind = "configuration file"
	kindManifest  fileKind = "dependency manifest"
	kindLock      fileKind = "lock file"
	kindMigration fileKind = "migration"
	kindWorkflow  fileKind = "workflow"
	kindAsset     fileKind = "asset"
	kindBinary    fileKind = "binary"
)

var (
	testPath      = lazily(`(?i)(?:^|/)(?:tests?|__tests__|spec|specs|testdata|e2e|fixtures|__snapshots__)/|_test\.[a-z]+$|\.(?:test|spec)\.[a-z]+$|(?:^|/)test_[^/]+\.py$|(?:^|/)conftest\.py$|Tests?\.(?:java|kt|cs|swift)$|_spec\.rb$|\.snap$`)
	migrationPath = lazily(`(?i)(?:^|/)(?:migrations?|migrate|alembic/versions)/`)
	workflowPath  = lazily(`^\.github/(?:workflows|actions)/|^\.gitlab-ci\.yml$|^\.circleci/|^Jenkinsfile$|^azure-pipelines\.yml$|^\.buildkite/`)
	docsPath      = lazily(`(?i)(?:^|/)docs?/.*\.(?:md|mdx|rst|txt|adoc|png|svg|jpe?g|gif)$|\.(?:md|mdx|rst|adoc)$|(?:^|/)(?:LICENSE|NOTICE|AUTHORS|CHANGELOG|CONTRIBUTING|CODEOWNERS)[^/]*$`)
	assetPath     = lazily(`(?i)\.(?:png|jpe?g|gif|webp|ico|svg|woff2?|ttf|otf|eot|mp4|pdf|zip)$`)
	configPath    = lazily(`(?i)\.(?:ya?ml|toml|ini|cfg|conf|json|jsonc|properties|env|editorconfig|tf|tfvars)$|(?:^|/)(?:Dockerfile|Makefile|\.[^/]+)$`)
	requirements  = lazily(`(?:^|/)requirements[^/]*\.(?:txt|in)$`)
)

func kindOf(p string) fileKind {
	base := path.Base(p)
	switch {
	case workflowPath().MatchString(p):
		return kindWorkflow
	case slices.Contains([]string{"go.sum", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "Cargo.lock", "poetry.lock", "uv.lock", "Pipfile.lock", "Gemfile.lock", "composer.lock", "mix.lock", "flake.lock"}, base):
		return kindLock
	case requirements().MatchString(p), slices.Contains([]string{"go.mod", "package.json", "Cargo.toml", "pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "Gemfile", "composer.json", "pom.xml", "build.gradle", "build.gradle.kts", "mix.exs"}, base), strings.HasSuffix(base, ".csproj"), strings.HasSuffix(base, ".gemspec"):
		return kindManifest
	case testPath().MatchString(p):
		return kindTest
	case migrationPath().MatchString(p):
		return kindMigration
	case docsPath().MatchString(p):
		return kindDocs
	case assetPath().MatchString(p):
		return kindAsset
	case configPath().MatchString(p):
		return kindConfig
	}
	return kindCode
}

// kindOfFile is the kind of a row: a binary whose path says nothing is no code.
func kindOfFile(f change.File) fileKind {
	kind := kindOf(f.Path)
	if f.Binary && kind == kindCode {
		return kindBinary
	}
	return kind
}

// onlyUpkeep says that every file is documentation, a test or a workflow, so
// that no user of the program can notice the change.
func onlyUpkeep(c change.Change) bool {
	for _, f := range c.Files {
		for _, p := range f.Paths() {
			if !slices.Contains([]fileKind{kindDocs, kindTest, kindWorkflow}, kindOf(p)) {
				return false
			}
		}
	}
	return len(c.Files) > 0 && c.Complete()
}
