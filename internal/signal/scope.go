package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

// noTree is what NotExamined says where the base's paths are not known.
const noTree = "cross-service: the paths at the base are not known, so only manifests inside the change were seen"

// scopeOf measures how far a change reaches. Adding a file, a manifest or a
// second path of a rename can only widen it.
func scopeOf(in Input) task.Scope {
	switch files := len(in.Change.Files); {
	case files == 0:
		return 0
	case len(services(in)) > 1:
		return task.CrossService
	case files == 1:
		return task.SingleFile
	}
	return task.MultiFile
}

// services gives the services that a change touches, sorted.
func services(in Input) []string {
	serviceOf := byManifest(in)
	if len(in.Services) > 0 {
		serviceOf = byPattern(in)
	}
	touched := map[string]bool{}
	for _, f := range in.Change.Files {
		for _, path := range f.Paths() {
			if name, ok := serviceOf(path); ok {
				touched[name] = true
			}
		}
	}
	names := make([]string, 0, len(touched))
	for name := range touched {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// byPattern finds the outermost folder that a pattern of the policy names. A
// file outside all of them is in no service.
func byPattern(in Input) func(string) (string, bool) {
	known := map[string]string{} // folder → service, "" for none
	var find func(folder string) string
	find = func(folder string) string {
		if folder == "" {
			return ""
		}
		if name, ok := known[folder]; ok {
			return name
		}
		name := find(parent(folder))
		if name == "" && in.named(folder) {
			name = folder
		}
		known[folder] = name
		return name
	}
	return func(path string) (string, bool) {
		name := find(parent(path))
		return name, name != ""
	}
}

func (in Input) named(folder string) bool {
	for _, p := range in.Services {
		if p.MatchFold(folder) {
			return true
		}
	}
	return false
}

// byManifest finds the nearest folder with a manifest; the root counts as one.
func byManifest(in Input) func(string) (string, bool) {
	folders := manifestFolders(in)
	return func(path string) (string, bool) {
		for folder := parent(path); folder != ""; folder = parent(folder) {
			if folders[folder] {
				return folder, true
			}
		}
		return "", true
	}
}

func manifestFolders(in Input) map[string]bool {
	folders := map[string]bool{}
	add := func(path string) {
		if isManifest(path) {
			folders[parent(path)] = true
		}
	}
	for _, path := range in.Tree {
		add(path)
	}
	for _, f := range in.Change.Files {
		// A removed or renamed manifest counts too: it was one at the base.
		for _, path := range f.Paths() {
			add(path)
		}
	}
	return folders
}

func isManifest(path string) bool {
	name := path[strings.LastIndexByte(path, '/')+1:]
	switch name {
	case "go.mod", "package.json", "pyproject.toml", "setup.py", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts", "Gemfile",
		"composer.json", "mix.exs", "pubspec.yaml", "Package.swift", "build.sbt", "deno.json", "Chart.yaml", "project.clj", "stack.yaml":
	default:
		if !strings.HasSuffix(name, ".csproj") && !strings.HasSuffix(name, ".fsproj") && !strings.HasSuffix(name, ".gemspec") {
			return false
		}
	}
	return !strings.HasPrefix(path, "vendor/") && !strings.Contains(path, "/vendor/") && !strings.Contains(path, "node_modules/")
}

// parent gives the folder of a path, "" at the root.
func parent(path string) string {
	if slash := strings.LastIndexByte(path, '/'); slash >= 0 {
		return path[:slash]
	}
	return ""
}
