package signal

import "github.com/tierwise/tierwise/internal/change"

// Marked gives what the base's own .gitattributes say of a file: Generated or
// Vendored, by GitHub's linguist attributes
// (https://github.com/github-linguist/linguist/blob/main/docs/overrides.md).
// It is the only word that may keep a file from the critical path. A renamed
// file must be marked on both its paths: else moving code under a marked
// folder would hide it.
func Marked(f change.File, m Marks) (Class, bool) {
	var class Class
	for _, path := range f.Paths() {
		if protected(path, m) {
			return "", false
		}
		c, ok := markedPath(path, m)
		if !ok {
			return "", false
		}
		if class == "" {
			class = c
		}
	}
	return class, true
}

// protected are files that no mark may hide, as in classOf.
func protected(path string, m Marks) bool {
	class, ok := steering(path, splitPath(path), m)
	return ok && class != LockFile
}

func markedPath(path string, m Marks) (Class, bool) {
	switch {
	case marked(path, m, "linguist-generated"):
		return Generated, true
	case marked(path, m, "linguist-vendored"):
		return Vendored, true
	}
	return "", false
}

func marked(path string, m Marks, attribute string) bool {
	value, set := m.Attributes.Value(path, attribute)
	return set && (value == "true" || value == "set" || value == "")
}
