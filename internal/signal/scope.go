package signal

import (
	"maps"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/task"
)

// scopeOf measures how far a change reaches. Adding a file, a manifest or a
// second path of a rename can only widen it.
func scopeOf(in Input) task.Scope {
	switch files := len(in.Change.Files); {
	case files == 0:
		return 0
	case len(services(in)) > 1, !in.knowsServices() && in.spread(), in.crossesOther():
		return task.CrossService
	case files == 1:
		return task.SingleFile
	}
	return task.MultiFile
}

// crossesOther asks the further lists of services.
func (in Input) crossesOther() bool {
	return slices.ContainsFunc(in.AlsoServices, func(list []glob.Pattern) bool {
		in.Services = list
		return len(services(in)) > 1
	})
}

// services gives the services that a change touches, sorted: those whose
// behaviour it can alter. Documentation in two of them touches none.
func services(in Input) []string {
	serviceOf := byManifest(in)
	if len(in.Services) > 0 {
		serviceOf = byPattern(in)
	}
	touched := map[string]bool{}
	for _, f := range in.Change.Files {
		for _, path := range f.Paths() {
			if name, ok := serviceOf(path); ok && !touched[name] && in.touches(f, path) {
				touched[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(touched))
}

// knowsServices says that the policy or a manifest at the base tells what the
// services are. A manifest inside the change does not: its author could use
// one to make several modules look like one service.
func (in Input) knowsServices() bool {
	return len(in.Services) > 0 || len(in.Manifests) > 0 || in.Manifests == nil && slices.ContainsFunc(in.Tree, isManifest)
}

// spread judges by folders alone, where nothing tells the services: three or
// more files that carry behaviour in two or more modules, or two modules that
// hang together.
func (in Input) spread() bool {
	modules, files := in.touchedModules()
	return len(modules) > 1 && (files >= 3 || len(in.coupled()) > 0)
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

// parent gives the folder of a path, "" at the root.
func parent(path string) string {
	if slash := strings.LastIndexByte(path, '/'); slash >= 0 {
		return path[:slash]
	}
	return ""
}
