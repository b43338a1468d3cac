package signal

import "strings"

func newModule() Signal {
	return Signal{
		ID:      "new-module",
		Summary: "a part of the repository that was not there before: a folder with code, or a folder with a manifest",
		Why:     "what a new module is for, and what it may know, is decided now, with no precedent to follow",
		Example: "services/refunds/main.go, where the base has no services/refunds",
		Fix:     "add the module's empty folder or its manifest in a change of its own, if its code should be placed by itself",
		Needs:   []Need{NeedsDiff, NeedsTree},
		Fire:    fireNewModule,
	}
}

// fireNewModule gives one hit for each new folder, at its first file.
func fireNewModule(in Input) []Hit {
	if in.Tree == nil {
		return nil
	}
	var hits []Hit
	told := map[string]bool{}
	candidates := in.moduleCandidates()
	known := in.knownFolders(candidates)
	for _, c := range candidates {
		if !known[c] && !told[c.folder] && !told[c.path] {
			told[c.folder], told[c.path] = true, true
			hits = append(hits, Hit{Signal: "new-module", File: c.path, Text: c.folder + " is new: the base has no such " + c.kind()})
		}
	}
	return hits
}

// candidate is a folder that may be a new module, and the file that says so.
type candidate struct {
	folder   string
	path     string
	manifest bool
}

func (c candidate) kind() string {
	if c.manifest {
		return "package"
	}
	return "folder"
}

// moduleCandidates gives modules with code and folders with a manifest, by
// both paths of a rename.
func (in Input) moduleCandidates() []candidate {
	var all []candidate
	for _, f := range in.Change.Files {
		for _, path := range f.Paths() {
			if !in.touches(f, path) {
				continue
			}
			if module := moduleOf(path); module != "" && !settles(classOf(path, in.Marks)) {
				all = append(all, candidate{module, path, false})
			}
			if isManifest(path) && parent(path) != "" {
				all = append(all, candidate{parent(path), path, true})
			}
		}
	}
	return all
}

// knownFolders gives the candidates that the base has.
func (in Input) knownFolders(candidates []candidate) map[candidate]bool {
	folders, packages := map[string]bool{}, map[string]bool{}
	for _, c := range candidates {
		if c.manifest {
			packages[c.folder] = false
		} else {
			folders[c.folder] = false
		}
	}
	in.findPackages(packages)
	in.findFolders(folders)
	known := make(map[candidate]bool, len(candidates))
	for _, c := range candidates {
		known[c] = c.manifest && packages[c.folder] || !c.manifest && folders[c.folder]
	}
	return known
}

// findPackages marks the folders that have a manifest at the base.
func (in Input) findPackages(asked map[string]bool) {
	if len(asked) == 0 {
		return
	}
	for _, path := range in.manifestPaths() {
		if folder := parent(path); folder != "" {
			mark(asked, folder)
		}
	}
}

// findFolders marks the modules that the base has. Most of its paths stand in
// folders that nobody asks for, many in a row.
func (in Input) findFolders(asked map[string]bool) {
	roots := map[string]bool{}
	for folder := range asked {
		root, _, _ := strings.Cut(folder, "/")
		roots[root] = true
	}
	last, wanted, left := "", false, len(asked)
	for _, path := range in.Tree {
		if left == 0 {
			return
		}
		root, _, below := strings.Cut(path, "/")
		if root != last {
			last, wanted = root, roots[root]
		}
		if wanted && below {
			left -= mark(asked, root) + mark(asked, moduleOf(path))
		}
	}
}

// mark gives how many it has marked: one that was not marked before, or none.
func mark(asked map[string]bool, folder string) int {
	if found, known := asked[folder]; known && !found {
		asked[folder] = true
		return 1
	}
	return 0
}

// settles says that a file of the class only sets how something runs.
func settles(c Class) bool { return c == Configuration || c == Deployment }
