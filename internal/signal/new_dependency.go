package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

func newDependency() Signal {
	return Signal{
		ID:      "new-dependency",
		Summary: "a manifest names a dependency that it did not name before",
		Why:     "a new dependency is a decision for years: its licence, its care and its rights come with it",
		Example: "+	\"left-pad\": \"^1.3.0\",",
		Fix:     "a bump does not fire where the old line stands beside the new one",
		Needs:   []Need{NeedsDiff},
		Content: &content{reads: notProse, rules: dependencyRules},
	}
}

func dependencyRules() []rule {
	rules := make([]rule, 0, len(manifests()))
	for _, m := range manifests() {
		name := probing(m.expr)
		rules = append(rules, rule{files: m.files, on: change.Add, match: unlessKept(func(l line, b block) string {
			added := dependency(l, name.of(l))
			if added == "" {
				return ""
			}
			for _, was := range b.beside(l) {
				if dependency(was, name.of(was)) == added {
					return ""
				}
			}
			return "a dependency is added: " + added
		})})
	}
	return rules
}

// dependency gives the name in a line, "" where the line names a setting.
func dependency(l line, found []string) string {
	if found == nil || l.comment() || strings.Contains(l.code, "// indirect") {
		return ""
	}
	for _, name := range found[1:] {
		if name != "" && !settingName(name) {
			return name
		}
	}
	return ""
}

// settingName lists names of manifests that look like a dependency.
func settingName(name string) bool {
	switch name {
	case "version", "node", "npm", "pnpm", "yarn", "bun", "packageManager", "php", "python", "requires-python", "target-version", "edition", "rust-version", "go", "toolchain",
		"name", "description", "license", "sdk", "flutter", "vscode", "engines", "resolver", "homepage", "repository", "readme", "main", "types", "module", "url", "target", "minimum-stability",
		"line-length", "python_version", "publish_to", "environment", "path", "branch", "rev", "tag", "git", "build-backend", "optional", "features", "authors", "documentation", "dev", "test", "build":
		return true
	}
	return false
}

// manifest is how the files of one package manager name a dependency.
type manifest struct {
	files []string
	expr  string
}

func manifests() []manifest {
	const gradle = `^(?:implementation|api|compile|compileOnly|runtimeOnly|annotationProcessor|kapt|ksp|classpath|\w*[iI]mplementation|\w*Api|\w*RuntimeOnly|coreLibraryDesugaring)\b\s*\(?\s*(?:platform\()?["']?((?:[\w.-]+:[\w.-]+)|libs\.[\w.]+|projects\.[\w.]+)|^id\(?\s*["']([\w.-]+)["']\)?\s*version`
	const python = `^["']?([A-Za-z][\w.-]*)(?:\[[\w, -]+\])?\s*(?:[~=!<>]=?=?\s*\d|@\s*(?:git|http)|["'],?$|;|\s*$)`
	return []manifest{
		{[]string{"go.mod"}, `^(?:require\s+)?([\w.-]+\.[a-z]+/\S+)\s+v\d`},
		{[]string{"package.json", "deno.json", "deno.jsonc"}, `^"(@?[\w./-]+)":\s*"(?:[~^<>=*]|v?\d+[.\d]|\d+(?:\.x)?"|workspace:|npm:|jsr:|catalog:|git\+|git:|github:|https?://\S+\.(?:tgz|git)|file:|link:|latest"|next")`},
		{[]string{"composer.json"}, `^"([\w.-]+/[\w.-]+|ext-\w+)":\s*"(?:[~^<>=*v\d]|dev-|@)`},
		{[]string{"cargo.toml"}, `^([A-Za-z][\w-]*)(?:\.workspace)?\s*=\s*(?:"[~^=<>*]?\s*\d[\w.*, <>=-]*"|\{\s*(?:version|path|git|workspace|package|default-features)\b|true)|^\[(?:[\w.-]+\.)?(?:dev-|build-)?dependencies\.([\w-]+)\]`},
		{[]string{"pyproject.toml"}, `^["']([A-Za-z][\w.-]*)(?:\[[\w, -]+\])?\s*(?:[~=!<>]=?=?\s*\d.*|@.*|;.*)["'],?$|^([A-Za-z][\w.-]*)\s*=\s*(?:["'](?:[~^=<>*]|\d+\.)|\{\s*(?:version|git|path|url)\b)`},
		{[]string{"pipfile"}, `^["']?([A-Za-z][\w.-]*)["']?\s*=\s*(?:["'](?:[~^=<>*]|\d)|\{)`},
		{[]string{"requirements.txt", "requirements-dev.txt", "requirements.in", "dev-requirements.txt", "requirements_dev.txt", "requirements-test.txt", "constraints.txt"}, python},
		{[]string{"setup.py", "setup.cfg"}, `^["']?([A-Za-z][\w.-]*)(?:\[[\w, -]+\])?\s*(?:[~=!<>]=)\s*\d[\w.,<>=! ]*["']?,?$`},
		{[]string{"pom.xml"}, `^<artifactId>([\w.-]+)</artifactId>`},
		{[]string{"build.gradle", "build.gradle.kts", ".gradle", ".kts"}, gradle},
		{[]string{"libs.versions.toml"}, `^([A-Za-z][\w-]*)\s*=\s*(?:\{\s*(?:module|group|id)\b|"[\w.-]+:[\w.-]+:)`},
		{[]string{"gemfile", ".gemspec"}, `^gem[( ]+["']([\w-]+)|\.add_(?:runtime_|development_)?dependency[( ]+["']([\w-]+)`},
		{[]string{".csproj", ".fsproj", ".vbproj", "directory.packages.props", "directory.build.props"}, `<(?:PackageReference|PackageVersion|GlobalPackageReference)\s+Include="([\w.-]+)"`},
		{[]string{"mix.exs"}, `^\{:(\w+),\s*(?:"|git|github|path|only)`},
		{[]string{"pubspec.yaml"}, `^([a-z]\w*):\s*(?:[~^<>"']*\d+\.[\d.]+|any$)`},
		{[]string{"podfile", ".podspec"}, `^pod\s+["']([\w/-]+)|\.dependency\s+["']([\w/-]+)`},
		{[]string{"package.swift"}, `\.package\((?:name:\s*"[^"]+",\s*)?(?:url|path):\s*"([^"]+)"`},
		{[]string{"build.sbt"}, `"([\w.-]+"\s+%%?%?\s+"[\w.-]+)"\s+%`},
		{[]string{"project.clj", "deps.edn"}, `^\[?([\w.-]+/?[\w.-]+)\s+(?:"\d|\{:mvn/version)`},
		{[]string{"cmakelists.txt", ".cmake"}, `(?i)^(?:FetchContent_Declare|ExternalProject_Add|CPMAddPackage)\(\s*["']?([\w/:#.@-]+)|^find_package\(\s*(\w+)`},
		{[]string{"conanfile.txt", "vcpkg.json", "build.zig.zon", "module.bazel"}, `^([\w-]+/\d[\w.]*)|^"([a-z][\w-]+)",?$|^\.(\w+)\s*=\s*\.\{|bazel_dep\(name\s*=\s*"([\w-]+)"`},
	}
}
