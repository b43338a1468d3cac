package dispatch

import (
	"regexp"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

func idsOf(commits []change.Commit) []string {
	var ids []string
	for _, c := range told(commits) {
		ids = append(ids, c.SHA)
	}
	return ids
}

// renamed puts the present ids of commits in the place of those that an
// earlier answer names by at least seven digits. The key says that both lists
// tell the same in the same order. What is no id of the earlier list, or could
// be two of them, stays: the verifier will say what it is worth.
func renamed(answer []byte, from, to []string) []byte {
	if len(from) != len(to) {
		return answer
	}
	return regexp.MustCompile(`\b[0-9a-f]{7,64}\b`).ReplaceAllFunc(answer, func(word []byte) []byte {
		at := -1
		for i, id := range from {
			if !strings.HasPrefix(id, string(word)) {
				continue
			}
			if at >= 0 {
				return word
			}
			at = i
		}
		if at < 0 || len(to[at]) < len(word) {
			return word
		}
		return []byte(to[at][:len(word)])
	})
}
