//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// maxFile bounds a file that is read whole.
const maxFile = 8 << 20

// File gives a file's content at a revision, which may be a commit or a tree.
// It is not found where the path is not there. A folder, a symlink, a
// submodule, a path that change.ValidPath refuses and a file over 8 MiB are
// errors: their content is not that of a file in this repository, or is not
// meant to be read whole. Symlinks on the way are not followed.
func (r *Repo) File(ctx context.Context, rev, path string) (content []byte, found bool, err error) {
	tree, err := r.tree(ctx, rev)
	if err != nil {
		return nil, false, err
	}
	id, err := r.blob(ctx, tree, path)
	if err != nil {
		return nil, false, fmt.Errorf("read %.200q at %.100q: %w", path, rev, err)
	}
	if id == "" {
		return nil, false, nil
	}
	content, err = r.git.run(ctx, maxFile, "cat-file", "blob", id)
	return content, err == nil, err
}

// blob gives the id of a regular file in a tree, "" where the path is absent.
func (r *Repo) blob(ctx context.Context, tree, path string) (string, error) {
	if !change.ValidPath(path) {
		return "", errors.New("the path leads out of the repository")
	}
	out, err := r.git.run(ctx, 1<<20, "ls-tree", "-z", "-l", "--full-tree", tree, "--", path)
	if err != nil {
		return "", err
	}
	info, name, _ := strings.Cut(strings.TrimSuffix(string(out), "\x00"), "\t")
	if name != path {
		return "", nil
	}
	fields := strings.Fields(info) // mode, type, id, size
	if len(fields) != 4 {
		return "", fmt.Errorf("read the entry %.80q: four fields expected", info)
	}
	if kind := kindOf(fields[0]); kind != "" {
		return "", fmt.Errorf("it is a %s", kind)
	}
	size, err := strconv.ParseInt(fields[3], 10, 64)
	if err != nil {
		return "", fmt.Errorf("read its size: %w", err)
	}
	if size > maxFile {
		return "", fmt.Errorf("%d bytes are over the limit of %d MiB", size, maxFile>>20)
	}
	return fields[2], nil
}

// kindOf names the kinds of entry that are no regular file, by their mode.
func kindOf(mode string) string {
	switch mode {
	case "100644", "100755", "100664":
		return ""
	case "120000":
		return "symlink"
	case "160000":
		return "submodule"
	case "040000":
		return "folder"
	}
	return "file of the unknown mode " + mode
}

// Tree gives the paths of all files at a revision, sorted as git sorts them.
// Symlinks and submodules are among them, folders are not.
func (r *Repo) Tree(ctx context.Context, rev string) ([]string, error) {
	tree, err := r.tree(ctx, rev)
	if err != nil {
		return nil, err
	}
	out, err := r.git.run(ctx, maxOutput, "ls-tree", "-r", "-z", "--full-tree", "--name-only", tree)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"), nil
}
