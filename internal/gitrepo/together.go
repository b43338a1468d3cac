//go:build !image

package gitrepo

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// pathsMark stands before the paths of each commit.
const pathsMark = "\x01"

// PastPaths gives the paths that each of the last limit commits up to a
// revision changed, the newest commit first. Merges are left out: their files
// are those of other commits.
func (r *Repo) PastPaths(ctx context.Context, rev string, limit int) ([][]string, error) {
	id, err := r.commit(ctx, rev)
	if err != nil {
		return nil, err
	}
	out, err := r.git.run(ctx, maxOutput, "log",
		"-z", "--format=%x01", "--name-only", "--no-merges", "--no-renames", "--no-relative", "--no-show-signature", "--no-color", "--encoding=UTF-8", "--root",
		"--ignore-submodules=none", "-O"+os.DevNull, "-n", strconv.Itoa(limit), "--end-of-options", id)
	if err != nil {
		return nil, fmt.Errorf("list what changed together before %.100q: %w", rev, err)
	}
	return pastPaths(string(out)), nil
}

// pastPaths reads marks and paths, each with a NUL after it. A path that is
// called like the mark cuts a commit in two, which weakens what it says.
func pastPaths(text string) [][]string {
	var past [][]string
	for token := range strings.SplitSeq(text, "\x00") {
		path := strings.TrimPrefix(token, "\n")
		switch {
		case path == pathsMark:
			past = append(past, nil)
		case path != "" && len(past) > 0:
			past[len(past)-1] = append(past[len(past)-1], path)
		}
	}
	return past
}
