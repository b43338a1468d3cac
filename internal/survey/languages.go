package survey

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/signal"
)

// Language is a language with its number of files.
type Language struct {
	Name  string
	Files int
}

// languages counts files by their endings, vendored ones left out.
func languages(paths []string) []Language {
	counts := map[string]int{}
	for _, p := range paths {
		if name := languageNames()[strings.ToLower(path.Ext(p))]; name != "" && !strings.Contains("/"+p, "/vendor/") && !strings.Contains("/"+p, "/node_modules/") {
			counts[name]++
		}
	}
	var list []Language
	for name, n := range counts {
		list = append(list, Language{name, n})
	}
	slices.SortFunc(list, func(a, b Language) int { return cmp.Or(b.Files-a.Files, cmp.Compare(a.Name, b.Name)) })
	return list
}

func languageNames() map[string]string {
	return map[string]string{
		".c": "C", ".cc": "C++", ".cpp": "C++", ".cs": "C#", ".dart": "Dart", ".ex": "Elixir", ".exs": "Elixir", ".go": "Go", ".hs": "Haskell", ".java": "Java",
		".js": "JavaScript", ".jsx": "JavaScript", ".mjs": "JavaScript", ".kt": "Kotlin", ".kts": "Kotlin", ".lua": "Lua", ".php": "PHP", ".py": "Python", ".rb": "Ruby", ".rs": "Rust",
		".scala": "Scala", ".sh": "Shell", ".sql": "SQL", ".svelte": "Svelte", ".swift": "Swift", ".tf": "Terraform", ".ts": "TypeScript", ".tsx": "TypeScript", ".vue": "Vue", ".zig": "Zig",
	}
}

// manifests gives the files that begin a package, outside of vendored folders.
func manifests(paths []string) []string {
	var found []string
	for _, p := range paths {
		if signal.IsManifest(p) && !beside(p) {
			found = append(found, p)
		}
	}
	return found
}

// beside says that a file lies where packages are no part of the product.
func beside(p string) bool {
	return slices.ContainsFunc(strings.Split(strings.ToLower(p), "/"), func(name string) bool {
		switch name {
		case "vendor", "node_modules", "testdata", "test", "tests", "e2e", "example", "examples", "fixtures", "__tests__", "samples", "templates":
			return true
		}
		return false
	})
}

// services gives a pattern for each folder that holds two or more packages
// beside each other: services/api and services/web are two services.
func services(manifests []string) []string {
	beside := map[string]map[string]bool{}
	for _, m := range manifests {
		folder := path.Dir(m)
		if folder == "." || path.Dir(folder) == "." {
			continue
		}
		parent := path.Dir(folder)
		if beside[parent] == nil {
			beside[parent] = map[string]bool{}
		}
		beside[parent][folder] = true
	}
	var patterns []string
	for parent, folders := range beside {
		if len(folders) > 1 && !strings.ContainsAny(parent, `*?[]{}\`) {
			patterns = append(patterns, parent+"/*")
		}
	}
	slices.Sort(patterns)
	return patterns
}

// guide gives a documentation file, the README of the root before others.
func guide(paths []string) string {
	first := ""
	for _, p := range paths {
		switch {
		case strings.EqualFold(p, "README.md"):
			return p
		case first == "" && strings.HasSuffix(p, ".md") && isPlain(p) && !sensitive(p):
			first = p
		}
	}
	return first
}

// isPlain says that a path can stand in a policy, and before a person's eyes.
func isPlain(p string) bool {
	return len(p) < 200 && strings.Trim(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./@+ ()[]") == ""
}

// bots gives the bots whose settings lie here.
func bots(paths []string) []string {
	var found []string
	for _, p := range paths {
		switch p {
		case ".github/dependabot.yml", ".github/dependabot.yaml":
			found = append(found, "dependabot[bot]")
		case "renovate.json", "renovate.json5", ".github/renovate.json", ".github/renovate.json5", ".renovaterc", ".renovaterc.json":
			found = append(found, "renovate[bot]")
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
