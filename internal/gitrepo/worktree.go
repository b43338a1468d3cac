//go:build !image

package gitrepo

import (
	"context"
	"slices"
	"strings"
)

// WorkTree gives the paths of all files of the checkout as they lie there:
// those that git keeps and those that it would take in, from the root, sorted.
func (r *Repo) WorkTree(ctx context.Context) ([]string, error) {
	out, err := r.git.run(ctx, maxOutput, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil || len(out) == 0 {
		return nil, err
	}
	paths := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	slices.Sort(paths)
	return slices.Compact(paths), nil
}
