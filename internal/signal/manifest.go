package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// manifestFolders gives the folders that have a manifest, at the base or in
// the change.
func manifestFolders(in Input) map[string]bool {
	folders := map[string]bool{}
	for _, path := range in.manifestPaths() {
		folders[parent(path)] = true
	}
	for _, f := range in.Change.Files {
		// A removed or renamed manifest counts too: it was one at the base.
		for _, path := range f.Paths() {
			if isManifest(path) {
				folders[parent(path)] = true
			}
		}
	}
	return folders
}

// manifestPaths gives the manifests of the base.
func (in Input) manifestPaths() []string {
	if in.Manifests != nil {
		return in.Manifests
	}
	var paths []string
	for _, path := range in.Tree {
		if isManifest(path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// IsManifest says whether a path belongs into Input.Manifests.
func IsManifest(path string) bool { return isManifest(path) }

// isManifest tells the file by which a package manager or a build knows the
// folder as a thing of its own.
func isManifest(path string) bool {
	name := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	if !manifestName(name) && !slices.Contains(manifestExts(), extOf(name)) {
		return false
	}
	return !strings.HasPrefix(path, "vendor/") && !strings.Contains(path, "/vendor/") && !strings.Contains(path, "node_modules/")
}

// manifestName is a switch because it is asked of every path at the base.
func manifestName(name string) bool {
	switch name {
	case "go.mod", "package.json", "deno.json", "jsr.json", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "pipfile", "cargo.toml",
		"pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "project.clj", "deps.edn", "gemfile", "composer.json", "mix.exs", "rebar.config",
		"gleam.toml", "pubspec.yaml", "package.swift", "chart.yaml", "stack.yaml", "package.yaml", "dune-project", "shard.yml", "elm.json",
		"build.zig.zon", "cpanfile", "description", "project.toml", "serverless.yml", "wrangler.toml", "wrangler.jsonc", "fly.toml":
		return true
	}
	return false
}

func manifestExts() []string {
	return []string{".csproj", ".fsproj", ".vbproj", ".gemspec", ".podspec", ".cabal", ".rockspec", ".nimble"}
}

func extOf(name string) string {
	_, ext := splitExt(name)
	return ext
}

// onlyBumped says that the lines of a manifest differ in version numbers and
// in nothing else. Such a change is as far-reaching as its lock file. Only the
// lines of one block excuse each other.
func onlyBumped(f change.File) bool {
	if f.Withheld || f.OldPath != "" {
		return false
	}
	for i := range f.Hunks {
		for lines := range blocksOf(f.Hunks[i].Lines) {
			if !bumped(lines) {
				return false
			}
		}
	}
	return true
}

// blocksOf gives the runs of changed lines.
func blocksOf(lines []change.Line) func(func([]change.Line) bool) {
	return func(yield func([]change.Line) bool) {
		for len(lines) > 0 {
			end := slices.IndexFunc(lines, func(l change.Line) bool { return l.Op == change.Context })
			if end < 0 {
				end = len(lines)
			}
			if end > 0 && !yield(lines[:end]) {
				return
			}
			lines = lines[min(end+1, len(lines)):]
		}
	}
}

func bumped(lines []change.Line) bool {
	var removed, added []string
	for _, l := range lines {
		if l.Op == change.Delete {
			removed = append(removed, withoutVersions(l.Text))
		} else {
			added = append(added, withoutVersions(l.Text))
		}
	}
	slices.Sort(removed)
	slices.Sort(added)
	return slices.Equal(removed, added)
}

// withoutVersions takes every number out of a line that has a dot behind it,
// with what belongs to it: "^1.2.3-rc.1" leaves nothing. A number by itself
// stays: it may be a port or a limit.
func withoutVersions(text string) string {
	var rest strings.Builder
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\"'(),;=<>^~[]{}@:|", r) }) {
		if !version(part) {
			rest.WriteString(part)
			rest.WriteByte(' ')
		}
	}
	return rest.String()
}

func version(part string) bool {
	part = strings.TrimPrefix(part, "v")
	digits := strings.TrimLeft(part, "0123456789")
	return len(digits) < len(part) && strings.HasPrefix(digits, ".")
}
