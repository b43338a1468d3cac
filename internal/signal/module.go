package signal

import "strings"

// moduleOf gives the part of a repository that a path belongs to, as far as
// its folders alone tell: a member of a folder of members, such as
// services/pay, or else the folder at the root. It is "" for files at the
// root and under folders of tools, whose names begin with a dot.
func moduleOf(path string) string {
	slash := strings.IndexByte(path, '/')
	if slash <= 0 || path[0] == '.' {
		return ""
	}
	folder, rest := path[:slash], path[slash+1:]
	if next := strings.IndexByte(rest, '/'); next > 0 && holdsMembers(folder, rest) {
		return path[:slash+1+next]
	}
	return folder
}

// holdsMembers tells folders whose members are modules. src of .NET holds one
// project a folder, with a capital; components that draw a page are no modules.
func holdsMembers(folder, rest string) bool {
	switch folder {
	case "services", "packages", "pkgs", "apps", "applications", "libs", "libraries", "cmd", "crates", "modules", "plugins", "projects",
		"microservices", "functions", "lambdas", "gems", "extensions", "workers", "engines", "addons", "workspaces", "features", "domains":
		return true
	case "components":
		return !hasAnySuffix(rest, ".tsx", ".jsx", ".vue", ".svelte", ".css", ".scss")
	case "src":
		return upper(rest[0])
	}
	return false
}

func hasAnySuffix(text string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(text, s) {
			return true
		}
	}
	return false
}

// touchedModules gives the modules that files which carry behaviour belong to,
// by both paths of a rename, and how many such files there are.
func (in Input) touchedModules() (modules map[string]bool, files int) {
	modules = map[string]bool{}
	for _, f := range in.Change.Files {
		found := false
		for _, path := range f.Paths() {
			if module := moduleOf(path); module != "" && in.touches(f, path) {
				modules[module], found = true, true
			}
		}
		if found {
			files++
		}
	}
	return modules, files
}
