package workflow

import (
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// newest is the major version of a branch that is always the newest.
const newest = 1 << 16

// version gives what a ref means: the ref itself, or for a sha what the
// comment beside it says, "" where there is none.
func (f *File) version(uses *yamltree.Node, ref string) string {
	if !IsSHA(ref) {
		return ref
	}
	line := uses.Pos.Line
	if line < 1 || line > len(f.source.lines) {
		return ""
	}
	_, comment, ok := strings.Cut(f.source.lines[line-1], " #")
	if words := strings.Fields(comment); ok && len(words) > 0 {
		return words[0]
	}
	return ""
}

// IsSHA says whether a ref is a whole commit hash.
func IsSHA(ref string) bool {
	return len(ref) == 40 && strings.Trim(ref, "0123456789abcdef") == ""
}

// major gives the major version of a tag, -1 where it does not tell one.
func major(version string) int {
	switch version {
	case "beta":
		return 0
	case "main", "master":
		return newest
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < newest {
		return n
	}
	return -1
}

// Major gives the major version of the action that is called, -1 where that
// is not known.
func (c Call) Major() int { return major(c.Version) }
