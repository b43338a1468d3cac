package change

import "strings"

// ValidPath says whether a path stays inside a repository on every system: it
// is relative, has no NUL, and none of its components is empty, "." or "..".
// Backslashes count as separators and a drive letter as absolute, since the
// same change may be looked at on Windows. It does not look at length or
// encoding: a valid path is still untrusted text.
func ValidPath(path string) bool {
	path = strings.ReplaceAll(path, `\`, "/")
	if strings.ContainsRune(path, 0) || hasDrive(path) {
		return false
	}
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

func hasDrive(path string) bool {
	if len(path) < 2 || path[1] != ':' {
		return false
	}
	c := path[0] | 0x20
	return c >= 'a' && c <= 'z'
}
