package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

const (
	minSiblings    = 3   // files of the base that a new file must stand beside
	maxFolders     = 6   // folders from the file upwards that may differ
	maxScaffolding = 150 // lines: a longer file holds more than a pattern
)

// scaffolded says that a new file repeats a pattern of the base: at least
// three folders beside its own hold a file of the same name. Where the folder's
// name is a part of the file's name, that part differs too: billing/
// billing_handler.go is like users/users_handler.go.
func scaffolded(in Input, i int) bool {
	f := in.Change.Files[i]
	if in.Tree == nil || !newAndShort(f) {
		return false
	}
	switch in.classesOf(i)[0] {
	case Code, Test, Configuration:
		return len(in.classesOf(i)) == 1 && !runByPlace(splitPath(f.Path)) && in.siblings()[i]
	}
	return false
}

func newAndShort(f change.File) bool {
	return f.Status == change.Added && f.OldPath == "" && !f.Withheld && !f.Binary && f.Deletions == 0 && f.Additions <= maxScaffolding
}

// siblingsOf says of each file of the change whether the base holds enough
// files like it. It goes through the base once for all files.
func siblingsOf(in Input) []bool {
	found := make([]bool, len(in.Change.Files))
	counts := map[string]int{}
	for _, f := range in.Change.Files {
		if !newAndShort(f) {
			return found // one file that is not new, and the change has not the shape
		}
		for _, kind := range kindsOf(f.Path) {
			counts[kind] = 0
		}
	}
	for _, path := range in.Tree {
		for _, kind := range kindsOf(path) {
			if n, asked := counts[kind]; asked {
				counts[kind] = n + 1
			}
		}
	}
	for i, f := range in.Change.Files {
		for _, kind := range kindsOf(f.Path) {
			found[i] = found[i] || counts[kind] >= minSiblings
		}
	}
	return found
}

// kindsOf gives the path with one of its folders left open, for each of the
// last folders. Two files of one kind and of the same open folder are one
// file, so that counting files counts folders.
func kindsOf(path string) []string {
	parts := strings.Split(path, "/")
	name := len(parts) - 1
	kinds := make([]string, 0, maxFolders)
	for at := name - 1; at >= 0 && len(kinds) < maxFolders; at-- {
		folder, file := parts[at], parts[name]
		parts[at] = "*"
		if folder != "" {
			parts[name] = strings.Replace(file, folder, "*", 1)
		}
		kinds = append(kinds, strings.Join(parts, "/"))
		parts[at], parts[name] = folder, file
	}
	return kinds
}
